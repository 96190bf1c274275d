import Table from 'cli-table3';
import { wrap } from '@infra/common/wrap';
import { type BillLine, COST_PARTS, type CostPart, type MissingCost, type UnpricedUsage } from './bill';
import { words } from './words';
import { type EnvironmentCost, ofPart, sumOfCosts } from './environment-cost';
import { formatUsd, formatUsdAsYen } from './format-amounts';
import type { PriceFile } from './price-file';
import type { CostSum } from './range';
import { describeTerms } from './terms';
import { describeMissingCost } from './unknown-sums';

/** Width of the output. The columns of the tables add up to it, with their borders. */
const COLUMNS = 80;
const PART_WIDTH = 19;
const DESCRIPTION_WIDTH = 26;
const AMOUNT_WIDTH = 15;
/** Spaces on both sides of a cell's text. */
const CELL_PADDING = 2;

const BULLET = '  - ';
const INDENT_BELOW_BULLET = '    ';

/** Renders costs for people. */
export function renderTerminal(costs: readonly EnvironmentCost[], priceFile: PriceFile): string {
  const lines = [...costs.flatMap(renderEnvironment), ...wrap(describeTerms(priceFile), COLUMNS), ''];
  return lines.join('\n');
}

function renderEnvironment(cost: EnvironmentCost): string[] {
  const { stackName, usd, missingCosts, unpricedUsages, freeResources } = cost;
  const freeTypes = words.freeTypes({ count: freeResources.length });
  return [
    words.total({ stackName, usd: formatUsd(usd), yen: formatUsdAsYen(usd) }),
    '',
    words.byTemplate,
    renderTable(cost, false),
    words.byAssumedUsage,
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
  const { columns } = words;
  const table = new Table({
    head: [columns.part, columns.usage, columns.usd, columns.yen],
    colWidths: [PART_WIDTH, DESCRIPTION_WIDTH, AMOUNT_WIDTH, AMOUNT_WIDTH],
    colAligns: ['left', 'left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const rows = rowsByPart(lines, missingCosts);
  for (const [index, { part, description, usd }] of rows.entries()) {
    const isSamePart = rows[index - 1]?.part === part;
    table.push(tableRow(isSamePart ? '' : words.part({ part }), description, usd));
  }
  table.push(tableRow('', words.together, sumOfCosts(lines, missingCosts)));
  return table.toString();
}

function rowsByPart(lines: readonly BillLine[], missingCosts: readonly MissingCost[]): CostRow[] {
  const missingRows = missingCosts.map(({ part, description }) => ({ part, description, usd: undefined }));
  const rows = [...lines, ...missingRows];
  return COST_PARTS.flatMap((part) => ofPart(rows, part));
}

function tableRow(part: string, description: string, usd: CostSum): string[] {
  return [wrapCell(part, PART_WIDTH), wrapCell(description, DESCRIPTION_WIDTH), formatUsd(usd), formatUsdAsYen(usd)];
}

/** Wraps the text of a cell. The table itself would cut a text without spaces, as Japanese is. */
function wrapCell(text: string, columnWidth: number): string {
  return wrap(text, columnWidth - CELL_PADDING).join('\n');
}

function renderMissingCosts(missingCosts: readonly MissingCost[]): string[] {
  if (missingCosts.length === 0) return [];
  const items = missingCosts.flatMap((cost) => renderListItem(describeMissingCost(cost)));
  return [words.missingCosts, ...items];
}

function renderUnpricedUsages(usages: readonly UnpricedUsage[]): string[] {
  if (usages.length === 0) return [];
  const items = usages.flatMap((usage) => renderListItem(words.unpricedUsage(usage)));
  return [words.unpricedUsages, ...items];
}

function renderListItem(text: string): string[] {
  const lines = wrap(text, COLUMNS - BULLET.length);
  return lines.map((line, index) => {
    const start = index === 0 ? BULLET : INDENT_BELOW_BULLET;
    return `${start}${line}`;
  });
}
