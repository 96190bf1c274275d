import { stableJson } from '@infra/common/values';
import type { NormalizedValue } from '../read/normalized-text';
import { isInTemplate } from '../read/value';

/** True if a rule applies to a change of a value. */
export type Condition = (before: NormalizedValue, after: NormalizedValue) => boolean;

const NUMBER = /^\d+(\.\d+)?$/;

const ON: ReadonlySet<string> = new Set(['true', 'Enabled', 'ENABLED', 'IMMUTABLE', 'enabled', 'enhanced']);

const OFF = /^(false|disabled|off|none|suspended|0)$/i;

/** A switch that is off by default. */
const UNSET_OR_FALSE: ReadonlySet<string> = new Set(['undefined', 'false']);

/** Hash of an asset in its name. */
const HASH = /[0-9a-f]{64}/;

function numberOf(value: NormalizedValue): number {
  return NUMBER.test(String(value)) ? Number(value) : NaN;
}

function isOn(value: NormalizedValue): boolean {
  return ON.has(String(value));
}

export const always: Condition = () => true;

export const increases: Condition = (before, after) => numberOf(after) > numberOf(before);

export const decreases: Condition = (before, after) => numberOf(after) < numberOf(before);

export const becomesZero: Condition = (_, after) => numberOf(after) === 0;

/** A number whose default is zero. */
export const staysZero: Condition = (before = 0, after = 0) => numberOf(before) === 0 && numberOf(after) === 0;

/** A size, before and after: neither direction loses anything. */
export const staysPositive: Condition = (before, after) => {
  const sizeBefore = numberOf(before ?? after);
  return sizeBefore > 0 && numberOf(after) > 0;
};

export const becomesOn: Condition = (_, after) => isOn(after);

export const turnsOff: Condition = (before, after) => isOn(before) && !isOn(after);

/** For a switch that is off by default: a value that only AWS knows may be on. */
export const mayTurnOff: Condition = (before, after) => {
  const mayBeOnBefore = !UNSET_OR_FALSE.has(String(before));
  return mayBeOnBefore && !isOn(after);
};

/** For a switch that is on unless it is set. */
export const becomesOnByDefault: Condition = (_, after) => isOn(after ?? true);

export const becomesOffDespiteDefault: Condition = (_, after) => !isOn(after ?? true);

/** Off by any word for it. */
export const becomesOffByAnyWord: Condition = (_, after) => OFF.test(String(after));

/** A value that was set is off, by any word for it. */
export const turnsOffByAnyWord: Condition = (before, after) => {
  return isSetBefore(before, after) && becomesOffByAnyWord(before, after);
};

/** For a switch that is off unless it is set. */
export const staysOff: Condition = (before, after) => {
  const wasOff = UNSET_OR_FALSE.has(String(before));
  return wasOff && UNSET_OR_FALSE.has(String(after));
};

export const isAdded: Condition = (before, after) => !isSet(before) && isSet(after);

export const isRemoved: Condition = (before, after) => isSet(before) && !isSet(after);

export const isSetAfter: Condition = (_, after) => isSet(after);

export const isSetBefore: Condition = (before) => isSet(before);

/** The default of some properties is an empty text. */
function isSet(value: NormalizedValue): boolean {
  return value !== undefined && value !== '';
}

/** True if the value after the change matches a pattern. */
export function becomes(pattern: RegExp): Condition {
  return (_, after) => pattern.test(String(after));
}

const REFERENCE = /^\$\{[^}]*\}$/;

/** A reference to something in the same stack, or to a parameter. */
const becomesReference: Condition = (_, after) => typeof after === 'string' && REFERENCE.test(after);

/** Host of the request, in a redirection. */
const SAME_HOST = '#{host}';

/** A target that is not in the template may be anybody's. */
export const becomesForeign: Condition = (_, after) => {
  return isSet(after) && !isInTemplate(after) && !String(after).includes(SAME_HOST);
};

/** References on both sides. */
export const areReferences: Condition = (before, after) => {
  return becomesReference(after, before) && becomesReference(before, after);
};

/** No items on either side. */
export const areEmpty: Condition = (before, after) => {
  return [before, after].every((list) => list === undefined || stableJson(list) === '[]');
};

/** The same items in another order. */
export const areReordered: Condition = (before, after) => {
  const areLists = Array.isArray(before) && Array.isArray(after);
  return areLists && stableJson(sortedTexts(before)) === stableJson(sortedTexts(after));
};

function sortedTexts(list: readonly unknown[]): string[] {
  return list.map((item) => stableJson(item)).sort();
}

export function anyOf(...conditions: readonly Condition[]): Condition {
  return (before, after) => conditions.some((condition) => condition(before, after));
}

/** Modes of PostgreSQL that require something of TLS, the least one first; others may connect in clear text. */
const REQUIRING_SSL_MODES = ['require', 'verify-ca', 'verify-full'];
const SSL_MODE = /[?&]sslmode=([\w-]+)/;

/** A URL of a database requires less of TLS than before. */
export const weakensTls: Condition = (before, after) => {
  const isUrl = String(after).includes('://');
  return isUrl && positionOfSslMode(after) < positionOfSslMode(before);
};

/** Position of a URL's mode among those that require something; -1 if it requires nothing. */
function positionOfSslMode(url: NormalizedValue): number {
  const [, mode = ''] = SSL_MODE.exec(String(url)) ?? [];
  return REQUIRING_SSL_MODES.indexOf(mode);
}

/** Increase up to which a capacity is an everyday one: the double, or a few more. */
const MODERATE_FACTOR = 2;
const MODERATE_STEP = 4;

/** A capacity increases, by so much that it is more likely a mistake, or costs a lot. */
export const growsMuch: Condition = (before, after) => {
  const countBefore = numberOf(before);
  return numberOf(after) > Math.max(countBefore * MODERATE_FACTOR, countBefore + MODERATE_STEP);
};

export const growsModerately: Condition = (before, after) => increases(before, after) && !growsMuch(before, after);

/** Compares with a default where a side does not set the value. */
export function withDefault(value: number, condition: Condition): Condition {
  return (before, after) => condition(before ?? value, after ?? value);
}

/** Only the hash of an asset changes: its content was reviewed as code. */
export const onlyHashChanges: Condition = (before, after) => {
  const nameBefore = String(before).replace(HASH, '#');
  const nameAfter = String(after).replace(HASH, '#');
  return nameBefore === nameAfter && nameBefore.includes('#');
};

export const becomesOlderVersion: Condition = (before, after) => {
  const partsBefore = versionParts(before);
  const partsAfter = versionParts(after);
  const position = partsBefore.findIndex((part, index) => {
    // A shorter version has no part to compare.
    const partAfter = partsAfter[index] ?? part;
    return part !== partAfter;
  });
  return position >= 0 && Number(partsAfter[position]) < Number(partsBefore[position]);
};

function versionParts(version: NormalizedValue): number[] {
  return String(version).split('.').map(Number);
}
