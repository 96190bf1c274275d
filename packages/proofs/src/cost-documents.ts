import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentConfig } from '@infra/commands/app';
import { findEnvironmentStack, type StacksByName } from '@infra/cost/app-stacks';
import { costOf } from '@infra/cost/environment-cost';
import { costSentence, type CostsOfEnvironments, costTable } from './cost-table';
import { comparedEnvironments } from './environment-table';

/** The lines around the generated table of a page. */
const TABLE_START = '<!-- cost: "npm run renew" writes what follows -->';
const TABLE_END = '<!-- end of cost -->';

/** The generated sentence of a README, up to the link behind it. */
const SENTENCE = /^(?:A month costs|AWSの定価による月額は).*(?=[:(]\s?\[)/m;

/** Costs of the environments that the pages compare. */
export function comparedCosts(
  stacks: StacksByName,
  environments: Readonly<Record<string, EnvironmentConfig>>,
): CostsOfEnvironments {
  const names = Object.keys(comparedEnvironments(environments));
  return Object.fromEntries(names.map((name) => [name, costOf(findEnvironmentStack(stacks, name))]));
}

/** The documents that show costs: tables of pages, and sentences of the READMEs. Keys are paths of files. */
export function costDocuments(costs: CostsOfEnvironments) {
  return {
    tables: {
      'docs/environments.md': costTable('en', costs),
      'docs/environments.ja.md': costTable('ja', costs),
    },
    sentences: {
      'README.md': costSentence('en', costs),
      'README.ja.md': costSentence('ja', costs),
    },
  };
}

/**
 * The text between the lines around the generated table of a page.
 *
 * @throws CannotTellError if the page does not have these lines.
 */
export function costTableIn(page: string, file: string): string {
  const start = page.indexOf(TABLE_START);
  const end = page.indexOf(TABLE_END);
  if (start < 0 || end < start) {
    throw new CannotTellError(untranslated(`${file} lacks the lines "${TABLE_START}" and "${TABLE_END}".`));
  }
  return page.slice(start + TABLE_START.length, end);
}

/** The page with another sentence on the costs. */
export function withCostSentence(page: string, sentence: string): string {
  return page.replace(SENTENCE, () => sentence);
}

/** Writes the tables and sentences. Returns the paths of the files. */
export function writeCostDocuments(repositoryFolder: string, costs: CostsOfEnvironments): string[] {
  const { tables, sentences } = costDocuments(costs);
  const read = (file: string) => readFileSync(join(repositoryFolder, file), 'utf8');
  const pages = Object.entries(tables).map(([file, table]) => {
    const page = read(file);
    const oldTable = costTableIn(page, file);
    return { file, content: page.replace(oldTable, () => `\n\n${table}\n\n`) };
  });
  const readmes = Object.entries(sentences).map(([file, sentence]) => {
    return { file, content: withCostSentence(read(file), sentence) };
  });
  const documents = [...pages, ...readmes];
  for (const { file, content } of documents) writeFileSync(join(repositoryFolder, file), content);
  return documents.map(({ file }) => file);
}
