import type { CostChange } from '@infra/change-review';
import { join, say, type Words } from '@infra/change-review/words';
import { limited } from '@infra/common/values';
import { type BillLine, costOf, type CostedStack, sumOfLines, usageName } from './environment-cost';
import { formatQuantity, formatUsd } from './format-amounts';
import { COST_PARTS } from './parts';
import { exactly, multiplyRange, type Range, sumOfRanges } from './range';

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
  const before = base && costOf(base);
  const after = head && costOf(head);
  const linesBefore = before?.lines ?? [];
  const linesAfter = after?.lines ?? [];
  const removed = linesOnlyIn(linesBefore, linesAfter);
  const added = linesOnlyIn(linesAfter, linesBefore);
  const newlyNotInSum = (after?.notInSum ?? []).filter((name) => !before?.notInSum.includes(name));
  const details = [
    ...removed.map((line) => `- ${describeLine(line)}`),
    ...added.map((line) => `+ ${describeLine(line)}`),
    ...newlyNotInSum.map((name) => `? ${name}: not in the sum`),
  ];

  const unknown = [...added, ...removed].find(({ usd }) => usd === undefined);
  if (unknown) {
    // On one side the cost is unknown: the difference of the sums would be wrong.
    const line = say`the change is unknown: packages/cost/src/prices.json has no price, or the template no number, for ${usageName(unknown)}`;
    return { line, details };
  }
  const parts = changedParts(removed, added);
  const notInSum = listNames(newlyNotInSum.map((name) => say`${name}`));
  const sums = [linesBefore, linesAfter].map((lines) => formatUsd(sumOfLines(lines)));
  if (parts.length === 0 && newlyNotInSum.length === 0) return undefined;
  if (parts.length === 0) return { line: [`${sums[1]} USD per month, and not in the sum: `, ...notInSum], details };
  const line = [`${sums.join(' → ')} USD per month: `, ...listNames(parts)];
  return { line: newlyNotInSum.length === 0 ? line : [...line, '; not in the sum: ', ...notInSum], details };
}

function linesOnlyIn(lines: readonly BillLine[], otherLines: readonly BillLine[]): BillLine[] {
  const others = new Set(otherLines.map((line) => JSON.stringify(line)));
  return lines.filter((line) => !others.has(JSON.stringify(line)));
}

/** `Fargate +11.95` for each part with another cost than before, the largest difference first. */
function changedParts(removed: readonly BillLine[], added: readonly BillLine[]): Words[] {
  const differences = COST_PARTS.map((part) => {
    const costsIn = (lines: readonly BillLine[]) => lines.flatMap((line) => (line.part === part && line.usd) || []);
    const less = costsIn(removed).map((usd) => multiplyRange(usd, -1));
    return { part, usd: sumOfRanges([...costsIn(added), ...less]) };
  });
  return differences
    .filter(({ usd }) => sizeOf(usd) >= LEAST_DIFFERENCE_USD)
    .sort((first, second) => sizeOf(second.usd) - sizeOf(first.usd))
    .map(({ part, usd }) => [`${part} ${formatDifference(usd)}`]);
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
