import type { CostChange } from '@infra/change-review';
import { limited } from '@infra/common/values';
import { join, say, type Words } from '@infra/common/words';
import type { BillLine, UnpricedUsage } from './bill';
import { compareCosts, type CostDifference, type PartDifference } from './cost-difference';
import { costOf, type CostedStack } from './environment-cost';
import { formatUsd } from './format-amounts';
import { readPrices } from './price-file';
import { exactly } from './range';

/**
 * Change of a stack's cost, for the review of a change; `undefined` if the cost stays the same. Reads the prices from
 * prices.json, and uses no network.
 *
 * @param base - Stack without the change; `undefined` if the change adds the stack.
 * @param head - Stack with the change; `undefined` if the change removes the stack.
 */
export function costChange(base?: CostedStack, head?: CostedStack): CostChange | undefined {
  const priceFile = readPrices();
  const difference = compareCosts({
    before: base && costOf(base, priceFile),
    after: head && costOf(head, priceFile),
  });
  const summary = summarize(difference);
  return summary && { line: summary, details: describeDetails(difference) };
}

/** One sentence on the change of the sum; `undefined` if nothing changes. */
function summarize({
  usdBefore,
  usdAfter,
  changedParts,
  newlyUnpriced,
  blockingUsage,
}: CostDifference): Words | undefined {
  if (blockingUsage) {
    return say`the cost could not be computed: ${blockingUsage.description}: ${blockingUsage.reason}`;
  }
  const isSumChanged = changedParts.length > 0;
  const hasNewlyUnpriced = newlyUnpriced.length > 0;
  if (!isSumChanged && !hasNewlyUnpriced) return undefined;

  const unpricedNames = listNames(newlyUnpriced.map(nameUsage));
  if (!isSumChanged) return [`${formatUsd(usdAfter)} USD per month, and not priced: `, ...unpricedNames];
  const sums = `${formatUsd(usdBefore)} → ${formatUsd(usdAfter)} USD per month: `;
  const parts = listNames(changedParts.map(describePart));
  if (!hasNewlyUnpriced) return [sums, ...parts];
  return [sums, ...parts, '; not priced: ', ...unpricedNames];
}

/** The description of a usage may contain texts of a template, which `say` marks as untrusted. */
function nameUsage({ description }: UnpricedUsage): Words {
  return say`${description}`;
}

/** Most names in a list of the summary. The details have all of them. */
const MOST_NAMES = 4;

/** Names with commas between them; in place of those beyond the limit, the list ends with their number: `2 more`. */
function listNames(names: readonly Words[]): Words {
  const shownNames = limited(names, MOST_NAMES, (hiddenCount): Words => [`${hiddenCount} more`]);
  return join(shownNames, ', ');
}

/** `Fargate +11.95`, or `Fargate +89.97 to +179.93` if the difference depends on how many tasks run. */
function describePart({ part, usd }: PartDifference): Words {
  const least = formatSignedUsd(usd.from);
  const most = formatSignedUsd(usd.to);
  return [least === most ? `${part} ${least}` : `${part} ${least} to ${most}`];
}

function formatSignedUsd(usd: number): string {
  const sign = usd < 0 ? '−' : '+';
  return `${sign}${formatUsd(exactly(Math.abs(usd)))}`;
}

/** Begins removed lines of the bill with `-`, added ones with `+`, and usages that are newly unpriced with `?`. */
function describeDetails({ removedLines, addedLines, newlyUnpriced }: CostDifference): string[] {
  return [
    ...removedLines.map((line) => `- ${describeLine(line)}`),
    ...addedLines.map((line) => `+ ${describeLine(line)}`),
    ...newlyUnpriced.map(({ description, reason }) => `? ${description}: not priced. ${reason}`),
  ];
}

function describeLine({ part, description, usd }: BillLine): string {
  return `${part}: ${description}: ${formatUsd(usd)} USD`;
}
