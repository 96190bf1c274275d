import type { CostChange } from '@infra/change-review';
import { join, say, type Words } from '@infra/change-review/words';
import { limited } from '@infra/common/values';
import type { BillLine, MissingCost, UnpricedUsage } from './bill';
import { compareCosts, type CostDifference, type PartDifference } from './cost-difference';
import { costOf, type CostedStack } from './environment-cost';
import { formatUsd } from './format-amounts';
import { readPrices } from './price-file';
import { exactly } from './range';

/*
 * Texts of a template are untrusted: in a comment on a pull request, they must not be taken for Markdown.
 * - The summary is a list of `Words`. Its plain strings are texts of this program. `say` marks the values in its template
 *   literal as untrusted, so that the review writes them as code.
 * - The details are plain texts. The review escapes each whole line, and shows all of them in a fenced block.
 */

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

/**
 * One sentence on the change of the sum; `undefined` if nothing changes. Unpriced usages are in no sum by design. Missing
 * costs belong in the sum, but could not be computed.
 */
function summarize({
  usdBefore,
  usdAfter,
  changedParts,
  newlyUnpriced,
  costMissingOnOneSide,
}: CostDifference): Words | undefined {
  // The cost is missing on one side only: the difference of the sums would be wrong.
  if (costMissingOnOneSide) {
    return say`the cost could not be computed: ${nameOf(costMissingOnOneSide)}: ${costMissingOnOneSide.reason}`;
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

function nameOf({ part, description }: MissingCost): string {
  return `${part}: ${description}`;
}

/** The description of a usage, in which a template's texts may be. */
function nameUsage({ description }: UnpricedUsage): Words {
  return say`${description}`;
}

/** Names that a list of the summary has at most. The details have all of them. */
const MAX_LISTED_NAMES = 4;

/** Names with commas between them; in place of those beyond the limit, the list ends with their number: `2 more`. */
function listNames(names: readonly Words[]): Words {
  const shownNames = limited(names, MAX_LISTED_NAMES, (hiddenCount): Words => [`${hiddenCount} more`]);
  return join(shownNames, ', ');
}

/** `Fargate +11.95`, or `Fargate +89.97 to +179.93` if the difference depends on how many tasks run. */
function describePart({ part, usd }: PartDifference): Words {
  const from = formatSignedUsd(usd.from);
  const to = formatSignedUsd(usd.to);
  return [from === to ? `${part} ${from}` : `${part} ${from} to ${to}`];
}

function formatSignedUsd(usd: number): string {
  const sign = usd < 0 ? '−' : '+';
  // `formatUsd` formats a range.
  const amount = exactly(Math.abs(usd));
  return `${sign}${formatUsd(amount)}`;
}

/** Lines as in a diff: `-` for one that the bill no longer has, `+` for a new one, `?` for a cost that is newly unknown. */
function describeDetails({ removedLines, addedLines, newlyMissing, newlyUnpriced }: CostDifference): string[] {
  return [
    ...removedLines.map((line) => `- ${describeLine(line)}`),
    ...addedLines.map((line) => `+ ${describeLine(line)}`),
    ...newlyMissing.map((cost) => `? ${nameOf(cost)}: not priced. ${cost.reason}`),
    ...newlyUnpriced.map(({ description, reason }) => `? ${description}: not priced. ${reason}`),
  ];
}

function describeLine({ part, description, usd }: BillLine): string {
  return `${part}: ${description}: ${formatUsd(usd)} USD`;
}
