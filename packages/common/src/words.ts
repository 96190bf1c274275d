/**
 * A sentence of ours in which others' values are marked as such: what came out of a template can never be taken for
 * markup, because a renderer has to decide what to do with `code`.
 */
export type Words = readonly (string | { readonly code: string })[];

/** Makes a sentence. Whatever is interpolated came from elsewhere, unless it is a sentence itself. */
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

/** Texts that came from elsewhere, one after the other. */
export function listOf(texts: readonly string[]): Words {
  return join(
    texts.map((text) => say`${text}`),
    ', ',
  );
}

/** A number and its noun: `1 change`, `2 changes`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** Nobody reads a longer sentence. */
const MOST_WORDS = 250;

/** A sentence as text, with its untrusted parts written by `code`, cut if it would fill a page. */
export function renderWords(words: Words, code: (text: string) => string): string {
  const shown = words.slice(0, MOST_WORDS).map((part) => (typeof part === 'string' ? part : code(part.code)));
  const more = words.length - shown.length;
  return `${shown.join('')}${more > 0 ? ` … (and ${count(more, 'word')} more)` : ''}`;
}
