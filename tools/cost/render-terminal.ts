import Table from 'cli-table3';
import { yenPerDollar } from '../../lib/config/usage';
import { wrap } from '@infra/common/wrap';
import { type Line, type Range, sum, times } from './bill';
import type { EnvironmentCost } from './environment-cost';
import { usd, yen } from './money';
import type { PriceFile } from './price-list';
import { MONTH_HOURS } from './running-hours';

const COLUMNS = 80;

/** Sentence on prices and sums. */
function termsOf({ region, prices }: PriceFile): string {
  const dates = prices.map(({ date }) => date).sort();
  return (
    `List prices of ${region}, known from ${dates[0] ?? ''} to ${dates.at(-1) ?? ''}, without tax and without a free ` +
    `tier; USD 1 = ${yenPerDollar} yen; a month has ${MONTH_HOURS} hours.`
  );
}

/** For a terminal. */
export function renderTerminal(costs: readonly EnvironmentCost[], prices: PriceFile): string {
  return [...costs.flatMap(renderEnvironment), ...wrap(termsOf(prices), COLUMNS), ''].join('\n');
}

function renderEnvironment({ stack, lines, usd: total, notPriced, free }: EnvironmentCost): string[] {
  const item = (text: string) => wrap(text, COLUMNS - 4).map((line, row) => `${row === 0 ? '  - ' : '    '}${line}`);
  return [
    `${stack}: USD ${usd(total)}, ${yen(total)} yen a month`,
    '',
    'By its template:',
    table(lines.filter(({ assumed }) => !assumed)),
    'By the usage that lib/config/usage.ts assumes:',
    table(lines.filter(({ assumed }) => assumed)),
    ...(notPriced.length > 0 ? ['Not priced, and in no sum:'] : []),
    ...notPriced.flatMap(({ what, why }) => item(`${what}. ${why}`)),
    ...wrap(`${free.length} types of resources cost nothing by themselves; --json says which, and why.`, COLUMNS),
    '',
    '',
  ];
}

function table(lines: readonly Line[]): string {
  const table = new Table({
    head: ['Part', 'What', 'USD', 'Yen'],
    colWidths: [19, 26, 15, 15],
    colAligns: ['left', 'left', 'right', 'right'],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  const reported = (part: string, what: string, cost: Range) => [part, what, usd(cost), yen(cost)];
  const total = sum(lines.map((each) => each.usd));
  const rows = lines.map(({ part, what, usd }, row) => reported(lines[row - 1]?.part === part ? '' : part, what, usd));
  table.push(...rows, reported('', 'together', total));
  return table.toString();
}

/** For programs. */
export function asJson(costs: readonly EnvironmentCost[], prices: PriceFile, warnings: readonly string[]): string {
  const environments = costs.map(({ stack, usd, ...rest }) => ({ stack, usd, yen: times(usd, yenPerDollar), ...rest }));
  return `${JSON.stringify({ terms: termsOf(prices), yenPerDollar, warnings, environments }, null, 2)}\n`;
}
