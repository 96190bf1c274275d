import { yenPerDollar } from '../../lib/config/usage';
import { multiply, type Range } from './range';

const CENT = 0.01;
const ONE_YEN = 1;

/** `56.06`, or `89.97–179.93` if it depends on how many tasks run. */
export function formatUsd(dollars: Range): string {
  return formatRange(dollars, CENT, writeDollars);
}

/** Dollars in yen, as Japan's bills have them: without fractions. */
export function formatYen(dollars: Range): string {
  return formatRange(multiply(dollars, yenPerDollar), ONE_YEN, writeYen);
}

/** A quantity for people: four digits at most, since no bill depends on further ones. */
export function formatQuantity(quantity: number): string {
  const maximumFractionDigits = quantity >= 10 ? 0 : 2;
  return quantity.toLocaleString('en', { maximumFractionDigits });
}

function writeDollars(amount: number): string {
  return amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function writeYen(amount: number): string {
  // A product that is half a yen on paper may be a little less in binary.
  const withoutBinaryError = Number(amount.toFixed(6));
  return Math.round(withoutBinaryError).toLocaleString('en');
}

/** One amount, or the least and the most. An amount below half of the smallest unit is not written as zero. */
function formatRange({ from, to }: Range, smallestUnit: number, write: (amount: number) => string): string {
  const format = (amount: number) => {
    const isTooSmall = amount > 0 && amount < smallestUnit / 2;
    return isTooSmall ? `< ${smallestUnit}` : write(amount);
  };
  const least = format(from);
  const most = format(to);
  return least === most ? least : `${least}–${most}`;
}
