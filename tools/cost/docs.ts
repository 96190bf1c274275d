import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentCost } from './environment-cost';
import { plot } from './plot';
import { summaryTable } from './summary-table';

/** Marks around a generated table in its page. */
const [START, END] = ['<!-- cost: the command "cost --docs" writes what follows -->', '<!-- end of cost -->'];

/** The generated tables of the pages, and the plots, by file. */
export function documents(costs: readonly EnvironmentCost[]) {
  return {
    tables: { 'README.md': summaryTable('en', costs), 'README.ja.md': summaryTable('ja', costs) },
    plots: { 'docs/images/cost-light.svg': plot(costs, 'light'), 'docs/images/cost-dark.svg': plot(costs, 'dark') },
  };
}

/** Text between the marks of a page. */
export function tableOf(page: string, file: string): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new CannotTellError(`${file} lacks the lines "${START}" and "${END}".`);
  return page.slice(start + START.length, end);
}

export function writeDocs(root: string, costs: readonly EnvironmentCost[]): string {
  const { tables, plots } = documents(costs);
  const pages = Object.entries(tables).map(([file, table]) => {
    const page = readFileSync(join(root, file), 'utf8');
    return [file, page.replace(tableOf(page, file), () => `\n\n${table}\n\n`)] as const;
  });
  const written = [...pages, ...Object.entries(plots)];
  for (const [file, text] of written) writeFileSync(join(root, file), text);
  return `Written: ${written.map(([file]) => file).join(', ')}. Then run: npm run format\n`;
}
