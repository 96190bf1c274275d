import { en } from '../../lib/config/en';
import { ja } from '../../lib/config/ja';
import { languageOf } from '../../lib/language';
import { readSentence, sentencesOf } from '../support/sentences';

describe('the locale of a terminal decides the language of its sentences', () => {
  it.each([
    { title: 'LANG alone', variables: { LANG: 'ja_JP.UTF-8' }, language: 'ja' },
    { title: 'LANG of another language', variables: { LANG: 'de_DE.UTF-8' }, language: 'en' },
    { title: 'none at all', variables: {}, language: 'en' },
    { title: 'LC_MESSAGES before LANG', variables: { LC_MESSAGES: 'ja_JP', LANG: 'C' }, language: 'ja' },
    { title: 'LC_ALL before both', variables: { LC_ALL: 'C', LC_MESSAGES: 'ja_JP', LANG: 'ja_JP' }, language: 'en' },
    { title: 'an empty variable as none', variables: { LC_ALL: '', LANG: 'ja_JP.UTF-8' }, language: 'ja' },
    { title: 'no other variable', variables: { LANGUAGE: 'ja', LC_CTYPE: 'ja_JP.UTF-8' }, language: 'en' },
  ])('$title', ({ variables, language }) => {
    expect(languageOf(variables)).toBe(language);
  });
});

describe('a sentence on a config says the same in Japanese', () => {
  const japanese = new Map(sentencesOf(ja).map(({ key, sentence }) => [key, sentence]));
  const pairs = sentencesOf(en).map(({ key, sentence }) => ({ key, english: sentence, japanese: japanese.get(key) }));

  it.each(pairs)('$key has the places of the English one', ({ english, japanese: other = '' }) => {
    expect(readSentence(other).places).toEqual(readSentence(english).places);
  });

  /** Notations of code alone. */
  const NOTATIONS: ReadonlySet<string> = new Set(['values.range']);

  it.each(pairs.filter(({ key }) => !NOTATIONS.has(key)))('$key is Japanese', ({ japanese: sentence = '' }) => {
    expect(readSentence(sentence).text).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
  });
});
