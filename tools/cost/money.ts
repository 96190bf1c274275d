import { yenPerDollar } from '../../lib/config/usage';
import { type Range, times } from './bill';

/** `56.06`, or `89.97–179.93` where it depends on how many tasks run. */
export function usd(range: Range): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return shownRange(range, (amount) => amount.toLocaleString('en', digits), 0.01);
}

/** The same in yen, as Japan's bills have it: without fractions. */
export function yen(range: Range): string {
  return shownRange(
    times(range, yenPerDollar),
    (amount) => Math.round(Number(amount.toFixed(6))).toLocaleString('en'),
    1,
  );
}

/** An amount, or the least and the most; what is less than the smallest unit is not written as nothing. */
function shownRange({ from, to }: Range, write: (amount: number) => string, unit: number): string {
  const shown = (amount: number) => (amount > 0 && amount < unit / 2 ? `< ${unit}` : write(amount));
  return shown(from) === shown(to) ? shown(from) : `${shown(from)}–${shown(to)}`;
}

/** A number for people: four digits at most, since no bill depends on the rest. */
export function show(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: number >= 10 ? 0 : 2 });
}
