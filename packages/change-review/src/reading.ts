import type { SynthesizedStack } from '@infra/common/assembly';
import { functionOf, type Resource, type Template } from '@infra/common/template';
import { entriesOf, isRecord, isTrue, parseJson, stableJson } from '@infra/common/values';
import { withReferences } from './known-names';
import { identifierOf } from './schemas';

/** Before a reference in a text, `${Name}`. In a literal it is doubled, so that no literal reads as a reference. */
const MARK = '$';
const reference = (name: string): string => `${MARK}{${name}}`;
const literal = (text: string): string => text.replaceAll(MARK, () => MARK + MARK);

const MOST_ALTERNATIVES = 50;

/**
 * A template's values in one spelling, whatever their functions: one text for `Fn::Join`, `Fn::Sub` and a plain string,
 * the object for JSON in a string. What is read so is called plain. It is no evaluation (`Intrinsics` of the common package):
 * both branches of a condition stay, and a reference is distinguished from the text that it has.
 */
export class Reading {
  private readonly pseudo: ReadonlyMap<string, string>;
  private readonly given: ReadonlyMap<string, unknown>;
  /** The resource that is being read: its own name in it is not a reference. */
  private self = '';

  /** `changed` names mean something else on the other side, `known` texts are references, policies name `decidingTags`. */
  constructor(
    private readonly stack: SynthesizedStack,
    private readonly changed: ReadonlySet<string> = new Set(),
    private readonly known: ReadonlyMap<string, string> = new Map(),
    readonly decidingTags: ReadonlySet<string> = new Set(),
  ) {
    const [account = '', region = ''] = stack.environment.replace('aws://', '').split('/');
    const pseudo: [string, string][] = [['AWS::StackName', stack.name]];
    if (/^\d{12}$/.test(account)) pseudo.push(['AWS::AccountId', account]);
    if (/^(?!unknown)[a-z]+-[a-z-]+-\d$/.test(region)) pseudo.push(['AWS::Region', region]);
    if (/^(?!cn-|us-gov-|us-iso|eu-isoe)[a-z]+-[a-z-]+-\d$/.test(region)) {
      pseudo.push(['AWS::Partition', 'aws'], ['AWS::URLSuffix', 'amazonaws.com']);
    }
    this.pseudo = new Map(pseudo);
    this.given = entriesOf(stack.artifact.parameters);
  }

  get template(): Template {
    return this.stack.template;
  }

  /** The resources of the template, plain. */
  resources(): [id: string, resource: Resource][] {
    return Object.entries(this.template.Resources).map(([id, { Type, Properties, ...attributes }]) => {
      this.self = this.ref(id) ?? '';
      return [id, { ...this.record(attributes), Type, Properties: this.record(Properties ?? {}) }];
    });
  }

  /** A section of the template, by the names in it, plain. */
  section(name: 'Parameters' | 'Mappings' | 'Conditions'): Map<string, unknown> {
    this.self = '';
    return new Map(
      [...entriesOf(this.template[name])].map(([key, value]) => {
        if (name !== 'Parameters') return [key, this.plain(value)];
        const { Type, Default, AllowedValues } = Object.fromEntries(entriesOf(value));
        return [key, this.plain([Type ?? '', Default ?? '', AllowedValues ?? '', this.given.get(key) ?? ''])];
      }),
    );
  }

  /** A value without its spelling; `undefined` for what is not set. */
  plain(value: unknown): unknown {
    const text = this.text(value);
    if (text !== undefined) return parseJson(text) ?? text;
    if (Array.isArray(value)) return value.map((item) => this.plain(item)).filter((item) => item !== undefined);
    if (!isRecord(value)) return value;
    const [key, named] = functionOf(value) ?? [];
    if (key === 'Ref' && named === 'AWS::NoValue') return undefined;
    if ((key === 'Fn::If' || key === 'Fn::FindInMap') && Array.isArray(named)) {
      const [name, ...others] = named as unknown[];
      return { [key]: [this.nameOf(String(name)), ...others.map((other) => this.plain(other) ?? null)] };
    }
    return this.record(value);
  }

