import { type Line, PARTS, type Range, sum } from './bill';
import { costOf, type CostedStack, type EnvironmentCost } from './environment-cost';
import { usd } from './money';
import { priceKeyId, readPrices } from './price-list';

/** An assembly, as far as its cost goes. */
interface Costed {
  readonly stacks: ReadonlyMap<string, CostedStack>;
}

/** What a change does to what an environment costs. */
export interface CostChange {
  /** `ProoflinkDev: 56.06 → 104.98 USD per month: NAT gateway +45.26, Public IPv4 +3.65`. */
  readonly line: string;
  /** A line for each usage that costs something else than before. */
  readonly details: readonly string[];
}

/** The environments whose cost a change changes, in the order of the assemblies. No network, and one set of prices. */
export function costChange(base: Costed, head: Costed): CostChange[] {
  const prices = readPrices();
  return [...new Set([...base.stacks.keys(), ...head.stacks.keys()])].flatMap((name) => {
    const [before, after] = [base, head]
      .map(({ stacks }) => stacks.get(name))
      .map((each) => each && costOf(each, prices));
    return compare(name, before, after);
  });
}

const NOTHING: Range = { from: 0, to: 0 };

function compare(name: string, before?: EnvironmentCost, after?: EnvironmentCost): CostChange[] {
  const parts = PARTS.flatMap((part) => {
    const of = (cost?: EnvironmentCost) =>
      sum((cost?.lines ?? []).filter((each) => each.part === part).map((each) => each.usd));
    const difference = minus(of(after), of(before));
    return isNothing(difference) ? [] : [`${part} ${signed(difference)}`];
  });
  const unpriced = (cost?: EnvironmentCost) => (cost?.notPriced ?? []).map(({ what }) => what);
  const [known, now] = [unpriced(before), unpriced(after)];
  const news = now.filter((what) => !known.includes(what)).map((what) => `not priced: ${what}`);
  if (parts.length === 0 && news.length === 0) return [];
  const sums = `${usd(before?.usd ?? NOTHING)} → ${usd(after?.usd ?? NOTHING)} USD per month`;
  return [
    { line: `${name}: ${sums}: ${[...parts, ...news].join(', ')}`, details: [...detailsOf(before, after), ...news] },
  ];
}

/** What was charged before and is not now, and the other way round; what is the same on both sides is left out. */
function detailsOf(before?: EnvironmentCost, after?: EnvironmentCost): string[] {
  const [gone, come] = [except(before, after), except(after, before)];
  return [
    ...gone.map((each) => `- ${each.part}: ${each.what}: ${usd(each.usd)} USD`),
    ...come.map((each) => `+ ${each.part}: ${each.what}: ${usd(each.usd)} USD`),
  ];
}

function except(cost?: EnvironmentCost, other?: EnvironmentCost): Line[] {
  const id = ({ what, price, usd: { from, to } }: Line) => [what, priceKeyId(price), from, to].join();
  const others = new Set(other?.lines.map(id));
  return (cost?.lines ?? []).filter((each) => !others.has(id(each)));
}

function minus(one: Range, other: Range): Range {
  return { from: one.from - other.from, to: one.to - other.to };
}

function isNothing({ from, to }: Range): boolean {
  return Math.abs(from) < 0.005 && Math.abs(to) < 0.005;
}

function signed(range: Range): string {
  const one = (amount: number) => `${amount < 0 ? '−' : '+'}${usd({ from: Math.abs(amount), to: Math.abs(amount) })}`;
  const [from, to] = [one(range.from), one(range.to)];
  return from === to ? from : `${from} to ${to}`;
}
