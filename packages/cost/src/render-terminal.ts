import Table from 'cli-table3';
import { wrap } from '@infra/common/wrap';
import type { BillLine, EnvironmentCost } from './environment-cost';
import { formatQuantity, formatUsd, formatUsdAsYen } from './format-amounts';
import { readPrices } from './price-file';
import { HOURS_PER_MONTH } from './running-hours';
import { describeUnknownSums } from './unknown-sums';
import { yenPerDollar } from './usage';
import { words } from './words';

/** Width of the output. The columns of the tables add up to it, with their borders. */
const COLUMNS = 80;
const PART_WIDTH = 17;
const USAGE_WIDTH = 28;
const AMOUNT_WIDTH = 15;
/** Spaces on both sides of a cell's text. */
const CELL_PADDING = 2;

/** Renders costs for people. */
export function renderTerminal(costs: readonly EnvironmentCost[]): string {
  return [...costs.flatMap(renderEnvironment), ...wrap(describeTerms(), COLUMNS), ''].join('\n');
}

function renderEnvironment(cost: EnvironmentCost): string[] {
  const { stackName, usd, lines, notInSum } = cost;
  const sentences = [words.assumed, ...describeUnknownSums([cost])];
  if (notInSum.length > 0) sentences.push(words.notInSum({ names: notInSum }));
  return [
    words.total({ stackName, usd: formatUsd(usd), yen: formatUsdAsYen(usd) }),
    renderTable(lines),
    ...sentences.flatMap((sentence) => wrap(sentence, COLUMNS)),
    '',
  ];
}

/** Only the first row of a part names it. */
function renderTable(lines: readonly BillLine[]): string {
  const { columns } = words;
  const table = new Table({
    head: [columns.part, columns.usage, columns.usd, columns.yen],
    colWidths: [PART_WIDTH, USAGE_WIDTH, AMOUNT_WIDTH, AMOUNT_WIDTH],
    colAligns: ['left', 'left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const [index, { part, usageType, quantity, unit = '', isAssumed, usd }] of lines.entries()) {
    const name = lines[index - 1]?.part === part ? '' : words.part({ part });
    const amount = `${formatQuantity(quantity)} ${unit}${isAssumed ? ' *' : ''}`;
    const usageCell = `${wrapCell(usageType, USAGE_WIDTH)}\n${wrapCell(amount, USAGE_WIDTH)}`;
    table.push([wrapCell(name, PART_WIDTH), usageCell, formatUsd(usd), formatUsdAsYen(usd)]);
  }
  return table.toString();
}

/** Wraps the text of a cell. The table itself would cut a text without spaces, as Japanese is. */
function wrapCell(text: string, columnWidth: number): string {
  return wrap(text, columnWidth - CELL_PADDING).join('\n');
}

/** Sentence on the terms of an estimate: its prices and their age, the exchange rate, and the length of a month. */
function describeTerms(): string {
  const { prices } = readPrices();
  const regions = [...new Set(prices.map(({ region }) => region))];
  // ISO dates: sorted as texts, the oldest comes first.
  const dates = prices.map(({ date }) => date).sort();
  const [oldestDate = ''] = dates;
  return words.terms({
    regions,
    oldestDate,
    newestDate: dates.at(-1) ?? '',
    yenPerDollar,
    hoursPerMonth: HOURS_PER_MONTH,
  });
}
