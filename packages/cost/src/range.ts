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

export function addRanges(first: Range, second: Range): Range {
  return { from: first.from + second.from, to: first.to + second.to };
}

/** The larger one of the lower bounds, and of the upper bounds. */
export function largerRange(first: Range, second: Range): Range {
  return { from: Math.max(first.from, second.from), to: Math.max(first.to, second.to) };
}

/** False if the range was computed from a property that is no number, such as a reference. */
export function isFiniteRange({ from, to }: Range): boolean {
  return Number.isFinite(from) && Number.isFinite(to);
}
