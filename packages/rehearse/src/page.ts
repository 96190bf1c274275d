import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@infra/common/language';

/** A row of docs/first-deploy: a claim about AWS or GitHub, which is confirmed once, or refuted. */
export interface Row {
  readonly id: string;
  readonly claim: string;
  /** Advice if the claim is refuted. */
  readonly advice: string;
  /** Cell with the stages of a rehearsal that can observe the claim. */
  readonly stages: string;
}

const PAGES: Readonly<Record<Language, string>> = { en: 'first-deploy.md', ja: 'first-deploy.ja.md' };

/** First cell of a row: its id. */
const ID = /^\| `([a-z\d-]+)` +\|/;

/** Option that a row names which says nothing of the sample's images. */
const OWN_IMAGES = '--app-image';

/** Rows of the page in a language, in its order. Its tables with an id in the first column have them. */
export function readRows(language: Language, docs = join(__dirname, '../../../docs')): Row[] {
  const lines = readFileSync(join(docs, PAGES[language]), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const id = ID.exec(line)?.[1];
    if (id === undefined) return [];
    const [, , claim = '', advice = '', stages = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return [{ id, claim, advice, stages }];
  });
}

/** Rows on the application itself, which the sample application cannot meet. */
export function rowsOfOwnImages(rows: readonly Row[]): string[] {
  return rows.filter(({ stages }) => stages.includes(OWN_IMAGES)).map(({ id }) => id);
}
