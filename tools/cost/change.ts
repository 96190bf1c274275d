import type { CostChange } from '@infra/change-review';
import { join, say, type Words } from '@infra/common/words';
import { type Line, type NotPriced, PARTS, type Range } from './bill';
import { costOf, type CostedStack, type EnvironmentCost, partOf } from './environment-cost';
import { usd } from './money';
import { readPrices } from './price-list';

/** Change of the cost of a stack, if there is any. No network. */
export function costChange(base?: CostedStack, head?: CostedStack): CostChange | undefined {
  const prices = readPrices();
  const [before, after] = [base, head].map((one) => one && costOf(one, prices));
  const news = except(after?.notPriced, before?.notPriced, ({ what }) => what);
  const line = lineOf(before, after, news);
  const unpriced = news.map(({ what, why }) => `? ${what}: not priced. ${why}`);
  return line.length === 0 ? undefined : { line, details: [...detailsOf(before, after), ...unpriced] };
}

/** Parts that are named in a line: the others are in the details. */
const MOST_NAMES = 4;
const NOTHING: Range = { from: 0, to: 0 };

/** Nothing where nothing changes. */
function lineOf(before: EnvironmentCost | undefined, after: EnvironmentCost | undefined, news: readonly NotPriced[]) {
  const gone = except(before?.notPriced, after?.notPriced, ({ what }) => what);
  const [missing] = [...news, ...gone].filter(({ isMissing }) => isMissing);
  if (missing) return say`the cost could not be computed: ${missing.what}: ${missing.why}`;
  const parts = PARTS.map((part) => ({ part, difference: minus(partOf(after, part), partOf(before, part)) }))
    .filter(({ difference }) => size(difference) >= 0.005)
    .sort((one, other) => size(other.difference) - size(one.difference))
    .map(({ part, difference }): Words => [`${part} ${signed(difference)}`]);
  const unpriced = named(news.map(({ what }) => say`${what}`));
  const [old, now] = [before, after].map((cost) => usd(cost?.usd ?? NOTHING));
  if (parts.length === 0) return news.length === 0 ? [] : say`${[`${now} USD per month`]}, and not priced: ${unpriced}`;
  const reported = say`${[`${old} → ${now} USD per month: `]}${named(parts)}`;
  return news.length === 0 ? reported : say`${reported}; not priced: ${unpriced}`;
}

function named(list: readonly Words[]): Words {
  const more = list.length - MOST_NAMES;
  return join(more > 0 ? [...list.slice(0, MOST_NAMES), [`${more} more`]] : list, ', ');
}

/** Charges of one side only; those of both sides are left out. */
function detailsOf(before?: EnvironmentCost, after?: EnvironmentCost): string[] {
  const id = ({ what, price, usd: { from, to } }: Line) => JSON.stringify([what, price, from, to]);
  const reported = (sign: string) => (each: Line) => `${sign} ${each.part}: ${each.what}: ${usd(each.usd)} USD`;
  return [
    ...except(before?.lines, after?.lines, id).map(reported('-')),
    ...except(after?.lines, before?.lines, id).map(reported('+')),
  ];
}

function except<T>(list: readonly T[] = [], others: readonly T[] = [], id: (item: T) => string): T[] {
  const known = new Set(others.map(id));
  return list.filter((each) => !known.has(id(each)));
}

const minus = (one: Range, other: Range): Range => ({ from: one.from - other.from, to: one.to - other.to });
const size = ({ from, to }: Range): number => Math.max(Math.abs(from), Math.abs(to));

function signed(range: Range): string {
  const one = (amount: number) => `${amount < 0 ? '−' : '+'}${usd({ from: Math.abs(amount), to: Math.abs(amount) })}`;
  const [from, to] = [one(range.from), one(range.to)];
  return from === to ? from : `${from} to ${to}`;
}
