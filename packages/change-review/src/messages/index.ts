import en from './en.json';
import ja from './ja.json';
import { renderWords, translate, type Words } from './words';

export type MessageId = keyof typeof en;

/** The languages of a review. Each has every message, or this does not compile. */
const CATALOGS = {
  en: en satisfies typeof ja,
  ja: ja satisfies typeof en,
};
export type Language = keyof typeof CATALOGS;

/** Most parts of a sentence that are shown. */
const MOST_PARTS = 250;

/** A place in a message, `{name}`. */
const PLACE = /(?<=\{)\w+(?=\})/g;

/** Value for a place of a message; it is not trusted, unless it is a sentence. */
type PlaceValue = string | number | Words;

/** Values for the places of a message, by their names. */
type PlaceValues = Readonly<Record<string, PlaceValue>>;

/** Names of the places of a message. */
export function places(message: MessageId): string[] {
  return en[message].match(PLACE) ?? [];
}

/** A message as a sentence. A value without a place in it is not shown, but distinguishes the sentence from others. */
export function wordsOf(message: MessageId, values: PlaceValues = {}): Words {
  const words: [string, Words][] = [];
  for (const [name, value] of Object.entries(values)) {
    words.push([name, wordsOfValue(value)]);
  }
  return [{ message, values: Object.fromEntries(words) }];
}

function wordsOfValue(value: PlaceValue): Words {
  const isSentence = typeof value === 'object';
  return isSentence ? value : [{ code: String(value) }];
}

/** A message about a number of something: `{n} finding{s}`. */
export function wordsForCount(message: MessageId, count: number, values: PlaceValues = {}): Words {
  const ending = count === 1 ? '' : 's';
  return wordsOf(message, {
    n: [count.toLocaleString('en')],
    s: [ending],
    ...values,
  });
}

/** Renders words as text. */
export type Render = (words: Words) => string;

/** Renders words in a language; `code` writes what is not trusted. */
export function renderIn(language: Language, code: (text: string) => string): Render {
  const catalog = CATALOGS[language];
  return (words) => {
    const translated = translate(words, catalog);
    const shown = translate(withoutRest(translated), catalog);
    return renderWords(language === 'ja' ? withJapanesePunctuation(shown) : shown, code);
  };
}

/** Japanese has its own comma, and no space behind a full stop. */
function withJapanesePunctuation(words: Words): Words {
  return words.map((part, index) => {
    if (typeof part !== 'string') return part;
    const previous = words[index - 1];
    const isBehindStop = typeof previous === 'string' && previous.endsWith('。');
    const text = part.replaceAll(', ', '、').replaceAll('。 ', '。');
    return isBehindStop ? text.trimStart() : text;
  });
}

/** A sentence with very many parts is cut. */
function withoutRest(words: Words): Words {
  if (words.length <= MOST_PARTS) return words;
  const hiddenCount = words.length - MOST_PARTS;
  return [...words.slice(0, MOST_PARTS), ...wordsForCount('moreParts', hiddenCount)];
}
