import type { CostChange } from '@infra/change-review';
import { limited } from '@infra/common/values';
import { join, say, type Words } from '@infra/common/words';
import type { Line, NotPriced } from './bill';
import { compareCosts, type CostDifference, type PartDifference } from './cost-difference';
import { costOf, type CostedStack } from './environment-cost';
import { formatUsd } from './money';
import { readPrices } from './price-file';

/** Change of the cost of a stack, if there is any. No network. */
export function costChange(base?: CostedStack, head?: CostedStack): CostChange | undefined {
  const prices = readPrices();
  const difference = compareCosts({
    before: base && costOf(base, prices),
    after: head && costOf(head, prices),
  });
  const line = summaryOf(difference);
  return line && { line, details: detailsOf(difference) };
}

/** Words for the change of the sum; `undefined` if nothing changes. */
function summaryOf(difference: CostDifference): Words | undefined {
  const { missing, changedParts, newlyNotPriced } = difference;
  if (missing) return say`the cost could not be computed: ${missing.what}: ${missing.why}`;
  const hasNewlyNotPriced = newlyNotPriced.length > 0;
  if (changedParts.length === 0) return hasNewlyNotPriced ? unchangedSum(difference) : undefined;
  return hasNewlyNotPriced ? changedSumAndNotPriced(difference) : changedSum(difference);
}

function unchangedSum({ usdAfter, newlyNotPriced }: CostDifference): Words {
  return [`${formatUsd(usdAfter)} USD per month, and not priced: `, ...listNotPriced(newlyNotPriced)];
}

function changedSum({ usdBefore, usdAfter, changedParts }: CostDifference): Words {
  const sums = `${formatUsd(usdBefore)} → ${formatUsd(usdAfter)} USD per month: `;
  return [sums, ...listNames(changedParts.map(describePart))];
}

function changedSumAndNotPriced(difference: CostDifference): Words {
  return [...changedSum(difference), '; not priced: ', ...listNotPriced(difference.newlyNotPriced)];
}

function listNotPriced(usages: readonly NotPriced[]): Words {
  return listNames(usages.map((usage) => say`${usage.what}`));
}

/** Names in a list; the others are in the details. */
const MOST_NAMES = 4;

function listNames(names: readonly Words[]): Words {
  const shown = limited(names, MOST_NAMES, (hidden): Words => [`${hidden} more`]);
  return join(shown, ', ');
}

/** `Fargate +11.95`, or `Fargate +89.97 to +179.93` if it depends on how many tasks run. */
function describePart({ part, usd }: PartDifference): Words {
  const least = formatSigned(usd.from);
  const most = formatSigned(usd.to);
  return [least === most ? `${part} ${least}` : `${part} ${least} to ${most}`];
}

function formatSigned(amount: number): string {
  const sign = amount < 0 ? '−' : '+';
  const size = Math.abs(amount);
  return sign + formatUsd({ from: size, to: size });
}

/** Lines of one side only, then what is newly not priced. */
function detailsOf({ removedLines, addedLines, newlyNotPriced }: CostDifference): string[] {
  return [
    ...removedLines.map((line) => `- ${describeLine(line)}`),
    ...addedLines.map((line) => `+ ${describeLine(line)}`),
    ...newlyNotPriced.map((usage) => `? ${usage.what}: not priced. ${usage.why}`),
  ];
}

function describeLine(line: Line): string {
  return `${line.part}: ${line.what}: ${formatUsd(line.usd)} USD`;
}
