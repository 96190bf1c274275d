import Table from 'cli-table3';
import { wrap } from '@infra/common/wrap';
import { type BillLine, COST_PARTS, type CostPart, type MissingCost, type UnpricedUsage } from './bill';
import { en } from './en';
import { type EnvironmentCost, ofPart, sumOfCosts } from './environment-cost';
import { formatUsd, formatUsdAsYen } from './format-amounts';
import type { PriceFile } from './price-file';
import type { CostSum } from './range';
import { describeTerms } from './terms';
import { describeMissingCost } from './unknown-sums';

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
  const { stackName, usd, missingCosts, unpricedUsages, freeResources } = cost;
  const freeTypes = en.freeTypes({ count: freeResources.length });
  return [
    en.total({ stackName, usd: formatUsd(usd), yen: formatUsdAsYen(usd) }),
    '',
    en.byTemplate(),
    renderTable(cost, false),
    en.byAssumedUsage(),
    renderTable(cost, true),
    ...renderMissingCosts(missingCosts),
    ...renderUnpricedUsages(unpricedUsages),
    ...wrap(freeTypes, COLUMNS),
    '',
    '',
  ];
}

/** A row of a table: a priced line, or a missing cost. */
interface CostRow {
  readonly part: CostPart;
  readonly description: string;
  readonly usd: CostSum;
}

/** A table of the costs by the template, or of the assumed ones, with their sum. Only the first row of a part names it. */
function renderTable(cost: EnvironmentCost, isAssumed: boolean): string {
  const lines = cost.lines.filter((line) => line.isAssumed === isAssumed);
  const missingCosts = cost.missingCosts.filter((missingCost) => missingCost.isAssumed === isAssumed);
  const { columns } = en;
  const table = new Table({
    head: [columns.part(), columns.usage(), columns.usd(), columns.yen()],
    colWidths: COLUMN_WIDTHS,
    colAligns: ['left', 'left', 'right', 'right'],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  const rows = rowsByPart(lines, missingCosts);
  for (const [index, { part, description, usd }] of rows.entries()) {
    const isSamePart = rows[index - 1]?.part === part;
    table.push(tableRow(isSamePart ? '' : en.part({ part }), description, usd));
  }
  table.push(tableRow('', en.together(), sumOfCosts(lines, missingCosts)));
  return table.toString();
}

function rowsByPart(lines: readonly BillLine[], missingCosts: readonly MissingCost[]): CostRow[] {
  const missingRows = missingCosts.map(({ part, description }) => ({ part, description, usd: undefined }));
  const rows = [...lines, ...missingRows];
  return COST_PARTS.flatMap((part) => ofPart(rows, part));
}

function tableRow(part: string, description: string, usd: CostSum): string[] {
  return [part, description, formatUsd(usd), formatUsdAsYen(usd)];
}

function renderMissingCosts(missingCosts: readonly MissingCost[]): string[] {
  if (missingCosts.length === 0) return [];
  const items = missingCosts.flatMap((cost) => renderListItem(describeMissingCost(cost)));
  return [en.missingCosts(), ...items];
}

function renderUnpricedUsages(usages: readonly UnpricedUsage[]): string[] {
  if (usages.length === 0) return [];
  const items = usages.flatMap((usage) => renderListItem(en.unpricedUsage(usage)));
  return [en.unpricedUsages(), ...items];
}

function renderListItem(text: string): string[] {
  const lines = wrap(text, COLUMNS - BULLET.length);
  return lines.map((line, index) => {
    const start = index === 0 ? BULLET : INDENT_BELOW_BULLET;
    return `${start}${line}`;
  });
}
