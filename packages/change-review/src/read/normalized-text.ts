import { functionOf } from '@infra/common/template';
import { isRecord, parseJson, stableJson } from '@infra/common/values';

/** A value as the template has it, with its intrinsic functions. */
export type TemplateValue = unknown;

/**
 * A template's value in one spelling, whatever its intrinsic functions: `Fn::Join`, `Fn::Sub` and a plain string that mean
 * the same are the same NormalizedText, and JSON in a string is the object. It is not evaluated: both branches of `Fn::If`
 * remain, and a reference remains a reference.
 */
export type NormalizedValue = unknown;

/**
 * A text in which each reference has one form, `${Bucket.Arn}`. A `$` of the template itself is doubled, so that no text of
 * the template is read as a reference.
 */
export type NormalizedText = string;

const REFERENCE_SIGN = '$';
/** Start of the name of a function. */
const FUNCTION = 'Fn::';
/** Marks the name of a parameter, mapping or condition whose meaning changes. */
const CHANGED_MARK = ' (changed)';
/** Marks a reference to a parameter whose value CloudFormation does not show. */
const NO_ECHO_MARK = ' (NoEcho)';
/** Precedes an expression that only AWS can evaluate, which is encoded: JSON around it stays JSON. */
const EXPRESSION_SIGN = '=';

/** A branch of `Fn::If` that sets no value. */
export const NO_VALUE: NormalizedText = '${AWS::NoValue}';

/** A reference to a parameter whose value CloudFormation does not show. */
export const NO_ECHO_REFERENCE = /\(NoEcho\)\}/;

const ANY_MARK = / \(\w+\)/g;
const ENCODED_EXPRESSION = /\$\{=([^}]*)\}/g;
/** A doubled `$`, or a reference up to its attribute. */
const LITERAL_SIGN_OR_REFERENCE = /\$(?:\$|\{([^}.]+))/g;
/** A doubled `$`, or the beginning of a reference. */
const LITERAL_SIGN_OR_START = /\$(\$|\{)/g;
const WHOLE_REFERENCE = /^\$\{([^}.]+)[^}]*\}$/;

/** A reference to a parameter, a pseudo parameter, a resource, or an attribute of a resource. */
export interface Reference {
  /** The logical ID, or the name of a pseudo parameter. */
  readonly name: string;
  /** True if the name means something else on the other side. */
  readonly isChanged: boolean;
  /** True for a parameter whose value CloudFormation does not show. */
  readonly isNoEcho?: boolean;
  /** Path of the attribute; empty for the resource itself. */
  readonly attribute?: readonly string[];
}

/** A text of the template that is no reference. */
export function literalText(text: string): NormalizedText {
  return text.replaceAll(REFERENCE_SIGN, () => REFERENCE_SIGN + REFERENCE_SIGN);
}

export function referenceText({ name, isChanged, isNoEcho = false, attribute = [] }: Reference): NormalizedText {
  const noEchoMark = isNoEcho ? NO_ECHO_MARK : '';
  const path = [markedName(name, isChanged), ...attribute].join('.');
  return `${REFERENCE_SIGN}{${path}${noEchoMark}}`;
}

/** A name, marked if it means something else on the other side: whatever names it changes, too. */
export function markedName(name: string, isChanged: boolean): string {
  return isChanged ? `${name}${CHANGED_MARK}` : name;
}

/** A value without the marks of parameters that CloudFormation does not show: they decide no condition. */
export function withoutNoEchoMarks(value: object): object {
  return JSON.parse(JSON.stringify(value).replaceAll(NO_ECHO_MARK, '')) as object;
}

/** A value within a text that only AWS can evaluate. */
export function expressionText(value: NormalizedValue): NormalizedText {
  const encoded = encodeURIComponent(stableJson(value));
  return `${REFERENCE_SIGN}{${EXPRESSION_SIGN}${encoded}}`;
}

/** The values within a text that only AWS can evaluate. */
export function expressionsIn(text: NormalizedText): NormalizedValue[] {
  const encoded = [...text.matchAll(ENCODED_EXPRESSION)].map(([, expression = '']) => expression);
  return encoded.map((expression) => parseJson(decodeURIComponent(expression)));
}

/** A text in which each expression has a value; one whose value is no text is unchanged. */
export function withValues(text: NormalizedText, valueOf: (expression: NormalizedValue) => NormalizedValue): string {
  return text.replace(ENCODED_EXPRESSION, (reference) => {
    const [expression] = expressionsIn(reference);
    const value = valueOf(expression) ?? '';
    return typeof value === 'string' ? value : reference;
  });
}

/** A name without its marks. */
export function withoutMarks(name: string): string {
  return name.replace(ANY_MARK, '');
}

/** A text without the marks of changed names. */
export function withoutChangedMarks(text: string): string {
  return text.replaceAll(CHANGED_MARK, '');
}

/** A value as one text, with its references as people write them. */
export function readableValue(value: NormalizedValue): string {
  return readableText(typeof value === 'string' ? value : shortForm(value));
}

/** JSON with its functions in the short form of YAML, such as `!If [IsProd, a, b]`. */
function shortForm(value: NormalizedValue): string {
  const [name = '', argument] = functionOf(value) ?? [];
  if (name.startsWith(FUNCTION)) return `${name.replace(FUNCTION, '!')} ${argumentText(argument)}`;
  if (Array.isArray(value)) return `[${value.map(shortForm).join(',')}]`;
  if (!isRecord(value)) return stableJson(value);
  const keys = Object.keys(value).sort();
  const fields = keys.map((key) => `${stableJson(key)}:${shortForm(value[key])}`);
  return `{${fields.join(',')}}`;
}

function argumentText(argument: NormalizedValue): string {
  if (Array.isArray(argument)) return `[${argument.map(argumentText).join(', ')}]`;
  return typeof argument === 'string' ? argument : shortForm(argument);
}

/** A text with its references as people write them. */
export function readableText(text: NormalizedText): string {
  const decoded = decodeExpressions(text);
  return decoded.replace(LITERAL_SIGN_OR_START, (_, sign: string) => {
    const isLiteralSign = sign === REFERENCE_SIGN;
    return isLiteralSign ? REFERENCE_SIGN : '${';
  });
}

function decodeExpressions(text: NormalizedText): NormalizedText {
  return text.replace(ENCODED_EXPRESSION, (_, encoded: string) => {
    const expression = decodeURIComponent(encoded);
    return `\${${decodeExpressions(shortForm(parseJson(expression) ?? expression))}}`;
  });
}

/** The names that a value refers to, wherever in it. */
export function namesReferredToIn(value: NormalizedValue): string[] {
  const text = decodeExpressions(stableJson(value));
  const names: string[] = [];
  for (const [, name] of text.matchAll(LITERAL_SIGN_OR_REFERENCE)) {
    if (name !== undefined) names.push(withoutMarks(name));
  }
  return names;
}

/** The name that a value as a whole refers to; undefined if it is anything else. */
export function nameReferredToBy(value: NormalizedValue): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, name] = WHOLE_REFERENCE.exec(value) ?? [];
  return name === undefined ? undefined : withoutMarks(name);
}
