/**
 * A sentence in parts. Its own text is a string; `code` is an untrusted value, such as one from a template. Since the two
 * differ in type, each renderer must decide how to write untrusted values, and none of them is taken for markup.
 */
export type Words = readonly (string | { readonly code: string } | Message)[];

/** A sentence that exists in several languages. */
export interface Message {
  /** Name of the sentence in the catalogs. */
  readonly message: string;
  /** Values for the `{places}` in the sentence, by the place's name. */
  readonly values: Readonly<Record<string, Words>>;
}

/** True for a part of a sentence that is a message of the catalogs. */
export function isMessage(part: Words[number] | undefined): part is Message {
  return typeof part === 'object' && 'message' in part;
}

/** The first message of a sentence. */
export function messageIn(sentence: Words): Message | undefined {
  return sentence.find(isMessage);
}

/** The sentences of one language, by the names of their messages. */
type Catalog = Readonly<Record<string, string>>;

/** A `{place}` for a value, or a text in backticks, in a sentence of a catalog. */
const PLACE_OR_CODE = /(\{\w+\}|`[^`]+`)/;

/** Tag of a template literal that makes a sentence: say`${name} was deleted`. A value is untrusted unless it is a sentence. */
export function say(literals: TemplateStringsArray, ...values: readonly (string | number | Words)[]): Words {
  return literals.flatMap((literal, index) => {
    const value = values[index];
    if (value === undefined) return literal;
    if (typeof value === 'object') return [literal, ...value];
    return [literal, { code: String(value) }];
  });
}

/** Joins several sentences to one, with a separator between them. */
export function join(sentences: readonly Words[], separator: string | Words): Words {
  const separatorWords: Words = typeof separator === 'string' ? [separator] : separator;
  return sentences.flatMap((sentence, index) => {
    const isFirst = index === 0;
    return isFirst ? sentence : [...separatorWords, ...sentence];
  });
}

/** Untrusted texts, separated by commas. */
export function listOf(texts: readonly string[]): Words {
  const sentences = texts.map((text) => say`${text}`);
  return join(sentences, ', ');
}

/**
 * A sentence in the language of a catalog: each message in it is replaced by the catalog's text. In that, a text in
 * backticks becomes code, and a `{place}` is replaced by its value.
 */
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
    const content = piece.slice(1, -1);
    if (piece.startsWith('{')) {
      const value = values[content] ?? [];
      return translate(value, catalog);
    }
    if (piece.startsWith('`')) return [{ code: content }];
    return [piece];
  });
}

/**
 * A translated sentence as text.
 * @param code - Writes an untrusted part.
 */
export function renderWords(words: Words, code: (text: string) => string): string {
  const texts = words.map((part) => {
    if (typeof part === 'string') return part;
    if ('code' in part) return code(part.code);
    throw new Error(`The message ${part.message} has not been translated.`);
  });
  return texts.join('');
}
