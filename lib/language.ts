/** Languages of the sentences that a terminal prints. */
export type Language = 'en' | 'ja';

/** A sentence in each language. */
export type Sentence = Readonly<Record<Language, string>>;

/** Language of a locale. As POSIX has it, `LC_ALL` overrides `LC_MESSAGES`, which overrides `LANG`. An empty one is unset. */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value);
  return locale?.startsWith('ja') ? 'ja' : 'en';
}

/** Language of this process. It changes what a terminal prints, and nothing else (docs/decisions/0021). */
export const language = languageOf(process.env);

/** Sentences in the language of this process. */
export function wordsOf<Words>(catalogs: Readonly<Record<Language, Words>>): Words {
  return catalogs[language];
}
