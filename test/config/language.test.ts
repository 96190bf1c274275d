import { languageOf } from '../../lib/language';

describe('the locale of a terminal decides the language of its sentences', () => {
  it.each([
    { title: 'LANG alone', variables: { LANG: 'ja_JP.UTF-8' }, language: 'ja' },
    { title: 'LANG of another language', variables: { LANG: 'de_DE.UTF-8' }, language: 'en' },
    { title: 'LC_MESSAGES before LANG', variables: { LC_MESSAGES: 'ja_JP', LANG: 'C' }, language: 'ja' },
    { title: 'LC_ALL before both', variables: { LC_ALL: 'C', LC_MESSAGES: 'ja_JP', LANG: 'ja_JP' }, language: 'en' },
    { title: 'an empty variable as none', variables: { LC_ALL: '', LANG: 'ja_JP.UTF-8' }, language: 'ja' },
  ])('$title', ({ variables, language }) => {
    expect(languageOf(variables)).toBe(language);
  });
});
