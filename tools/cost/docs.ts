import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentCost } from './environment-cost';
import { plot } from './plot';
import { summaryTable } from './summary-table';

/** A generated table stands between these in its page. */
const [START, END] = ['<!-- cost: the command "cost --docs" writes what follows -->', '<!-- end of cost -->'];

/** The generated tables of the pages, and the plots, by file. */
export function documents(costs: readonly EnvironmentCost[]) {
  return {
    tables: { 'README.md': summaryTable('en', costs), 'README.ja.md': summaryTable('ja', costs) },
    plots: {
      'docs/images/cost-light.svg': plot(costs, 'light'),
      'docs/images/cost-dark.svg': plot(costs, 'dark'),
    },
  };
}

/** What stands between the marks of a page. */
export function tableOf(page: string, file: string): string {
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) throw new CannotTellError(`${file} lacks the lines "${START}" and "${END}".`);
  return page.slice(start + START.length, end);
}

export function writeDocs(root: string, costs: readonly EnvironmentCost[]): string {
  const { tables, plots } = documents(costs);
  for (const [file, table] of Object.entries(tables)) {
    const page = readFileSync(join(root, file), 'utf8');
    writeFileSync(
      join(root, file),
      page.replace(tableOf(page, file), () => `\n\n${table}\n\n`),
    );
  }
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  for (const [file, svg] of Object.entries(plots)) writeFileSync(join(root, file), svg);
  return `Written: ${[...Object.keys(tables), ...Object.keys(plots)].join(', ')}. Then run: npm run format\n`;
}
