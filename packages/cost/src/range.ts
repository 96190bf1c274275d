/** An amount between two bounds, such as a cost with the fewest and with the most tasks that may run. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A sum of costs; `undefined` if something that belongs in it has no price: what remains of it is no sum. */
export type CostSum = Range | undefined;

/** The range of an amount that is known exactly. */
export function exactly(amount: number): Range {
  return { from: amount, to: amount };
}

export function multiplyRange({ from, to }: Range, factor: number): Range {
  return { from: from * factor, to: to * factor };
}

export function sumOfRanges(ranges: readonly Range[]): Range {
  return ranges.reduce((sum, range) => ({ from: sum.from + range.from, to: sum.to + range.to }), exactly(0));
}
