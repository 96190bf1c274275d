import { arnsOf, withReferences } from './arns';
import type { SynthesizedStack } from './assembly';
import { isRecord, isTrue, stable } from './values';

/** Before a reference in a text. In a literal it is doubled, so that no literal reads as a reference. */
const MARK = '\uE000';
const reference = (name: string): string => `${MARK}{${name}}`;

const MOST_ALTERNATIVES = 50;

/** Names that mean something else on this side than on the other: a changed condition, a renamed resource. */
export type OtherNames = ReadonlyMap<string, string>;

/**
 * How a template's values read, whichever functions spell them: one text for `Fn::Join`, `Fn::Sub` and the plain string,
 * the object for JSON in a string, and every value that a function may give.
 */
export class Reading {
  private readonly pseudo: ReadonlyMap<string, string>;
  private readonly parameters: ReadonlyMap<string, unknown>;
  private readonly mappings: ReadonlyMap<string, unknown>;
  private readonly arns: ReadonlyMap<string, string>;

  constructor(
    private readonly stack: Pick<SynthesizedStack, 'name' | 'environment' | 'template' | 'artifact'>,
    readonly otherNames: OtherNames = new Map(),
  ) {
    const [account = '', region = ''] = stack.environment.replace('aws://', '').split('/');
    const known: [string, string][] = [['AWS::StackName', stack.name]];
    if (/^\d{12}$/.test(account)) known.push(['AWS::AccountId', account]);
    if (/^(?!unknown)[a-z]+-[a-z-]+-\d$/.test(region)) known.push(['AWS::Region', region]);
    if (/^(?!cn-|us-gov-|us-iso|eu-isoe)[a-z]+-[a-z-]+-\d$/.test(region)) {
      known.push(['AWS::Partition', 'aws'], ['AWS::URLSuffix', 'amazonaws.com']);
    }
    this.pseudo = new Map(known);
    this.parameters = entries(stack.template.Parameters);
    this.mappings = entries(stack.template.Mappings);
    this.arns = arnsOf(stack.template, (value) => this.spelled(value));
  }

  nameOf(name: string): string {
    return this.otherNames.get(name) ?? name;
  }

  /** A value without its spelling; `undefined` for what is not set. */
  plain(value: unknown): unknown {
    const text = this.text(value);
    if (text !== undefined) return json(text) ?? text;
    if (isNoValue(value)) return undefined;
    if (Array.isArray(value)) return value.map((item) => this.plain(item)).filter((item) => item !== undefined);
    if (!isRecord(value)) return value;
    const [key, named] = functionOf(value) ?? [];
    if ((key === 'Fn::If' || key === 'Fn::FindInMap') && Array.isArray(named)) {
      const [name, ...others] = named as unknown[];
      return { [key]: [this.nameOf(String(name)), ...others.map((other) => this.plain(other) ?? null)] };
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, inner]) => [name, isCondition(name, inner) ? this.nameOf(inner) : this.plain(inner)] as const)
        .filter(([, inner]) => inner !== undefined),
    );
  }

  /** What a function may give: each branch, each value of a map, what a parameter may be. Any other value is itself. */
  alternatives(value: unknown): readonly unknown[] {
    const found = this.branches(value);
    // Of too many nobody can say anything in general.
    return found.length > MOST_ALTERNATIVES ? [value] : found;
  }

  private branches(value: unknown, depth = 0): readonly unknown[] {
    if (isNoValue(value)) return [undefined];
    const [key, argument] = functionOf(value) ?? [];
    if (key === 'Fn::If' && Array.isArray(argument) && depth < 5) {
      return argument.slice(1).flatMap((each) => this.branches(each, depth + 1));
    }
    if (key === 'Fn::FindInMap' && Array.isArray(argument)) {
      const mapped = this.mapped(argument);
      if (mapped !== undefined) return [mapped];
      const map = this.mappings.get(String(argument[0]));
      return isRecord(map)
        ? Object.values(map).flatMap((each) => (isRecord(each) ? Object.values(each) : []))
        : [value];
    }
    const parameter = key === 'Ref' ? this.parameters.get(String(argument)) : undefined;
    if (!isRecord(parameter)) return [value];
    const given = entries(this.stack.artifact.parameters).get(String(argument));
    const allowed: unknown[] = Array.isArray(parameter.AllowedValues) ? parameter.AllowedValues : [];
    const options = [...[parameter.Default, given].filter((each) => each !== undefined), ...allowed];
    return options.length > 0 ? options : [value];
  }

  /** A value as one text, if it is one. */
  text(value: unknown): string | undefined {
    const text = this.spelled(value);
    return text?.includes('arn:') ? withReferences(text, this.arns) : text;
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
    return keys.reduce((inner, key) => entries(inner).get(this.spelled(key) ?? ''), this.mappings.get(String(name)));
  }

  private ref(name: string): string | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const isHidden = isTrue(entries(this.parameters.get(name)).get('NoEcho'));
    return this.pseudo.get(name) ?? reference(`${this.nameOf(name)}${isHidden ? ' (NoEcho)' : ''}`);
  }

  private attribute(path: unknown): string | undefined {
    if (typeof path !== 'string') return undefined;
    const [id = '', ...attribute] = path.split('.');
    return reference([this.nameOf(id), ...attribute].join('.'));
  }

  private sub(pattern: unknown, variables?: unknown): string | undefined {
    if (typeof pattern !== 'string') return undefined;
    const given = entries(variables);
    const parts = pattern.split(/(\$\{[^}]*\})/).map((part, index) => {
      if (index % 2 === 0) return literal(part);
      const name = part.slice(2, -1).trim();
      if (name.startsWith('!')) return literal(`\${${name.slice(1)}}`);
      if (given.has(name)) return this.part(given.get(name));
      return name.includes('.') ? this.attribute(name) : this.ref(name);
    });
    return parts.join('');
  }

  /** A piece of a text. What only AWS can work out stands there as it is written, encoded so that JSON around it stays JSON. */
  private part(value: unknown): string {
    return this.text(value) ?? reference(`=${encodeURIComponent(stable(this.plain(value)))}`);
  }
}

