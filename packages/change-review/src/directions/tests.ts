/** True if a change of a value is of a kind. */
export type Test = (before: unknown, after: unknown) => boolean;

const number = (value: unknown): number => (/^\d+(\.\d+)?$/.test(String(value)) ? Number(value) : NaN);
export const more: Test = (before, after) => number(after) > number(before);
export const less: Test = (before, after) => more(after, before);
const isOn = (value: unknown): boolean => /^(true|Enabled|ENABLED|IMMUTABLE|enabled|enhanced)$/.test(String(value));
export const on: Test = (_, after) => isOn(after);
export const off: Test = (before, after) => isOn(before) && !isOn(after);
/** On, which a value that is not set is, too. */
export const onByDefault: Test = (_, after) => isOn(after ?? true);
export const notOn: Test = (...values) => !onByDefault(...values);
/** Off by any word for it. */
export const turnedOff: Test = (_, after) => /^(false|disabled|off|none|suspended|0)$/i.test(String(after));
/** Off as it was: what is not set is off. */
export const stillOff: Test = (before, after) =>
  [before, after].every((each) => /^(undefined|false)$/.test(String(each)));
export const added: Test = (before, after) => before === undefined && after !== undefined;
export const gone: Test = (before, after) => before !== undefined && after === undefined;
export const there: Test = (_, after) => after !== undefined;
export const had: Test = (before) => before !== undefined;
export const either =
  (...tests: readonly Test[]): Test =>
  (...values) =>
    tests.some((test) => test(...values));
/** A size, before and after: nothing is lost by either way. */
export const sized: Test = (before, after) => number(before ?? after) > 0 && number(after) > 0;
export const always: Test = () => true;
export const zero: Test = (_, after) => number(after) === 0;
export const becomes =
  (pattern: RegExp): Test =>
  (_, after) =>
    pattern.test(String(after));
/** Compares with a default for what is not set. */
export const unset =
  (value: number, test: Test): Test =>
  (before, after) =>
    test(before ?? value, after ?? value);

/** The hash of an asset with its name: what is in it was reviewed as code. */
export const hash: Test = (before, after) => {
  const [old = '', now] = [before, after].map((each) => String(each).replace(/[0-9a-f]{64}/, '#'));
  return old === now && old.includes('#');
};

export const olderVersion: Test = (before, after) => {
  const [old, now] = [String(before).split('.').map(Number), String(after).split('.').map(Number)];
  const at = old.findIndex((part, index) => part !== (now[index] ?? part));
  return at >= 0 && Number(now[at]) < Number(old[at]);
};
