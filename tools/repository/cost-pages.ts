import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentCost } from '../cost/environment-cost';
import { drawCosts } from './cost-picture';
import { costTable } from './cost-table';

/** Marks around a generated table in its page. */
const START = '<!-- cost: "npm run renew" writes what follows -->';
const END = '<!-- end of cost -->';

/** The generated tables of pages, and the pictures, by file. */
export function costDocuments(costs: readonly EnvironmentCost[]) {
  return {
    tables: {
      'README.md': costTable('en', costs),
      'README.ja.md': costTable('ja', costs),
    },
    pictures: {
      'docs/images/cost-light.svg': drawCosts(costs, 'light'),
      'docs/images/cost-dark.svg': drawCosts(costs, 'dark'),
    },
  };
}

/** Text between the marks of a page. */
export function costTableIn(page: string, file: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new CannotTellError(`${file} lacks the lines "${START}" and "${END}".`);
  return page.slice(start + START.length, end);
}

/** Writes the tables into their pages, and the pictures. Returns the files. */
export function writeCostDocuments(root: string, costs: readonly EnvironmentCost[]): string[] {
  const { tables, pictures } = costDocuments(costs);
  const pages = Object.entries(tables).map(([file, table]) => {
    const page = readFileSync(join(root, file), 'utf8');
    return { file, text: page.replace(costTableIn(page, file), () => `\n\n${table}\n\n`) };
  });
  const images = Object.entries(pictures).map(([file, svg]) => ({ file, text: svg }));
  const documents = [...pages, ...images];
  for (const { file, text } of documents) writeFileSync(join(root, file), text);
  return documents.map(({ file }) => file);
}
