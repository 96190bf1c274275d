import { isDeepStrictEqual } from 'node:util';
import { Intrinsics } from './intrinsics';
import {
  hasSecretPattern,
  hasSecretWord,
  isDynamicReference,
  isSecretName,
  isUrlWithReference,
  SECRET_LABEL,
} from './secret-patterns';
import { functionOf } from './template';
import { isRecord, isTrue, parseJson } from './values';

type JsonObject = Readonly<Record<string, unknown>>;

/** Names around a value, which may say that the value is a secret. */
interface Position {
  /** Name of the property that has the value, or that has the list in which the value is; empty if there is none. */
  readonly key: string;
  /** Name of the property that has the object with the key; for the key `Value`, the name that the object itself has. */
  readonly parentKey: string;
}

/** Properties of Secrets Manager's resources whose value is a secret. */
const SECRET_PROPERTIES: ReadonlySet<string> = new Set(['SecretString', 'SecretStringTemplate']);

/** Properties whose value is a secret if the name of their object is that of a secret. */
const VALUE_PROPERTIES: ReadonlySet<string> = new Set(['Value', 'Default']);

/** Properties that have the name of their object: ECS writes `{ Name: 'API_KEY', Value: '…' }`. */
const NAME_PROPERTIES = ['Name', 'Key', 'ParameterKey'];

/** Properties whose values are units, as in `TokenValidityUnits: { RefreshToken: 'minutes' }`. */
const UNITS = /Units$/;

/** Functions that make a text, of which a part may be a secret. */
const TEXT_FUNCTIONS = ['Fn::Join', 'Fn::Sub', 'Fn::Base64'];

/** Characters of a text that is masked at every position after it was a secret at one. Shorter texts may be chance. */
const SHORTEST_SECRET = 8;

/** Characters of a line. A longer one is left out as a whole: its parts could not be checked for secrets. */
const LONGEST_LINE = 5_000;

/** An option of a command, `--password`. */
const OPTION = /^--?[\w-]+$/;

