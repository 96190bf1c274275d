import { functionOf } from './template';
import { entriesOf, isRecord, stableJson } from './values';

/** Functions that give the values to which a template's intrinsic functions refer; `undefined` if a value is unknown. */
export interface KnownValues {
  /** Result of `Ref`, except for `AWS::NoValue`. */
  readonly ref?: (name: string) => unknown;
  /** Result of `Ref` within conditions; `ref` by default. */
  readonly refInCondition?: (name: string) => unknown;
  /** Result of `Fn::GetAtt`. */
  readonly attribute?: (logicalId: string, attribute: string) => unknown;
  /** Result for a function that cannot be evaluated; by default the function itself, with its arguments resolved. */
  readonly otherwise?: (functionName: string) => unknown;
}

/** The sections of a template that its functions read. */
interface Sections {
  readonly Conditions?: unknown;
  readonly Mappings?: unknown;
}

/** True if a condition holds, false if it does not; `undefined` if that is unknown. */
type Truth = boolean | undefined;

/** Result of a function that needs an unknown value. */
const UNKNOWN = Symbol('unknown');

/** A variable in the text of `Fn::Sub`, `${Name}`. */
const VARIABLE = /\$\{([^}]*)\}/;

/** CloudFormation's intrinsic functions, evaluated as far as the values that they need are known. */
export class Intrinsics {
  /** Truths of the conditions that have been evaluated; `undefined` for those that are being evaluated. */
  private readonly conditions = new Map<string, Truth>();
  /** Evaluates `Ref`; other than `known.ref` while a condition is evaluated. */
  private ref: KnownValues['ref'];

  constructor(
    private readonly template: Sections,
    private readonly known: KnownValues,
  ) {
    this.ref = known.ref;
  }

  /** Evaluates the functions in a value. Returns `undefined` for a reference to `AWS::NoValue`. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return this.resolveList(value);
    if (!isRecord(value)) return value;
    const [functionName, argument] = functionOf(value) ?? [];
    if (functionName === undefined) return this.resolveObject(value);
    return this.resolveFunction(functionName, argument);
  }

  /** True if a condition of the template holds; `undefined` if that is unknown. */
  holds(name: string): Truth {
    if (!this.conditions.has(name)) {
      // CloudFormation rejects a condition that refers to itself; here it is unknown.
      this.conditions.set(name, undefined);
      this.conditions.set(name, this.evaluateCondition(name));
    }
    return this.conditions.get(name);
  }

  private resolveList(list: readonly unknown[]): unknown[] {
    const items = list.map((item) => this.resolve(item));
    return items.filter((item) => item !== undefined);
  }

  private resolveObject(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const presentEntries: [string, unknown][] = [];
    for (const [key, property] of Object.entries(value)) {
      const resolved = this.resolve(property);
      if (resolved !== undefined) presentEntries.push([key, resolved]);
    }
    return Object.fromEntries(presentEntries);
  }

  private resolveFunction(name: string, argument: unknown): unknown {
    if (name === 'Ref' && argument === 'AWS::NoValue') return undefined;
    const result = this.evaluate(name, argument);
    if (result !== UNKNOWN) return result;
    if (this.known.otherwise) return this.known.otherwise(name);
    return { [name]: this.resolve(argument) };
  }

  private evaluateCondition(name: string): Truth {
    const { ref } = this;
    this.ref = this.known.refInCondition ?? ref;
    const condition = entriesOf(this.template.Conditions).get(name);
    const truth = this.truthOf(condition);
    this.ref = ref;
    return truth;
  }

  private truthOf(condition: unknown): Truth {
    // A condition is an object with one entry: the name of a function and its argument.
    const [onlyEntry] = isRecord(condition) ? Object.entries(condition) : [];
    const [functionName, argument] = onlyEntry ?? [];
    switch (functionName) {
      case 'Condition':
        return this.holds(String(argument));
      case 'Fn::Equals':
        return this.areEqual(argumentsOf(argument));
      case 'Fn::Not':
        return not(this.truthsOf(argument)[0]);
      case 'Fn::And':
        return and(this.truthsOf(argument));
      case 'Fn::Or':
        return or(this.truthsOf(argument));
      default:
        return undefined;
    }
  }

  private truthsOf(conditions: unknown): Truth[] {
    return argumentsOf(conditions).map((condition) => this.truthOf(condition));
  }

