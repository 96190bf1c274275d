import type { CostChange } from '@infra/change-review';
import { join, say, type Words } from '@infra/change-review/words';
import { limited } from '@infra/common/values';
import { type BillLine, costOf, type CostedStack, type EnvironmentCost, usageName } from './environment-cost';
import { formatQuantity, formatUsd } from './format-amounts';
import type { CostPart } from './parts';
import { addRanges, type CostSum, exactly, multiplyRange, type Range } from './range';

/*
 * Texts of a template are untrusted: in a comment on a pull request, they must not be taken for Markdown.
 * - The line is a list of `Words`. Its plain strings are texts of this program. `say` marks the values in its template
 *   literal as untrusted, so that the review writes them as code.
 * - The details are plain texts. The review escapes each whole line, and shows all of them in a fenced block.
 */

/** Half a cent: a smaller difference would be shown as zero. */
const LEAST_DIFFERENCE_USD = 0.005;

/** Names that a list of the line has at most. The details have all of them. */
const MAX_LISTED_NAMES = 4;

/**
 * Change of a stack's cost, for the review of a change; `undefined` if the cost stays the same. Uses no network.
 *
 * @param base - Stack without the change; `undefined` if the change adds the stack.
 * @param head - Stack with the change; `undefined` if the change removes the stack.
 */
export function costChange(base?: CostedStack, head?: CostedStack): CostChange | undefined {
  const before = base ? costOf(base) : NO_COST;
  const after = head ? costOf(head) : NO_COST;
  const change: Change = {
    usdBefore: before.usd,
    usdAfter: after.usd,
    removed: linesOnlyIn(before.lines, after.lines),
    added: linesOnlyIn(after.lines, before.lines),
    newlyNotInSum: after.notInSum.filter((name) => !before.notInSum.includes(name)),
  };
  const line = summarize(change);
  return line && { line, details: describeDetails(change) };
}

/** Cost of a stack that does not exist. */
const NO_COST: Pick<EnvironmentCost, 'lines' | 'usd' | 'notInSum'> = { lines: [], usd: exactly(0), notInSum: [] };

/** Difference between two bills. A line with another price or quantity is removed and added. */
interface Change {
  readonly usdBefore: CostSum;
  readonly usdAfter: CostSum;
  readonly removed: readonly BillLine[];
  readonly added: readonly BillLine[];
  /** In no sum after the change, and priced or not there before. */
  readonly newlyNotInSum: readonly string[];
}

function linesOnlyIn(lines: readonly BillLine[], otherLines: readonly BillLine[]): BillLine[] {
  const otherTexts = new Set(otherLines.map((line) => JSON.stringify(line)));
  return lines.filter((line) => !otherTexts.has(JSON.stringify(line)));
}

/** One sentence on the change of the sum; `undefined` if nothing changes. */
function summarize({ usdBefore, usdAfter, removed, added, newlyNotInSum }: Change): Words | undefined {
  const unknownLine = [...added, ...removed].find(({ usd }) => usd === undefined);
  // The cost is unknown on one side: the difference of the sums would be wrong.
  if (unknownLine) {
    const name = usageName(unknownLine);
    return say`the change is unknown: packages/cost/src/prices.json has no price, or the template no number, for ${name}`;
  }
  const parts = changedParts(removed, added);
  const isSumChanged = parts.length > 0;
  const hasNewNames = newlyNotInSum.length > 0;
  if (!isSumChanged && !hasNewNames) return undefined;

  const names = listNames(newlyNotInSum.map((name) => say`${name}`));
  if (!isSumChanged) return [`${formatUsd(usdAfter)} USD per month, and not in the sum: `, ...names];
  const sums = `${formatUsd(usdBefore)} → ${formatUsd(usdAfter)} USD per month: `;
  if (!hasNewNames) return [sums, ...listNames(parts)];
  return [sums, ...listNames(parts), '; not in the sum: ', ...names];
}

/** Lines as in a diff: `-` for one that the bill no longer has, `+` for a new one, `?` for what is in no sum. */
function describeDetails({ removed, added, newlyNotInSum }: Change): string[] {
  return [
    ...removed.map((line) => `- ${describeLine(line)}`),
    ...added.map((line) => `+ ${describeLine(line)}`),
    ...newlyNotInSum.map((name) => `? ${name}: not in the sum`),
  ];
}

/** `Fargate +11.95` for each part with another cost than before, the largest difference first. */
function changedParts(removed: readonly BillLine[], added: readonly BillLine[]): Words[] {
  const differences = new Map<CostPart, Range>();
  const add = ({ part, usd = exactly(0) }: BillLine, sign: 1 | -1) => {
    const difference = differences.get(part) ?? exactly(0);
    differences.set(part, addRanges(difference, multiplyRange(usd, sign)));
  };
  for (const line of removed) add(line, -1);
  for (const line of added) add(line, 1);
  return [...differences]
    .filter(([, usd]) => sizeOf(usd) >= LEAST_DIFFERENCE_USD)
    .sort(([, first], [, second]) => sizeOf(second) - sizeOf(first))
    .map(([part, usd]) => [`${part} ${formatDifference(usd)}`]);
}

/** Size of a difference without its sign: that of its larger bound. */
function sizeOf({ from, to }: Range): number {
  return Math.max(Math.abs(from), Math.abs(to));
}

/** `+11.95`, or `+89.97 to +179.93` if the difference depends on how many tasks run. */
function formatDifference({ from, to }: Range): string {
  const least = formatSigned(from);
  const most = formatSigned(to);
  return least === most ? least : `${least} to ${most}`;
}

function formatSigned(usd: number): string {
  return `${usd < 0 ? '−' : '+'}${formatUsd(exactly(Math.abs(usd)))}`;
}

/** Names with commas between them; in place of those beyond the limit, the list ends with their number: `2 more`. */
function listNames(names: readonly Words[]): Words {
  const shownNames = limited(names, MAX_LISTED_NAMES, (hiddenCount): Words => [`${hiddenCount} more`]);
  return join(shownNames, ', ');
}

function describeLine({ part, usageType, quantity, unit = '', usd }: BillLine): string {
  return `${part}: ${usageType}, ${formatQuantity(quantity)} ${unit}: ${formatUsd(usd)} USD`;
}