/** A line that assigns a quoted value to a name. Captures the text before the value, and within it the name. */
const QUOTED_ASSIGNMENT = /^([^'"`]{0,200}?([\w-]{1,64})['"`]?\s{0,16}[:=]\s{0,16})(['"`]).+\3/;

/** Start of a text in JSON, after a colon, a bracket or a comma; the text is not empty. */
const START_OF_TEXT = /[:[,]"[^"]/;

/** Start of a number or boolean in JSON, after a colon, a bracket or a comma. */
const START_OF_NUMBER_OR_BOOLEAN = /[:[,][\dtf]/;

/**
 * Replaces secrets by labels, such as `(hidden value 1)`, before anything compares or prints them. Equal secrets get the
 * same label, so that a comparison still sees if a secret changed. A hash would let a weak secret be guessed.
 */
export class SecretMask {
  /** Labels by the JSON of the secrets. */
  private readonly labels = new Map<string, string>();

  /**
   * A copy of a template, or of a part of one, in which labels replace the secrets.
   * @param key - Name of the property that has the value.
   * @param parentKey - Name of the property that has the object with `key`.
   */
  public mask(value: unknown, key = '', parentKey = ''): unknown {
    return this.maskValue(value, { key, parentKey });
  }

  /** Label for a value that is a secret whatever its name is. */
  public hide(value: unknown): string {
    return this.label(value);
  }

  /** A copy of a text of any format, in which labels replace the secrets of each line. */
  public maskLines(text: string): string {
    const lines = text.split('\n');
    const maskedLines = lines.map((line) => this.maskLine(line));
    return maskedLines.join('\n');
  }

  private maskValue(value: unknown, position: Position): unknown {
    if (typeof value === 'string') return this.maskText(value, position);
    const text = joinedText(value);
    const textHasSecret = text !== undefined && this.hasSecret(text);
    if (textHasSecret || isSecret(value, text, position)) return this.label(value);
    if (Array.isArray(value)) return this.maskList(value, position);
    if (isRecord(value)) return this.maskRecord(value, position);
    return value;
  }

  private maskText(text: string, position: Position): string {
    if (this.isKnownSecret(text)) return this.label(text);
    const isSecretByName = isSecret(text, text, position);
    const maskedJson = isSecretByName ? undefined : this.maskJson(text);
    if (maskedJson !== undefined) return maskedJson;
    const mustBeMasked = this.hasSecret(text) || isSecretByName;
    return mustBeMasked ? this.label(text) : text;
  }

  /** True if the text was masked at another position. */
  private isKnownSecret(text: string): boolean {
    return text.length >= SHORTEST_SECRET && this.labels.has(JSON.stringify(text));
  }

  /** A text in JSON with its secrets masked; `undefined` if the text is no JSON, or must be masked as a whole. */
  private maskJson(text: string): string | undefined {
    const content = parseJson(text);
    if (content === undefined || !canShowWithoutSecrets(content)) return undefined;
    const masked = this.mask(content);
    const hasNoSecret = isDeepStrictEqual(masked, content);
    return hasNoSecret ? text : JSON.stringify(masked);
  }

  /** True if a text contains something that looks like a secret, or is JSON with a secret in it. */
  private hasSecret(text: string): boolean {
    if (hasSecretPattern(text)) return true;
    const content = parseJson(text);
    if (content === undefined) return false;
    const masked = this.mask(content);
    return !isDeepStrictEqual(masked, content);
  }

  private maskList(list: readonly unknown[], position: Position): unknown[] {
    return list.map((item, index) => {
      const previousItem = list[index - 1];
      if (isSecretOption(previousItem)) return this.label(item);
      return this.maskValue(item, position);
    });
  }

  private maskRecord(record: JsonObject, position: Position): unknown {
    const [functionName, argument] = functionOf(record) ?? [];
    if (functionName === 'Fn::If' && Array.isArray(argument)) {
      return { [functionName]: this.maskBranches(argument, position) };
    }
    const entryName = nameInRecord(record) ?? position.key;
    const masked = Object.entries(record).map(([property, value]) => {
      const isHiddenDefault = property === 'Default' && value !== '' && isTrue(record.NoEcho);
      if (isHiddenDefault) return [property, this.label(value)];
      const parentKey = property === 'Value' ? entryName : position.key;
      return [property, this.maskValue(value, { key: property, parentKey })];
    });
    return Object.fromEntries(masked);
  }

  /** The arguments of `Fn::If`: a condition's name, then the two values, each in the position of the function. */
  private maskBranches(functionArguments: readonly unknown[], position: Position): unknown[] {
    return functionArguments.map((value, index) => {
      const isCondition = index === 0;
      return isCondition ? value : this.maskValue(value, position);
    });
  }

  private maskLine(line: string): string {
    if (line.length > LONGEST_LINE) return `… (a line of ${line.length} characters)`;
    const [, assignment, name = ''] = QUOTED_ASSIGNMENT.exec(line) ?? [];
    if (assignment !== undefined && hasSecretWord(name)) {
      const value = line.slice(assignment.length);
      return `${assignment}${this.label(value)}`;
    }
    if (!hasSecretPattern(line)) return line;
    // The first character stays: in a diff, it says if the line was added or removed.
    const firstCharacter = line.slice(0, 1);
    return `${firstCharacter} ${this.label(line.slice(1))}`;
  }

  private label(value: unknown): string {
    const secret = JSON.stringify(value);
    const existingLabel = this.labels.get(secret);
    if (existingLabel !== undefined) return existingLabel;
    const newLabel = `(hidden value ${this.labels.size + 1})`;
    this.labels.set(secret, newLabel);
    return newLabel;
  }
}

/** Stands for a value that only AWS knows. */
const UNKNOWN_VALUE = '${}';

const WORD_CHARACTER = /[\p{L}\p{N}]/u;

/** Evaluates functions that join texts. */
const textFunctions = new Intrinsics({}, { otherwise: () => UNKNOWN_VALUE });

/** The text that a value is, or that the value's function joins; `undefined` if the value is neither. */
function joinedText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const [functionName, argument] = functionOf(value) ?? [];
  if (functionName === 'Fn::Base64') return joinedText(argument);
  if (functionName !== 'Fn::Sub' && functionName !== 'Fn::Join') return undefined;
  const text = textFunctions.resolve(value);
  return typeof text === 'string' ? text : undefined;
}

/**
 * True if a value is a secret because of its position.
 * @param text - The text that the value is, or that its function joins.
 */
function isSecret(value: unknown, text: string | undefined, { key, parentKey }: Position): boolean {
  if (typeof value === 'boolean' || value === undefined || value === null || value === '') return false;
  if (text !== undefined && isUrlWithReference(text)) return false;
  if (SECRET_PROPERTIES.has(key)) return true;
  if (UNITS.test(parentKey)) return false;
  const isSecretEntry = VALUE_PROPERTIES.has(key) && isSecretName(parentKey);
  // A number with such a name is a `PasswordLength` or a `TokenValidity`.
  const isSecretProperty = isSecretName(key) && typeof value !== 'number';
  if (!isSecretEntry && !isSecretProperty) return false;
  if (text !== undefined) return !isDynamicReference(text) && !isOnlyReferences(text);
  // A reference is not a secret, but a text that functions join may contain one.
  if (isRecord(value)) return TEXT_FUNCTIONS.some((name) => name in value);
  return !Array.isArray(value);
}

/** True if a text is composed of nothing but values that only AWS knows: the template has no secret in it. */
function isOnlyReferences(text: string): boolean {
  const ownText = text.replaceAll(UNKNOWN_VALUE, '');
  return ownText !== text && !WORD_CHARACTER.test(ownText);
}

/** True if the content of a JSON text has more than secrets, and nothing but its secrets looks like one. */
function canShowWithoutSecrets(content: unknown): boolean {
  // A separate mask, since labels that are never shown must not be counted.
  const masked = JSON.stringify(new SecretMask().mask(content));
  const withoutSecrets = masked.replace(new RegExp(SECRET_LABEL, 'g'), '');
  if (hasSecretPattern(withoutSecrets)) return false;
  if (START_OF_TEXT.test(withoutSecrets)) return true;
  if (START_OF_NUMBER_OR_BOOLEAN.test(withoutSecrets)) return true;
  const hasNoSecret = isDeepStrictEqual(parseJson(withoutSecrets), content);
  return hasNoSecret;
}

/** True if an argument of a command is an option, such as `--password`, after which a secret follows. */
function isSecretOption(argument: unknown): boolean {
  return typeof argument === 'string' && OPTION.test(argument) && hasSecretWord(argument);
}

/** Name that an object has in one of its properties; `undefined` if it has none. */
function nameInRecord(record: JsonObject): string | undefined {
  const names = NAME_PROPERTIES.map((property) => record[property]);
  return names.find((name) => typeof name === 'string');
}
