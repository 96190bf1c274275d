/**
 * A sentence of ours in which others' values are marked as such: a value from a template can never be taken for markup,
 * because a renderer has to decide what to do with `code`.
 */
export type Words = readonly (string | { readonly code: string } | Message)[];

/** A sentence that catalogs have, one for each language, with the values of its `{places}`. */
export interface Message {
  readonly message: string;
  readonly values: Readonly<Record<string, Words>>;
}

/** The sentences of one language, by the names of their messages. */
type Catalog = Readonly<Record<string, string>>;

/** A value or a code in a catalog's sentence, `{name}` or `` `code` ``. */
const PLACE_OR_CODE = /(\{\w+\}|`[^`]+`)/;

/** Longer sentences are cut. */
const MOST_WORDS = 250;

/** Makes a sentence. An interpolated value is untrusted, unless it is a sentence itself. */
export function say(literals: TemplateStringsArray, ...values: readonly (string | number | Words)[]): Words {
  return literals.flatMap((literal, index) => {
    const value = values[index];
    if (value === undefined) return literal;
    if (typeof value === 'object') return [literal, ...value];
    return [literal, { code: String(value) }];
  });
}

/** Several sentences or terms as one. */
export function join(sentences: readonly Words[], separator: string | Words): Words {
  const separatorWords: Words = typeof separator === 'string' ? [separator] : separator;
  return sentences.flatMap((sentence, index) => {
    const isFirst = index === 0;
    return isFirst ? sentence : [...separatorWords, ...sentence];
  });
}

/** Untrusted texts, one after the other. */
export function listOf(texts: readonly string[]): Words {
  const sentences = texts.map((text) => say`${text}`);
  return join(sentences, ', ');
}

/** A number and its noun: `1 change`, `2 changes`. */
export function count(number: number, noun: string): string {
  const ending = number === 1 ? '' : 's';
  return `${number.toLocaleString('en')} ${noun}${ending}`;
}

/** Messages as a catalog has them: text in backticks is code, `{name}` is a value. */
export function translate(words: Words, catalog: Catalog): Words {
  return words.flatMap((part) => {
    if (typeof part === 'string' || 'code' in part) return [part];
    return translateMessage(part, catalog);
  });
}

function translateMessage({ message, values }: Message, catalog: Catalog): Words {
  const text = catalog[message];
  if (text === undefined) throw new Error(`No catalog has the message ${message}.`);
  const pieces = text.split(PLACE_OR_CODE);
  return pieces.flatMap((piece): Words => {
    if (piece === '') return [];
    const withoutSigns = piece.slice(1, -1);
    if (piece.startsWith('{')) {
      const value = values[withoutSigns] ?? [];
      return translate(value, catalog);
    }
    if (piece.startsWith('`')) return [{ code: withoutSigns }];
    return [piece];
  });
}

/** A sentence as text, with its untrusted parts written by `code`, cut if it would fill a page. */
export function renderWords(words: Words, code: (text: string) => string): string {
  const shown = words.slice(0, MOST_WORDS).map((part) => {
    if (typeof part === 'string') return part;
    if ('code' in part) return code(part.code);
    throw new Error(`The message ${part.message} has not been translated.`);
  });
  const text = shown.join('');
  const hidden = words.length - shown.length;
  return hidden > 0 ? `${text} … (and ${count(hidden, 'word')} more)` : text;
}
