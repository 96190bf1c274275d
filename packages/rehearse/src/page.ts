import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@infra/common/language';

/** A row of docs/first-deploy: a claim about AWS or GitHub, which is confirmed once, or refuted. */
export interface Row {
  readonly id: string;
  /** Cell with the stages of a rehearsal that can observe the claim. */
  readonly stages: string;
}

const DOCS = join(__dirname, '../../../docs');
const PAGES: Readonly<Record<Language, string>> = { en: 'first-deploy.md', ja: 'first-deploy.ja.md' };

/** A row's first cell, with its id, and its last one. */
const ROW = /^\| `([a-z\d-]+)` .*\|([^|]+)\|$/gm;

/** Rows of the page in a language, in its order. Its tables with an id in the first column have them. */
export function readRows(language: Language): Row[] {
  const text = readFileSync(join(DOCS, PAGES[language]), 'utf8');
  return [...text.matchAll(ROW)].map(([, id = '', stages = '']) => ({ id, stages: stages.trim() }));
}
