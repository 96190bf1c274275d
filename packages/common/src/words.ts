/**
 * A sentence of ours in which others' values are marked as such: what came out of a template can never be taken for
 * markup, because a renderer has to decide what to do with `code`.
 */
export type Words = readonly (string | { readonly code: string } | Message)[];

/** A sentence that catalogs have, one for each language, with the values of its `{places}`. */
export interface Message {
  readonly message: string;
  readonly values: Readonly<Record<string, Words>>;
}

/** Makes a sentence. Whatever is interpolated came from elsewhere, unless it is a sentence itself. */
export function say(literals: TemplateStringsArray, ...values: readonly (string | number | Words)[]): Words {
  return literals.flatMap((literal, index) => {
    const value = values[index];
    if (value === undefined) return literal;
    return typeof value === 'object' ? [literal, ...value] : [literal, { code: String(value) }];
  });
}

/** Several sentences or terms as one. */
export function join(words: readonly Words[], separator: string | Words): Words {
  return words.flatMap((part, index) => (index === 0 ? part : [...[separator].flat(), ...part]));
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

/** Messages as a catalog has them: text in backticks is code, `{name}` is a value. */
export function translate(words: Words, catalog: Readonly<Record<string, string>>): Words {
  return words.flatMap((part): Words => {
    if (typeof part === 'string' || 'code' in part) return [part];
    const text = catalog[part.message];
    if (text === undefined) throw new Error(`No catalog has the message ${part.message}.`);
    return text.split(/(\{\w+\}|`[^`]+`)/).flatMap((piece): Words => {
      if (piece.startsWith('{')) return translate(part.values[piece.slice(1, -1)] ?? [], catalog);
      return piece === '' ? [] : piece.startsWith('`') ? [{ code: piece.slice(1, -1) }] : [piece];
    });
  });
}

/** Longer sentences are cut. */
const MOST_WORDS = 250;

/** A sentence as text, with its untrusted parts written by `code`, cut if it would fill a page. */
export function renderWords(words: Words, code: (text: string) => string): string {
  const shown = words.slice(0, MOST_WORDS).map((part) => {
    if (typeof part === 'string') return part;
    if ('code' in part) return code(part.code);
    throw new Error(`The message ${part.message} has not been translated.`);
  });
  const more = words.length - shown.length;
  return `${shown.join('')}${more > 0 ? ` … (and ${count(more, 'word')} more)` : ''}`;
}
