import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { findEnvironmentStack, type StacksByName } from '../cost/app-stacks';
import { costOf } from '../cost/environment-cost';
import type { PriceFile } from '../cost/price-file';
import { drawCosts } from './cost-picture';
import { type CostsOfEnvironments, costTable } from './cost-table';
import { comparedEnvironments } from './environment-table';

/** The lines around the generated table in a README. */
const TABLE_START = '<!-- cost: "npm run renew" writes what follows -->';
const TABLE_END = '<!-- end of cost -->';

/** Costs of the environments that the READMEs compare. */
export function comparedCosts(
  stacks: StacksByName,
  environments: Readonly<Record<string, EnvironmentConfig>>,
  priceFile: PriceFile,
): CostsOfEnvironments {
  const names = Object.keys(comparedEnvironments(environments));
  return Object.fromEntries(names.map((name) => [name, costOf(findEnvironmentStack(stacks, name), priceFile)]));
}

/** The documents that show costs: tables in the READMEs, and pictures. Keys are paths of files. */
export function costDocuments(costs: CostsOfEnvironments) {
  return {
    tables: {
      'README.md': costTable('en', costs),
      'README.ja.md': costTable('ja', costs),
    },
    pictures: {
      'docs/images/cost-light.svg': drawCosts(Object.values(costs), 'light'),
      'docs/images/cost-dark.svg': drawCosts(Object.values(costs), 'dark'),
    },
  };
}

/**
 * The text between the lines around the generated table in a README.
 *
 * @throws CannotTellError if the README does not have these lines.
 */
export function costTableIn(readme: string, file: string): string {
  const start = readme.indexOf(TABLE_START);
  const end = readme.indexOf(TABLE_END);
  if (start < 0 || end < start) {
    throw new CannotTellError(`${file} lacks the lines "${TABLE_START}" and "${TABLE_END}".`);
  }
  return readme.slice(start + TABLE_START.length, end);
}

/** Writes the tables into the READMEs, and the pictures. Returns the paths of the files. */
export function writeCostDocuments(repositoryFolder: string, costs: CostsOfEnvironments): string[] {
  const { tables, pictures } = costDocuments(costs);
  const readmes = Object.entries(tables).map(([file, table]) => {
    const readme = readFileSync(join(repositoryFolder, file), 'utf8');
    const oldTable = costTableIn(readme, file);
    return { file, content: readme.replace(oldTable, () => `\n\n${table}\n\n`) };
  });
  const images = Object.entries(pictures).map(([file, svg]) => ({ file, content: svg }));
  const documents = [...readmes, ...images];
  for (const { file, content } of documents) writeFileSync(join(repositoryFolder, file), content);
  return documents.map(({ file }) => file);
}
