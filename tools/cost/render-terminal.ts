import Table from 'cli-table3';
import { wrap } from '@infra/common/wrap';
import type { BillLine, UnpricedUsage } from './bill';
import type { EnvironmentCost } from './environment-cost';
import { formatUsd, formatUsdAsYen } from './format-amounts';
import type { PriceFile } from './price-file';
import { type Range, sumOfRanges } from './range';
import { describeTerms } from './terms';

/** Width of the output. The columns of the tables add up to it, with their borders. */
const COLUMNS = 80;
const COLUMN_WIDTHS = [19, 26, 15, 15];

const BULLET = '  - ';
const INDENT_BELOW_BULLET = '    ';

/** Renders costs for people. */
export function renderTerminal(costs: readonly EnvironmentCost[], priceFile: PriceFile): string {
  const lines = [...costs.flatMap(renderEnvironment), ...wrap(describeTerms(priceFile), COLUMNS), ''];
  return lines.join('\n');
}

function renderEnvironment(cost: EnvironmentCost): string[] {
  const { stackName, lines, usd, unpricedUsages, freeResources } = cost;
  const linesFromTemplate = lines.filter(({ isAssumed }) => !isAssumed);
  const assumedLines = lines.filter(({ isAssumed }) => isAssumed);
  const freeTypes = `${freeResources.length} types of resources cost nothing by themselves; --json says which, and why.`;
  return [
    `${stackName}: USD ${formatUsd(usd)}, ${formatUsdAsYen(usd)} yen a month`,
    '',
    'By its template:',
    renderBillLines(linesFromTemplate),
    'By the usage that lib/config/usage.ts assumes:',
    renderBillLines(assumedLines),
    ...renderUnpricedUsages(unpricedUsages),
    ...wrap(freeTypes, COLUMNS),
    '',
    '',
  ];
}

/** A table of lines that are sorted by part, and their sum. Only the first line of a part names it. */
function renderBillLines(lines: readonly BillLine[]): string {
  const table = new Table({
    head: ['Part', 'What', 'USD', 'Yen'],
    colWidths: COLUMN_WIDTHS,
    colAligns: ['left', 'left', 'right', 'right'],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const [index, line] of lines.entries()) {
    const isSamePart = lines[index - 1]?.part === line.part;
    table.push(tableRow(isSamePart ? '' : line.part, line.description, line.usd));
  }
  const sum = sumOfRanges(lines.map(({ usd }) => usd));
  table.push(tableRow('', 'together', sum));
  return table.toString();
}

function tableRow(part: string, description: string, usd: Range): string[] {
  return [part, description, formatUsd(usd), formatUsdAsYen(usd)];
}

function renderUnpricedUsages(usages: readonly UnpricedUsage[]): string[] {
  if (usages.length === 0) return [];
  const items = usages.flatMap(({ description, reason }) => renderListItem(`${description}. ${reason}`));
  return ['Not priced, and in no sum:', ...items];
}

function renderListItem(text: string): string[] {
  const lines = wrap(text, COLUMNS - BULLET.length);
  return lines.map((line, index) => {
    const start = index === 0 ? BULLET : INDENT_BELOW_BULLET;
    return `${start}${line}`;
  });
}
