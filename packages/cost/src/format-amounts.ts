import { yenPerDollar } from './usage';
import { type CostSum, isFiniteRange, multiplyRange, type Range } from './range';

/** From this quantity on, decimals are not shown: they hardly change a bill. */
const WHOLE_NUMBERS_FROM = 10;

const UNKNOWN_AMOUNT = '?';

/** `56.06`, `89.97–179.93` if the cost depends on how many tasks run, or `?` if it is unknown. */
export function formatUsd(usd: CostSum): string {
  return usd ? formatRange(usd, writeUsd) : UNKNOWN_AMOUNT;
}

/** An amount in dollars, written in yen without fractions, as on bills in Japan. */
export function formatUsdAsYen(usd: CostSum): string {
  return usd ? formatRange(multiplyRange(usd, yenPerDollar), writeYen) : UNKNOWN_AMOUNT;
}

/** A quantity such as hours or gigabytes: `0.5`, `398` or `1,460–2,920`; `?` if it is no number. */
export function formatQuantity(quantity: Range): string {
  return isFiniteRange(quantity) ? formatRange(quantity, writeQuantity) : UNKNOWN_AMOUNT;
}

function writeQuantity(quantity: number): string {
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
function formatRange({ from, to }: Range, write: (amount: number) => string): string {
  const least = write(from);
  const most = write(to);
  return least === most ? least : `${least}–${most}`;
}
