/** What a policy's list of patterns stands for: these, or everything but these. */
export interface Patterns {
  readonly not: boolean;
  readonly values: readonly string[];
}

/** Whether everything that `narrow` stands for is in `wide`. */
export function covers(wide: Patterns, narrow: Patterns): boolean {
  const within = (list: Patterns, value: string) => list.values.some((each) => matches(each, value));
  if (!narrow.not && !wide.not) return narrow.values.every((value) => within(wide, value));
  // What is not excluded may be anything else: `*` alone has it all.
  if (narrow.not && !wide.not) return wide.values.includes('*');
  if (narrow.not) return wide.values.every((value) => within(narrow, value));
  return narrow.values.every((value) => !wide.values.some((each) => meet(each, value)));
}

/** Whether some text fits both patterns. Only what neither has a wildcard in before it differs is surely apart. */
function meet(one: string, other: string): boolean {
  const [left = '', right = ''] = [one, other].map((each) => each.split(/[*?]/)[0]);
  const [tail = '', end = ''] = [one, other].map((each) => each.split(/[*?]/).at(-1));
  if (!/[*?]/.test(one)) return matches(other, one);
  if (!/[*?]/.test(other)) return matches(one, other);
  return (left.startsWith(right) || right.startsWith(left)) && (tail.endsWith(end) || end.endsWith(tail));
}

/** Whether a pattern covers a text, or another pattern. Without a regular expression, which could take forever. */
function matches(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  let [at, from, star, restart] = [0, 0, -1, 0];
  while (from < text.length) {
    if (pattern[at] === '*') {
      [star, restart] = [at, from];
      at += 1;
    } else if (at < pattern.length && text[from] !== '*' && (pattern[at] === '?' || pattern[at] === text[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      restart += 1;
      [at, from] = [star + 1, restart];
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
