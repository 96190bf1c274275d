import { type CostPart, type Line, type NotPriced, PARTS } from './bill';
import { costOfPart, type EnvironmentCost } from './environment-cost';
import { type Range, subtract, ZERO } from './range';

/** Cost of an environment before and after a change. Either one is `undefined` if the environment does not exist. */
export interface Costs {
  readonly before: EnvironmentCost | undefined;
  readonly after: EnvironmentCost | undefined;
}

/** Difference between the costs of an environment before and after a change. */
export interface CostDifference {
  readonly usdBefore: Range;
  readonly usdAfter: Range;
  /** Parts that cost something else than before, the largest difference first. */
  readonly changedParts: readonly PartDifference[];
  readonly removedLines: readonly Line[];
  readonly addedLines: readonly Line[];
  /** Usages that are not priced after the change, and were priced or not there before. */
  readonly newlyNotPriced: readonly NotPriced[];
  /** A usage of one side only, without whose price the difference is wrong. */
  readonly missing: NotPriced | undefined;
}

export interface PartDifference {
  readonly part: CostPart;
  readonly usd: Range;
}

export function compareCosts({ before, after }: Costs): CostDifference {
  const linesBefore = before?.lines ?? [];
  const linesAfter = after?.lines ?? [];
  const notPricedBefore = before?.notPriced ?? [];
  const notPricedAfter = after?.notPriced ?? [];
  const newlyNotPriced = itemsOnlyIn(notPricedAfter, notPricedBefore, notPricedId);
  const noLongerListed = itemsOnlyIn(notPricedBefore, notPricedAfter, notPricedId);
  return {
    usdBefore: before?.usd ?? ZERO,
    usdAfter: after?.usd ?? ZERO,
    changedParts: changedPartsOf({ before, after }),
    removedLines: itemsOnlyIn(linesBefore, linesAfter, lineId),
    addedLines: itemsOnlyIn(linesAfter, linesBefore, lineId),
    newlyNotPriced,
    missing: [...newlyNotPriced, ...noLongerListed].find(({ isMissing }) => isMissing),
  };
}

/** Half a cent, in dollars. Smaller differences do not count. */
const LEAST_DIFFERENCE = 0.005;

function changedPartsOf({ before, after }: Costs): PartDifference[] {
  const differences = PARTS.map((part) => ({
    part,
    usd: subtract(costOfPart(after, part), costOfPart(before, part)),
  }));
  return differences
    .filter(({ usd }) => sizeOf(usd) >= LEAST_DIFFERENCE)
    .sort((first, second) => sizeOf(second.usd) - sizeOf(first.usd));
}

function sizeOf({ from, to }: Range): number {
  return Math.max(Math.abs(from), Math.abs(to));
}

function itemsOnlyIn<T>(items: readonly T[], otherItems: readonly T[], idOf: (item: T) => string): T[] {
  const otherIds = new Set(otherItems.map(idOf));
  return items.filter((item) => !otherIds.has(idOf(item)));
}

function notPricedId(usage: NotPriced): string {
  return usage.what;
}

/** A text that is the same for a line with the same usage, price and cost. */
function lineId(line: Line): string {
  return JSON.stringify([line.what, line.price, line.usd.from, line.usd.to]);
}
