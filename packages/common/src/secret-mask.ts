import { isDeepStrictEqual } from 'node:util';
import { Intrinsics } from './intrinsics';
import { hasSecretPattern, hasSecretWord, isDynamicReference, isSecretName, LABEL } from './secret-patterns';
import { functionOf } from './template';
import { isRecord, isTrue, json } from './values';

type JsonObject = Readonly<Record<string, unknown>>;

/** Names by which a value is known to be a secret. */
interface Position {
  readonly key: string;
  /** Name of the object that has the key, or, for the key `Value`, name of the entry. */
  readonly parentKey: string;
}

/** Properties of Secrets Manager that are a secret themselves. */
const SECRET_PROPERTIES: ReadonlySet<string> = new Set(['SecretString', 'SecretStringTemplate']);

/** Properties that have the value of what their object names. */
const VALUE_PROPERTIES: ReadonlySet<string> = new Set(['Value', 'Default']);

/** Properties that have the name of an entry: ECS writes `{ Name: 'API_KEY', Value: '…' }`. */
const NAME_PROPERTIES = ['Name', 'Key', 'ParameterKey'];

/** Functions whose result is a text that may contain a secret. */
const TEXT_FUNCTIONS = ['Fn::Join', 'Fn::Sub', 'Fn::Base64'];

/** Shorter texts also occur where they are no secret. */
const SHORTEST_SECRET = 8;

/** Truncate beyond this: half a line might hide a secret. */
const LONGEST_LINE = 5_000;

/** An option of a command, `--password`. */
const OPTION = /^--?[\w-]+$/;

/** A line that assigns a quoted value to a name. Captures the text before the value, and the name in it. */
const QUOTED_ASSIGNMENT = /^([^'"`]{0,200}?([\w-]{1,64})['"`]?\s{0,16}[:=]\s{0,16})(['"`]).+\3/;

/** Start of a text in JSON that is not empty, after a colon, a bracket or a comma. */
const START_OF_TEXT = /[:[,]"[^"]/;

/** Start of a number or boolean in JSON, after the same signs. */
const START_OF_NUMBER_OR_BOOLEAN = /[:[,][\dtf]/;

/**
 * Replaces secrets by labels before anything compares or prints them. The same secret gets the same label, so that a
 * comparison still sees whether it changed. A hash would let a weak secret be guessed.
 */
export class SecretMask {
  private readonly labels = new Map<string, string>();

  /**
   * A copy of a template, or a part of one, without any secret's value.
   * @param key - Name of the value, if it is a property.
   * @param parentKey - Name of the object that has the property.
   */
  public mask(value: unknown, key = '', parentKey = ''): unknown {
    return this.maskValue(value, { key, parentKey });
  }

  /** A copy of unstructured text without its secrets, line by line. */
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

  /** A secret elsewhere is a secret here, too. */
  private isKnownSecret(text: string): boolean {
    return text.length >= SHORTEST_SECRET && this.labels.has(JSON.stringify(text));
  }

  /** JSON with its secrets masked; `undefined` if the text is no JSON, or is to be masked as a whole. */
  private maskJson(text: string): string | undefined {
    const content = json(text);
    if (content === undefined || !canShowWithoutSecrets(content)) return undefined;
    const masked = this.mask(content);
    const isUnchanged = isDeepStrictEqual(masked, content);
    return isUnchanged ? text : JSON.stringify(masked);
  }

  /** True if a text looks like a secret, or is JSON with a secret in it. */
  private hasSecret(text: string): boolean {
    if (hasSecretPattern(text)) return true;
    const content = json(text);
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
    const entryName = entryNameOf(record) ?? position.key;
    const masked = Object.entries(record).map(([property, value]) => {
      const isHiddenDefault = property === 'Default' && isTrue(record.NoEcho);
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
    // Keep the first character: in a diff, it says whether the line was added or removed.
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

/** Evaluates functions that join texts, with `${}` for each value that only AWS knows. */
const textFunctions = new Intrinsics({}, { otherwise: () => '${}' });

/** The text that a value is, or that its function joins; `undefined` if it is no text. */
function joinedText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const [functionName, argument] = functionOf(value) ?? [];
  if (functionName === 'Fn::Base64') return joinedText(argument);
  if (functionName !== 'Fn::Sub' && functionName !== 'Fn::Join') return undefined;
  const text = textFunctions.resolve(value);
  return typeof text === 'string' ? text : undefined;
}

/** True if a value is a secret because of its position; `text` is its text, if it has one. */
function isSecret(value: unknown, text: string | undefined, { key, parentKey }: Position): boolean {
  if (typeof value === 'boolean' || value === undefined || value === null) return false;
  if (SECRET_PROPERTIES.has(key)) return true;
  const isSecretEntry = VALUE_PROPERTIES.has(key) && isSecretName(parentKey);
  // A number under such a name is a `PasswordLength`, a `TokenValidity`.
  const isSecretProperty = isSecretName(key) && typeof value !== 'number';
  if (!isSecretEntry && !isSecretProperty) return false;
  if (text !== undefined) return !isDynamicReference(text);
  // A reference is not a secret, but a text that functions join may contain one.
  if (isRecord(value)) return TEXT_FUNCTIONS.some((name) => name in value);
  return !Array.isArray(value);
}

/** True if JSON can be shown with its secrets masked: it says more than these, and nothing else looks like a secret. */
function canShowWithoutSecrets(content: unknown): boolean {
  // A separate mask, so that no label is used up that is never shown.
  const masked = JSON.stringify(new SecretMask().mask(content));
  const withoutSecrets = masked.replace(new RegExp(LABEL, 'g'), '');
  if (hasSecretPattern(withoutSecrets)) return false;
  if (START_OF_TEXT.test(withoutSecrets)) return true;
  if (START_OF_NUMBER_OR_BOOLEAN.test(withoutSecrets)) return true;
  const hasNoSecret = isDeepStrictEqual(json(withoutSecrets), content);
  return hasNoSecret;
}

/** True if the next argument of a command is a secret: after `--password`, for instance. */
function isSecretOption(argument: unknown): boolean {
  return typeof argument === 'string' && OPTION.test(argument) && hasSecretWord(argument);
}

/** Name of the entry that an object is, if it is one. */
function entryNameOf(record: JsonObject): string | undefined {
  const names = NAME_PROPERTIES.map((property) => record[property]);
  return names.find((name) => typeof name === 'string');
}