/** Values that were read before: they are what they are. */
export const READ = {
  plain: (value: unknown): unknown => value,
  alternatives: (value: unknown): readonly unknown[] => {
    const [key, argument] = functionOf(value) ?? [];
    return key === 'Fn::If' && Array.isArray(argument) ? argument.slice(1) : [value];
  },
};

/** What reads values: the template's own way, or none. */
export type Reader = Pick<Reading, 'plain' | 'alternatives'>;

/** A text with its references as people write them, `${Bucket.Arn}`. */
export function shown(text: string): string {
  return decoded(text).replace(/\uE000(\uE000|\{)/g, (_, next: string) => (next === MARK ? MARK : '${'));
}

function decoded(text: string): string {
  return text.replace(/\uE000\{=([^}]*)\}/g, (_, encoded: string) => `\${${decoded(decodeURIComponent(encoded))}}`);
}

/** The logical ids that a value refers to. */
export function referredTo(plain: unknown): string[] {
  const found = decoded(stable(plain)).matchAll(/\uE000(?:\uE000|\{([^}.]+))/g);
  return [...found].flatMap(([, id]) => id ?? []);
}

/** The logical id that a whole value is the reference or an attribute of. */
export function referredId(plain: unknown): string | undefined {
  return typeof plain === 'string' ? /^\uE000\{([^}.]+)[^}]*\}$/.exec(plain)?.[1] : undefined;
}

/** The one function that an object is, with its argument. */
export function functionOf(value: unknown): readonly [name: string, argument: unknown] | undefined {
  if (!isRecord(value)) return undefined;
  const [first, ...others] = Object.entries(value);
  return first && others.length === 0 && /^(Ref$|Fn::)/.test(first[0]) ? first : undefined;
}

const literal = (text: string): string => text.replaceAll(MARK, MARK + MARK);

function isCondition(key: string, value: unknown): value is string {
  return key === 'Condition' && typeof value === 'string';
}

function isNoValue(value: unknown): boolean {
  return isRecord(value) && value.Ref === 'AWS::NoValue';
}

/** The object or list that a text is, if it is JSON of one. */
export function json(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Own entries only: a key may be called as something that every object has. */
export function entries(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(isRecord(value) ? Object.entries(value) : []);
}
