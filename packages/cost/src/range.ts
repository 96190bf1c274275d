/** An amount between two bounds, such as a cost with the fewest and with the most tasks that may run. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A sum of costs; `undefined` if something that belongs in it has no price: what remains of it is no sum. */
export type CostSum = Range | undefined;

export const ZERO_RANGE: Range = { from: 0, to: 0 };

/** The range of an amount that is known exactly. */
export function exactly(amount: number): Range {
  return { from: amount, to: amount };
}

export function multiplyRange({ from, to }: Range, factor: number): Range {
  return { from: from * factor, to: to * factor };
}

/** Difference of the lower bounds, and of the upper bounds. */
export function subtractRange(minuend: Range, subtrahend: Range): Range {
  return { from: minuend.from - subtrahend.from, to: minuend.to - subtrahend.to };
}

export function sumOfRanges(ranges: readonly Range[]): Range {
  return ranges.reduce((sum, range) => ({ from: sum.from + range.from, to: sum.to + range.to }), ZERO_RANGE);
}
