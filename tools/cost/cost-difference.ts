import { type BillLine, COST_PARTS, type CostPart, type UnpricedUsage } from './bill';
import { costOfPart, type EnvironmentCost } from './environment-cost';
import { type Range, subtractRange, ZERO_RANGE } from './range';

/** Costs of an environment on both sides of a change; `undefined` on a side on which the environment does not exist. */
export interface CostsOfChange {
  readonly before: EnvironmentCost | undefined;
  readonly after: EnvironmentCost | undefined;
}

/** Difference between the costs of an environment before and after a change. */
export interface CostDifference {
  readonly usdBefore: Range;
  readonly usdAfter: Range;
  /** Parts of the bill with another cost than before, the largest difference first. */
  readonly changedParts: readonly PartDifference[];
  /** Lines that only the earlier bill has. A line with another price or quantity is removed and added. */
  readonly removedLines: readonly BillLine[];
  /** Lines that only the later bill has. */
  readonly addedLines: readonly BillLine[];
  /** Usages that are unpriced after the change, and were priced or did not exist before. */
  readonly newlyUnpriced: readonly UnpricedUsage[];
  /**
   * The first usage that makes the difference of the sums wrong: it belongs in the sum of one bill only, and its price or
   * quantity is unknown. `undefined` if the difference is right.
   */
  readonly blockingUsage: UnpricedUsage | undefined;
}

export interface PartDifference {
  readonly part: CostPart;
  /** Cost after the change minus cost before it. */
  readonly usd: Range;
}

export function compareCosts({ before, after }: CostsOfChange): CostDifference {
  const linesBefore = before?.lines ?? [];
  const linesAfter = after?.lines ?? [];
  const unpricedBefore = before?.unpricedUsages ?? [];
  const unpricedAfter = after?.unpricedUsages ?? [];
  const newlyUnpriced = itemsOnlyIn(unpricedAfter, unpricedBefore, unpricedUsageId);
  const noLongerUnpriced = itemsOnlyIn(unpricedBefore, unpricedAfter, unpricedUsageId);
  return {
    usdBefore: before?.usd ?? ZERO_RANGE,
    usdAfter: after?.usd ?? ZERO_RANGE,
    changedParts: changedPartsOf({ before, after }),
    removedLines: itemsOnlyIn(linesBefore, linesAfter, lineId),
    addedLines: itemsOnlyIn(linesAfter, linesBefore, lineId),
    newlyUnpriced,
    blockingUsage: [...newlyUnpriced, ...noLongerUnpriced].find(({ isBlocking }) => isBlocking),
  };
}

/** Half a cent: a smaller difference would be shown as zero. */
const LEAST_DIFFERENCE_USD = 0.005;

function changedPartsOf({ before, after }: CostsOfChange): PartDifference[] {
  const differences = COST_PARTS.map((part) => ({
    part,
    usd: subtractRange(costOfPart(after, part), costOfPart(before, part)),
  }));
  return differences
    .filter(({ usd }) => sizeOf(usd) >= LEAST_DIFFERENCE_USD)
    .sort((first, second) => sizeOf(second.usd) - sizeOf(first.usd));
}

/** Size of a difference without its sign: that of its larger bound. */
function sizeOf({ from, to }: Range): number {
  return Math.max(Math.abs(from), Math.abs(to));
}

function itemsOnlyIn<T>(items: readonly T[], otherItems: readonly T[], idOf: (item: T) => string): T[] {
  const otherIds = new Set(otherItems.map(idOf));
  return items.filter((item) => !otherIds.has(idOf(item)));
}

/** The description: bills have no other identity for a usage without a price. */
function unpricedUsageId({ description }: UnpricedUsage): string {
  return description;
}

/** A text that two lines share only if their usage, price and cost are equal. */
function lineId({ description, price, usd }: BillLine): string {
  return JSON.stringify([description, price, usd.from, usd.to]);
}
