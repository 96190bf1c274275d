import { functionOf } from './template';
import { entries, isRecord, stable } from './values';

/** Values of a template's names; `undefined` if unknown. */
export interface Known {
  /** Result of `Ref`, except for `AWS::NoValue`. */
  readonly ref?: (name: string) => unknown;
  /** The same within conditions; `ref` unless given. */
  readonly refInCondition?: (name: string) => unknown;
  readonly attribute?: (id: string, attribute: string) => unknown;
  /** Stand-in for a function that cannot be evaluated; the function itself by default. */
  readonly otherwise?: (name: string) => unknown;
}

/** The sections of a template that its functions read. */
interface Sections {
  readonly Conditions?: unknown;
  readonly Mappings?: unknown;
}

const NOT_KNOWN = Symbol('not known');

/** CloudFormation's intrinsic functions, evaluated as far as what they need is known. */
export class Intrinsics {
  private readonly decided = new Map<string, boolean | undefined>();
  private ref: Known['ref'];

  constructor(
    private readonly template: Sections,
    private readonly known: Known,
  ) {
    this.ref = known.ref;
  }

  /** A value without its functions; `undefined` is `AWS::NoValue`. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item)).filter((item) => item !== undefined);
    if (!isRecord(value)) return value;
    const [name, argument] = functionOf(value) ?? [];
    if (name === 'Ref' && argument === 'AWS::NoValue') return undefined;
    if (name !== undefined) {
      const found = this.evaluate(name, argument);
      if (found !== NOT_KNOWN) return found;
      return this.known.otherwise ? this.known.otherwise(name) : { [name]: this.resolve(argument) };
    }
    const resolved = Object.entries(value).map(([key, inner]) => [key, this.resolve(inner)] as const);
    return Object.fromEntries(resolved.filter(([, inner]) => inner !== undefined));
  }

  /** True if a condition of the template holds; `undefined` where that is not known. */
  holds(name: string): boolean | undefined {
    if (!this.decided.has(name)) {
      // CloudFormation refuses a condition that names itself; here it is not known.
      this.decided.set(name, undefined);
      const { ref } = this;
      this.ref = this.known.refInCondition ?? ref;
      this.decided.set(name, this.truth(entries(this.template.Conditions).get(name)));
      this.ref = ref;
    }
    return this.decided.get(name);
  }

  private truth(condition: unknown): boolean | undefined {
    const [[kind, argument] = ['', undefined]] = isRecord(condition) ? Object.entries(condition) : [];
    const parts = Array.isArray(argument) ? (argument as unknown[]) : [];
    if (kind === 'Condition') return this.holds(String(argument));
    if (kind === 'Fn::Equals') {
      const [one, other] = parts.map((part) => this.resolve(part));
      if (stable(one) === stable(other)) return true;
      return isRecord(one) || isRecord(other) ? undefined : false;
    }
    const truths = parts.map((part) => this.truth(part));
    // `true` decides Or, `false` decides And, whatever is not known beside it.
    const decides = (one: boolean) => (truths.includes(one) ? one : truths.includes(undefined) ? undefined : !one);
    if (kind === 'Fn::Not') return truths[0] === undefined ? undefined : !truths[0];
    if (kind === 'Fn::And') return decides(false);
    return kind === 'Fn::Or' ? decides(true) : undefined;
  }

  private evaluate(name: string, argument: unknown): unknown {
    const list = Array.isArray(argument) ? (argument as unknown[]) : [];
    const [first, second, third] = list;
    switch (name) {
      case 'Ref':
        return this.ref?.(String(argument)) ?? NOT_KNOWN;
      case 'Fn::GetAtt':
        return this.attribute(typeof argument === 'string' ? argument : list.join('.'));
      case 'Fn::If': {
        const holds = this.holds(String(first));
        return holds === undefined ? NOT_KNOWN : this.resolve(holds ? second : third);
      }
      case 'Fn::Join': {
        const parts = this.resolve(second);
        return Array.isArray(parts) ? (this.joined(parts, String(first)) ?? NOT_KNOWN) : NOT_KNOWN;
      }
      case 'Fn::Split': {
        const text = this.resolve(second);
        return typeof text === 'string' ? text.split(String(first)) : NOT_KNOWN;
      }
      case 'Fn::Select': {
        const items = this.resolve(second);
        return Array.isArray(items) ? items[Number(this.resolve(first))] : NOT_KNOWN;
      }
      case 'Fn::FindInMap': {
        const [map, ...keys] = list.map((each) => this.resolve(each));
        return (
          [map, ...keys].reduce((inner, key) => entries(inner).get(String(key)), this.template.Mappings) ?? NOT_KNOWN
        );
      }
      case 'Fn::Sub':
        return typeof argument === 'string' ? this.substituted(argument) : this.substituted(first, second);
      default:
        return NOT_KNOWN;
    }
  }

  private attribute(path: string): unknown {
    const [id = '', ...attribute] = path.split('.');
    return this.known.attribute?.(id, attribute.join('.')) ?? NOT_KNOWN;
  }

  private substituted(pattern: unknown, variables?: unknown): unknown {
    if (typeof pattern !== 'string') return NOT_KNOWN;
    const given = entries(variables);
    const parts = pattern.split(/\$\{([^}]*)\}/).map((part, index) => {
      if (index % 2 === 0) return part;
      if (part.startsWith('!')) return `\${${part.slice(1)}}`;
      if (given.has(part)) return this.resolve(given.get(part));
      return this.resolve(part.includes('.') ? { 'Fn::GetAtt': part } : { Ref: part });
    });
    return this.joined(parts, '') ?? NOT_KNOWN;
  }

  /** Texts, numbers and booleans as one text; `undefined` where one of them is something else. */
  private joined(parts: readonly unknown[], separator: string): string | undefined {
    return parts.some((part) => part === undefined || typeof part === 'object') ? undefined : parts.join(separator);
  }
}