  /** The same of each value of a record. */
  record(value: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, inner]: [string, unknown]) => {
          const isCondition = name === 'Condition' && typeof inner === 'string';
          return [name, isCondition ? this.nameOf(inner) : this.plain(inner)] as const;
        })
        .filter(([, inner]) => inner !== undefined),
    );
  }

  /** All that a plain value may be: each branch, each value of a map, what a parameter may be. */
  alternatives(plain: unknown): readonly unknown[] {
    const [key, argument] = functionOf(plain) ?? [];
    const [name, ...branches] = Array.isArray(argument) ? (argument as unknown[]) : [referredId(plain)];
    const map = entriesOf(entriesOf(this.template.Mappings).get(originally(String(name))));
    const parameter = entriesOf(entriesOf(this.template.Parameters).get(String(name)));
    const values = key === undefined ? ['Default', 'AllowedValues'].map((each) => parameter.get(each)) : [];
    if (key === undefined) values.push(this.given.get(String(name)));
    if (key === 'Fn::FindInMap') values.push(...[...map.values()].flatMap((each) => [...entriesOf(each).values()]));
    const found = values.flat().filter((each) => each !== undefined);
    const all =
      key === 'Fn::If'
        ? branches.flatMap((each) => this.alternatives(each ?? undefined))
        : found.map((each) => this.plain(each));
    // Too many alternatives: keep the expression.
    return all.length === 0 || all.length > MOST_ALTERNATIVES ? [plain] : all;
  }

  /** A value as one text, if it is one. */
  text(value: unknown): string | undefined {
    const text = this.spelled(value);
    if (text === undefined) return undefined;
    const known = withReferences(text, this.known);
    return known === this.self ? text : known;
  }

  private spelled(value: unknown): string | undefined {
    if (typeof value === 'string') return literal(value);
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const [key, argument] = functionOf(value) ?? [];
    if (key === 'Ref' && typeof argument === 'string') return this.ref(argument);
    if (key === 'Fn::GetAtt') return this.attribute(Array.isArray(argument) ? argument.join('.') : argument);
    if (key === 'Fn::Sub') return Array.isArray(argument) ? this.sub(argument[0], argument[1]) : this.sub(argument);
    if (key === 'Fn::Select' && Array.isArray(argument) && Array.isArray(argument[1])) {
      return this.spelled((argument[1] as unknown[])[Number(argument[0])]);
    }
    if (key === 'Fn::FindInMap' && Array.isArray(argument)) return this.spelled(this.mapped(argument));
    if (key !== 'Fn::Join' || !Array.isArray(argument) || !Array.isArray(argument[1])) return undefined;
    return argument[1].map((part) => this.part(part)).join(literal(String(argument[0])));
  }

  /** The value of a map whose keys are known. */
  private mapped([name, ...keys]: readonly unknown[]): unknown {
    const map = entriesOf(this.template.Mappings).get(String(name));
    return keys.reduce((inner, key) => entriesOf(inner).get(this.spelled(key) ?? ''), map);
  }

  private nameOf(name: string): string {
    return this.changed.has(name) ? `${name} (changed)` : name;
  }

  private ref(name: string): string | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const isHidden = isTrue(entriesOf(entriesOf(this.template.Parameters).get(name)).get('NoEcho'));
    return this.pseudo.get(name) ?? reference(`${this.nameOf(name)}${isHidden ? ' (NoEcho)' : ''}`);
  }

  private attribute(path: unknown): string | undefined {
    if (typeof path !== 'string') return undefined;
    const [id = '', ...attribute] = path.split('.');
    const { Resources } = this.template;
    const type = Object.hasOwn(Resources, id) ? Resources[id]?.Type : undefined;
    if (attribute.join('.') === identifierOf(type ?? '')) return this.ref(id);
    return reference([this.nameOf(id), ...attribute].join('.'));
  }

  private sub(pattern: unknown, variables?: unknown): string | undefined {
    if (typeof pattern !== 'string') return undefined;
    const given = entriesOf(variables);
    const parts = pattern.split(/(\$\{[^}]*\})/).map((part, index) => {
      if (index % 2 === 0) return literal(part);
      const name = part.slice(2, -1).trim();
      if (name.startsWith('!')) return literal(`\${${name.slice(1)}}`);
      if (given.has(name)) return this.part(given.get(name));
      return name.includes('.') ? this.attribute(name) : this.ref(name);
    });
    return parts.join('');
  }

  /** A piece of a text. What only AWS can work out stays as it is written, encoded so that JSON around it stays JSON. */
  private part(value: unknown): string {
    return this.text(value) ?? reference(`=${encodeURIComponent(stableJson(this.plain(value)))}`);
  }
}

/** A text with its references as people write them, `${Bucket.Arn}`. */
export function shown(text: string): string {
  return decoded(text).replace(/\$(\$|\{)/g, (_, next: string) => (next === MARK ? MARK : '${'));
}

function decoded(text: string): string {
  return text.replace(/\$\{=([^}]*)\}/g, (_, encoded: string) => `\${${decoded(decodeURIComponent(encoded))}}`);
}

const originally = (name: string): string => name.replace(/ \(\w+\)/g, '');

/** The logical ids that a plain value refers to. */
export function referredTo(plain: unknown): string[] {
  const found = decoded(stableJson(plain)).matchAll(/\$(?:\$|\{([^}.]+))/g);
  return [...found].flatMap(([, id]) => (id === undefined ? [] : originally(id)));
}

/** The logical id that a whole plain value is the reference or an attribute of. */
export function referredId(plain: unknown): string | undefined {
  const id = typeof plain === 'string' ? /^\$\{([^}.]+)[^}]*\}$/.exec(plain)?.[1] : undefined;
  return id === undefined ? undefined : originally(id);
}
