import { yenPerDollar } from './usage';
import { words } from './words';
import { HOURS_PER_MONTH } from './month';
import type { PriceFile } from './price-file';

/** Sentence on the terms of an estimate: its prices and their age, the exchange rate, and the length of a month. */
export function describeTerms({ prices }: PriceFile): string {
  const regions = new Set(prices.map(({ region }) => region));
  // ISO dates: sorted as texts, the oldest comes first.
  const dates = prices.map(({ date }) => date).sort();
  const oldestDate = dates[0] ?? '';
  const newestDate = dates.at(-1) ?? '';
  return words.terms({
    regions: [...regions],
    oldestDate,
    newestDate,
    yenPerDollar,
    hoursPerMonth: HOURS_PER_MONTH,
  });
}
