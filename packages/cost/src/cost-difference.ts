import { type BillLine, COST_PARTS, type CostPart, type MissingCost, type UnpricedUsage } from './bill';
import { type EnvironmentCost, ofPart, sumOfLines } from './environment-cost';
import { type CostSum, type Range, subtractRange, ZERO_RANGE } from './range';

/** Costs of an environment on both sides of a change; `undefined` on a side on which the environment does not exist. */
export interface CostsOfChange {
  readonly before: EnvironmentCost | undefined;
  readonly after: EnvironmentCost | undefined;
}

/** Difference between the costs of an environment before and after a change. */
export interface CostDifference {
  readonly usdBefore: CostSum;
  readonly usdAfter: CostSum;
  /** Parts of the bill with another cost than before, the largest difference first. */
  readonly changedParts: readonly PartDifference[];
  /** Lines that only the earlier bill has. A line with another price or quantity is removed and added. */
  readonly removedLines: readonly BillLine[];
  /** Lines that only the later bill has. */
  readonly addedLines: readonly BillLine[];
  /** Usages that are unpriced after the change, and were priced or did not exist before. */
  readonly newlyUnpriced: readonly UnpricedUsage[];
  /** Costs that are missing after the change, and were not before. */
  readonly newlyMissing: readonly MissingCost[];
  /**
   * The first cost that is missing on one side only: with it, the difference is wrong. `undefined` if the difference is
   * right, since the same costs are missing on both sides.
   */
  readonly costMissingOnOneSide: MissingCost | undefined;
}

export interface PartDifference {
  readonly part: CostPart;
  /** Cost after the change minus cost before it. */
  readonly usd: Range;
}

export function compareCosts({ before, after }: CostsOfChange): CostDifference {
  const linesBefore = before?.lines ?? [];
  const linesAfter = after?.lines ?? [];
  const missingBefore = before?.missingCosts ?? [];
  const missingAfter = after?.missingCosts ?? [];
  const unpricedBefore = before?.unpricedUsages ?? [];
  const unpricedAfter = after?.unpricedUsages ?? [];
  const newlyUnpriced = itemsOnlyIn(unpricedAfter, unpricedBefore, unpricedUsageId);
  const newlyMissing = itemsOnlyIn(missingAfter, missingBefore, missingCostId);
  const noLongerMissing = itemsOnlyIn(missingBefore, missingAfter, missingCostId);
  return {
    usdBefore: before ? before.usd : ZERO_RANGE,
    usdAfter: after ? after.usd : ZERO_RANGE,
    changedParts: changedPartsOf(linesBefore, linesAfter),
    removedLines: itemsOnlyIn(linesBefore, linesAfter, lineId),
    addedLines: itemsOnlyIn(linesAfter, linesBefore, lineId),
    newlyUnpriced,
    newlyMissing,
    costMissingOnOneSide: newlyMissing[0] ?? noLongerMissing[0],
  };
}

/** Half a cent: a smaller difference would be shown as zero. */
const LEAST_DIFFERENCE_USD = 0.005;

/** Reads priced lines alone: a cost that is missing on both sides is in no difference. */
function changedPartsOf(linesBefore: readonly BillLine[], linesAfter: readonly BillLine[]): PartDifference[] {
  const differences = COST_PARTS.map((part) => {
    const usdBefore = sumOfLines(ofPart(linesBefore, part));
    const usdAfter = sumOfLines(ofPart(linesAfter, part));
    return { part, usd: subtractRange(usdAfter, usdBefore) };
  });
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

function missingCostId({ part, description }: MissingCost): string {
  return `${part}: ${description}`;
}

/** A text that two lines share only if their usage, price and cost are equal. */
function lineId({ description, price, usd }: BillLine): string {
  return JSON.stringify([description, price, usd.from, usd.to]);
}
