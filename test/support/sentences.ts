/*
 * Catalogs of sentences, en.ts and ja.ts of a room, as tests read them.
 */

/** A sentence: a text, or a function of the values of its places. */
type Sentence = string | ((values: never) => string);

export interface Catalog {
  readonly [key: string]: Sentence | Catalog;
}

/** A sentence with its key, `database.notClass`. */
interface NamedSentence {
  readonly key: string;
  readonly sentence: Sentence;
}

/** Sentences of a catalog, in its order. */
function sentencesOf(catalog: Catalog, parent = ''): NamedSentence[] {
  return Object.entries(catalog).flatMap(([name, entry]) => {
    const key = `${parent}${name}`;
    const isSentence = typeof entry === 'string' || typeof entry === 'function';
    return isSentence ? [{ key, sentence: entry }] : sentencesOf(entry, `${key}.`);
  });
}

/** A sentence with the name of each place as its value, and the names that it reads. */
function readSentence(sentence: Sentence): { readonly text: string; readonly places: readonly string[] } {
  if (typeof sentence === 'string') return { text: sentence, places: [] };
  const places: string[] = [];
  const values = new Proxy(
    {},
    {
      get: (_, place) => {
        places.push(String(place));
        return anyValue(`<${String(place)}>`);
      },
    },
  );
  const text = sentence(values as never);
  return { text, places: places.sort() };
}

/** A value that is a text, a list of it, an object of such values and a function that returns one. */
function anyValue(text: string): unknown {
  return new Proxy(() => text, {
    get: (_, property) => {
      if (property === Symbol.toPrimitive) return () => text;
      if (property === Symbol.iterator) return [text].values.bind([text]);
      return anyValue(text);
    },
    apply: () => anyValue(text),
  });
}

/** A catalog in a pseudo-language: each sentence stands in ⟦ ⟧. */
function pseudoCatalog<Words extends object>(catalog: Words): Words {
  const entries = Object.entries(catalog).map(([key, entry]) => [key, pseudoEntry(entry as Sentence | Catalog)]);
  return Object.fromEntries(entries) as Words;
}

function pseudoEntry(entry: Sentence | Catalog): Sentence | Catalog {
  if (typeof entry === 'string') return `⟦${entry}⟧`;
  if (typeof entry === 'function') return (values) => `⟦${entry(values)}⟧`;
  return pseudoCatalog(entry);
}

/** A text without what stands in ⟦ ⟧. */
export function outsideOfSentences(text: string): string {
  const withoutInnermost = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  return withoutInnermost === text ? text : outsideOfSentences(withoutInnermost);
}

/** A text in the pseudo-language as the English one that it is, without ⟦ and ⟧. */
export function withoutBrackets(text: string): string {
  return text.replace(/[⟦⟧]/g, '');
}

/** `lib/language` of a process that speaks the pseudo-language: for `jest.mock`. */
export const pseudoLanguage = {
  language: 'en',
  wordsOf: <Words extends Sentence | Catalog>({ en }: { readonly en: Words }): Words => pseudoEntry(en) as Words,
};

/**
 * Tests of two catalogs: each sentence has the same places, and a Japanese one has Japanese letters.
 * @param notations - Keys of sentences that have no words of their own, such as a notation of code.
 */
export function haveSameSentences(english: Catalog, japanese: Catalog, notations: readonly string[] = []): void {
  const japaneseSentences = new Map(sentencesOf(japanese).map(({ key, sentence }) => [key, sentence]));
  const pairs = sentencesOf(english).map(({ key, sentence }) => ({
    key,
    inEnglish: readSentence(sentence),
    inJapanese: readSentence(japaneseSentences.get(key) ?? ''),
  }));

  test.each(pairs)('$key has the places of the English one', ({ inEnglish, inJapanese }) => {
    expect(inJapanese.places).toEqual(inEnglish.places);
  });

  const sentences = pairs.filter(({ key }) => !notations.includes(key));
  test.each(sentences)('$key is Japanese', ({ inJapanese }) => {
    expect(inJapanese.text).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
  });
}
