/**
 * A sentence of ours in which values of others are marked as such: what came out of a template can never be taken for
 * markup, because a renderer has to decide what to do with `code`.
 */
export type Words = readonly (string | { readonly code: string })[];

/** Makes a sentence: whatever is interpolated came from elsewhere, unless it is a sentence itself. */
export function say(literals: TemplateStringsArray, ...values: readonly (string | number | Words)[]): Words {
  return literals.flatMap((literal, index) => {
    const value = values[index];
    if (value === undefined) return literal;
    return typeof value === 'object' ? [literal, ...value] : [literal, { code: String(value) }];
  });
}

/** Several sentences or terms as one. */
export function join(words: readonly Words[], separator: string): Words {
  return words.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
}

/** A number and its noun: `1 change`, `2 changes`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
