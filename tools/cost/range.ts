/** An amount that depends on how many tasks run: from the fewest to the most. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export const ZERO: Range = { from: 0, to: 0 };

export function multiply({ from, to }: Range, factor: number): Range {
  return { from: from * factor, to: to * factor };
}

export function subtract(minuend: Range, subtrahend: Range): Range {
  return { from: minuend.from - subtrahend.from, to: minuend.to - subtrahend.to };
}

export function sumOf(ranges: readonly Range[]): Range {
  return ranges.reduce((sum, range) => ({ from: sum.from + range.from, to: sum.to + range.to }), ZERO);
}
