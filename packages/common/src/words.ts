/** Texts of a sentence by their names. */
export type Texts<Name extends string> = Readonly<Record<Name, string>>;

/** Numbers of a sentence by their names. */
export type Numbers<Name extends string> = Readonly<Record<Name, number>>;

/** Lists of texts of a sentence by their names. */
export type Lists<Name extends string> = Readonly<Record<Name, readonly string[]>>;

/** First line of a text. */
export function firstLineOf(text: string): string {
  const [firstLine = ''] = text.split('\n');
  return firstLine;
}

/** The texts that are not empty, without those that are part of a text before them. */
export function withoutRepeated(texts: readonly (string | undefined)[]): string[] {
  const kept: string[] = [];
  for (const text of texts) {
    if (!text || kept.some((keptText) => keptText.includes(text))) continue;
    kept.push(text);
  }
  return kept;
}

/** A number with its noun in singular or plural: `1 change`, `2 changes`. */
export function countText(number: number, noun: string): string {
  const ending = number === 1 ? '' : 's';
  return `${number.toLocaleString('en')} ${noun}${ending}`;
}
