import { yenPerDollar } from '../../lib/config/usage';
import { MONTH_HOURS } from './month';
import type { PriceFile } from './price-file';

/** Sentence on the prices and the sums. */
export function describeTerms({ region, prices }: PriceFile): string {
  const dates = prices.map(({ date }) => date).sort();
  const oldest = dates[0] ?? '';
  const newest = dates.at(-1) ?? '';
  return (
    `List prices of ${region}, known from ${oldest} to ${newest}, without tax and without a free ` +
    `tier; USD 1 = ${yenPerDollar} yen; a month has ${MONTH_HOURS} hours.`
  );
}