  private areEqual(values: readonly unknown[]): Truth {
    const [first, second] = values.map((value) => this.resolve(value));
    if (stableJson(first) === stableJson(second)) return true;
    // An object is a function that could not be evaluated.
    const hasUnknownValue = isRecord(first) || isRecord(second);
    return hasUnknownValue ? undefined : false;
  }

  /** The result of a function; UNKNOWN if a value that it needs is unknown, or the function is not implemented here. */
  private evaluate(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.ref?.(String(argument)) ?? UNKNOWN;
      case 'Fn::GetAtt':
        return this.getAttribute(argument);
      case 'Fn::If':
        return this.chooseBranch(argumentsOf(argument));
      case 'Fn::Join':
        return this.join(argumentsOf(argument));
      case 'Fn::Split':
        return this.split(argumentsOf(argument));
      case 'Fn::Select':
        return this.select(argumentsOf(argument));
      case 'Fn::FindInMap':
        return this.findInMap(argumentsOf(argument));
      case 'Fn::Sub':
        return typeof argument === 'string' ? this.substitute([argument]) : this.substitute(argumentsOf(argument));
      default:
        return UNKNOWN;
    }
  }

  private getAttribute(argument: unknown): unknown {
    const path = typeof argument === 'string' ? argument : argumentsOf(argument).join('.');
    const [logicalId = '', ...attributeParts] = path.split('.');
    return this.known.attribute?.(logicalId, attributeParts.join('.')) ?? UNKNOWN;
  }

  private chooseBranch([condition, valueIfTrue, valueIfFalse]: readonly unknown[]): unknown {
    const truth = this.holds(String(condition));
    if (truth === undefined) return UNKNOWN;
    return this.resolve(truth ? valueIfTrue : valueIfFalse);
  }

  private join([separator, values]: readonly unknown[]): unknown {
    const parts = this.resolve(values);
    return Array.isArray(parts) ? joinParts(parts, String(separator)) : UNKNOWN;
  }

  private split([separator, value]: readonly unknown[]): unknown {
    const text = this.resolve(value);
    return typeof text === 'string' ? text.split(String(separator)) : UNKNOWN;
  }

  private select([index, list]: readonly unknown[]): unknown {
    const items = this.resolve(list);
    if (!Array.isArray(items)) return UNKNOWN;
    const position = Number(this.resolve(index));
    return (items as unknown[])[position];
  }

  private findInMap(path: readonly unknown[]): unknown {
    const [mapName, ...keys] = path.map((key) => this.resolve(key));
    const mapping = entriesOf(this.template.Mappings).get(String(mapName));
    let value = mapping;
    for (const key of keys) {
      value = entriesOf(value).get(String(key));
    }
    return value ?? UNKNOWN;
  }

  private substitute([pattern, variables]: readonly unknown[]): unknown {
    if (typeof pattern !== 'string') return UNKNOWN;
    const ownVariables = entriesOf(variables);
    // Pieces of text alternate with the names of variables, since the expression captures the name.
    const pieces = pattern.split(VARIABLE);
    const parts = pieces.map((piece, index) => {
      const isText = index % 2 === 0;
      return isText ? piece : this.valueOfVariable(piece, ownVariables);
    });
    return joinParts(parts, '');
  }

  /**
   * Value of `${name}` in `Fn::Sub`: that of a variable in its second argument, or of a resource or a parameter.
   * `${!name}` stands for the text `${name}`.
   */
  private valueOfVariable(name: string, ownVariables: ReadonlyMap<string, unknown>): unknown {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (ownVariables.has(name)) return this.resolve(ownVariables.get(name));
    const reference = name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name };
    return this.resolve(reference);
  }
}

/** Arguments of a function that takes a list. */
function argumentsOf(argument: unknown): readonly unknown[] {
  return Array.isArray(argument) ? argument : [];
}

/** Joins texts, numbers and booleans; UNKNOWN if a part is an object, which is a function that was not evaluated. */
function joinParts(parts: readonly unknown[], separator: string): unknown {
  const hasObject = parts.some((part) => part === undefined || typeof part === 'object');
  return hasObject ? UNKNOWN : parts.join(separator);
}

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** One false condition decides, even beside unknown ones. */
function and(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** One true condition decides, even beside unknown ones. */
function or(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}
