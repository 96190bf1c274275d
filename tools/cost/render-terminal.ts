import Table from 'cli-table3';
import { wrap } from '@infra/common/wrap';
import type { Line, NotPriced } from './bill';
import type { EnvironmentCost } from './environment-cost';
import { formatUsd, formatYen } from './money';
import type { PriceFile } from './price-file';
import { type Range, sumOf } from './range';
import { describeTerms } from './terms';

const COLUMNS = 80;

/** Costs for a terminal. */
export function renderTerminal(costs: readonly EnvironmentCost[], prices: PriceFile): string {
  const lines = [...costs.flatMap(renderEnvironment), ...wrap(describeTerms(prices), COLUMNS), ''];
  return lines.join('\n');
}

function renderEnvironment({ stack, lines, usd, notPriced, free }: EnvironmentCost): string[] {
  const inTemplate = lines.filter(({ assumed }) => !assumed);
  const assumedOnly = lines.filter(({ assumed }) => assumed);
  const freeTypes = `${free.length} types of resources cost nothing by themselves; --json says which, and why.`;
  return [
    `${stack}: USD ${formatUsd(usd)}, ${formatYen(usd)} yen a month`,
    '',
    'By its template:',
    renderLines(inTemplate),
    'By the usage that lib/config/usage.ts assumes:',
    renderLines(assumedOnly),
    ...renderNotPriced(notPriced),
    ...wrap(freeTypes, COLUMNS),
    '',
    '',
  ];
}

/** Table of lines with their sum. */
function renderLines(lines: readonly Line[]): string {
  const table = new Table({
    head: ['Part', 'What', 'USD', 'Yen'],
    colWidths: [19, 26, 15, 15],
    colAligns: ['left', 'left', 'right', 'right'],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const [index, line] of lines.entries()) {
    const isSamePart = lines[index - 1]?.part === line.part;
    table.push(tableRow(isSamePart ? '' : line.part, line.what, line.usd));
  }
  const total = sumOf(lines.map(({ usd }) => usd));
  table.push(tableRow('', 'together', total));
  return table.toString();
}

function tableRow(part: string, description: string, cost: Range): string[] {
  return [part, description, formatUsd(cost), formatYen(cost)];
}

function renderNotPriced(notPriced: readonly NotPriced[]): string[] {
  if (notPriced.length === 0) return [];
  const items = notPriced.flatMap((usage) => listItem(`${usage.what}. ${usage.why}`));
  return ['Not priced, and in no sum:', ...items];
}

function listItem(text: string): string[] {
  const lines = wrap(text, COLUMNS - '  - '.length);
  return lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);
}
