import { yenPerDollar } from './usage';
import { type CostSum, multiplyRange, type Range } from './range';

const ONE_CENT_IN_USD = 0.01;
const ONE_YEN = 1;

/** From this quantity on, decimals are not shown: they hardly change a bill. */
const WHOLE_NUMBERS_FROM = 10;

const UNKNOWN_AMOUNT = '?';

/** `56.06`, `89.97–179.93` if the cost depends on how many tasks run, or `?` if it is unknown. */
export function formatUsd(usd: CostSum): string {
  if (usd === undefined) return UNKNOWN_AMOUNT;
  return formatRange(usd, ONE_CENT_IN_USD, writeUsd);
}

/** An amount in dollars, written in yen without fractions, as on bills in Japan. */
export function formatUsdAsYen(usd: CostSum): string {
  if (usd === undefined) return UNKNOWN_AMOUNT;
  const yen = multiplyRange(usd, yenPerDollar);
  return formatRange(yen, ONE_YEN, writeYen);
}

/** A quantity such as hours or gigabytes: `0.5`, `398` or `2,000`. */
export function formatQuantity(quantity: number): string {
  const maximumFractionDigits = quantity >= WHOLE_NUMBERS_FROM ? 0 : 2;
  return quantity.toLocaleString('en', { maximumFractionDigits });
}

function writeUsd(usd: number): string {
  return usd.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function writeYen(yen: number): string {
  // A product that is 8,409.5 on paper may be a little less in binary, and would be rounded down.
  const yenWithoutBinaryError = Number(yen.toFixed(6));
  return Math.round(yenWithoutBinaryError).toLocaleString('en');
}

/** Writes both bounds of a range, or one amount if they read the same. */
function formatRange({ from, to }: Range, smallestUnit: number, write: (amount: number) => string): string {
  const least = formatAmount(from, smallestUnit, write);
  const most = formatAmount(to, smallestUnit, write);
  return least === most ? least : `${least}–${most}`;
}

/** An amount that would be rounded to zero is written as `< 0.01` instead. */
function formatAmount(amount: number, smallestUnit: number, write: (amount: number) => string): string {
  const isRoundedToZero = amount > 0 && amount < smallestUnit / 2;
  return isRoundedToZero ? `< ${smallestUnit}` : write(amount);
}
