import type { ValueChange } from '../rules/rule';
import { valueSchemaOf, type ValueSchema } from './property-names';

/** `Default: 1`, on its own. */
const LABELLED = /\bDefault(?: value)?: [`"]?([\w,-]+)[`"]?\.?(?=\s|$)/i;

/** `The default value is 3 seconds.` A number of another unit, such as days, is not the property's value. */
const NUMBER_IN_SENTENCE = /\bdefault (?:value )?(?:is|of) `?(-?[\d,]*\d)\b`?(?! (?:minute|hour|day|week|[KGT]))/i;

/** A word in backticks: other words of a sentence are no value. */
const WORD_IN_SENTENCE = /\bdefault (?:value |behavior )?(?:is|of) [`"]([\w-]+)[`"]/i;

const TRUTH_IN_SENTENCE = /\bdefault (?:value )?(?:is|of) [`"]?(true|false)\b/i;

/** `By default, it isn't encrypted.` */
const OFF_BY_DEFAULT = /\bBy default, [^.]*\b(?:isn't|is not|aren't)\b/;

const EXISTING = /\bexisting\b/i;
const MENTION = /\bdefault/gi;
const NUMBER = /^-?\d+(\.\d+)?$/;
const TRUTH = /^(true|false)$/;
const NO_VALUE = /^(none|null|no|-)$/i;

/** Units that the names of properties have, other than seconds. */
const OTHER_UNIT = /Milli|Minute|Hour|Day/;

/** Defaults by type and path: each takes a walk through the schemas. */
const knownDefaults = new Map<string, string | undefined>();

/** A change with AWS's default on a side that sets no value, as far as the default is known. */
export function withDefaults(type: string, { path, before, after }: ValueChange): ValueChange {
  return {
    path,
    before: before ?? defaultOf(type, path),
    after: after ?? defaultOf(type, path),
  };
}

/** The value that AWS uses where a template sets none, as far as a schema or its documentation names exactly one. */
export function defaultOf(type: string, path: string): string | undefined {
  const key = `${type} ${path}`;
  if (!knownDefaults.has(key)) knownDefaults.set(key, findDefault(type, path));
  return knownDefaults.get(key);
}

function findDefault(type: string, path: string): string | undefined {
  const schema = valueSchemaOf(type, path);
  if (!schema) return undefined;
  const { defaultValue, documentation = '' } = schema;
  if (defaultValue !== undefined) return withoutQuotes(defaultValue);
  const mentions = documentation.match(MENTION) ?? [];
  // A second mention is a second default, or the exception. A default for new resources leaves existing ones as they are.
  if (mentions.length !== 1 || EXISTING.test(documentation)) return undefined;
  return documentedDefault(schema.type.type, path, documentation);
}

function documentedDefault(valueType: ValueSchema['type']['type'], path: string, text: string): string | undefined {
  if (valueType === 'boolean') {
    const value = (firstGroup(LABELLED, text) ?? firstGroup(TRUTH_IN_SENTENCE, text))?.toLowerCase();
    if (value !== undefined) return TRUTH.test(value) ? value : undefined;
    return OFF_BY_DEFAULT.test(text) ? 'false' : undefined;
  }
  if (valueType === 'integer' || valueType === 'number') {
    const value = (firstGroup(LABELLED, text) ?? firstGroup(NUMBER_IN_SENTENCE, text))?.replaceAll(',', '');
    return value !== undefined && NUMBER.test(value) && !OTHER_UNIT.test(path) ? value : undefined;
  }
  if (valueType !== 'string') return undefined;
  const word = firstGroup(WORD_IN_SENTENCE, text);
  return word !== undefined && NO_VALUE.test(word) ? undefined : word;
}

function firstGroup(pattern: RegExp, text: string): string | undefined {
  return pattern.exec(text)?.[1];
}

/** The schemas write a default as JSON. */
function withoutQuotes(defaultValue: string): string {
  return defaultValue.replaceAll('"', '');
}
