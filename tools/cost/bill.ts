import type { Usage } from '../../lib/config/usage';
import type { Resources } from '@infra/common/template';
import { usd } from './money';
import { type Price, type PriceFile, type PriceKey, priceOf } from './price-list';

/** The parts of a bill, in the order in which it is told; the first eight are the guide's (5.1). */
export const PARTS = [
  'RDS',
  'Fargate',
  'Load balancer',
  'S3',
  'ECR',
  'Logs',
  'Transfer',
  'Batch',
  'Public IPv4',
  'Secrets',
  'NAT gateway',
  'VPC endpoints',
  'Alarms, dashboard',
  'Route 53',
  'KMS',
  'Lambda',
] as const;

export type CostPart = (typeof PARTS)[number];

/** From the least to the most, as the number of tasks goes. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** One usage with its price. */
export interface Line {
  readonly part: CostPart;
  readonly what: string;
  /** Whether the quantity is assumed in `lib/config/usage.ts`, since no template can tell it. */
  readonly assumed: boolean;
  readonly price: Price;
  readonly quantity: Range;
  readonly usd: Range;
}

export interface NotPriced {
  readonly what: string;
  readonly why: string;
  /** Whether the template alone would tell its cost, if only its price were known: a sum without it is none. */
  readonly isMissing?: true;
}

/** A usage type, in which `<region>` stands for the region's prefix and `<region name>` for its name, and what else tells its price. */
export type Rate = readonly [service: string, usageType: string, attributes?: PriceKey['attributes']];

const ASSUME = 'Its usage is not assumed yet: add the environment to lib/config/usage.ts.';

/** What the resources of one environment cost, as far as there are prices. */
export class Bill {
  readonly lines: Line[] = [];
  readonly notPriced: NotPriced[] = [];
  /** Prices that were asked for and are not in the file. */
  readonly missing: PriceKey[] = [];

  constructor(
    /** All of the template, with its conditions decided. */
    readonly resources: Resources,
    private readonly region: string,
    private readonly prices: PriceFile,
    private readonly usage: Usage | undefined,
  ) {}

  /** How much has been told so far. */
  get told(): number {
    return this.lines.length + this.notPriced.length;
  }

  /** A usage that the template tells. */
  charge(part: CostPart, what: string, rate: Rate, quantity: number | Range): void {
    this.add(part, what, rate, quantity, false);
  }

  /** A usage that is assumed. */
  assume(part: CostPart, what: (usage: Usage) => string, rate: Rate, quantity: (usage: Usage) => number): void {
    if (this.usage) this.add(part, what(this.usage), rate, quantity(this.usage), true);
    else if (!this.notPriced.some((each) => each.what === part)) this.leaveOut(part, ASSUME);
  }

  /** Something that costs, or may cost, and has no price here. */
  leaveOut(what: string, why: string): void {
    this.notPriced.push({ what, why });
  }

  /** The same, where the sum is none without it. */
  miss(what: string, why: string): void {
    this.notPriced.push({ what, why, isMissing: true });
  }

  /** A usage that has a price, while neither the template nor the assumed usage tells how much it is; about as much. */
  leaveOpen(what: string, rate: Rate, about?: Range): void {
    const key = this.keyOf(rate);
    const price = priceOf(this.prices, key);
    if (!price) this.missing.push(key);
    const each = price
      ? `USD ${decimals(price.usd)} per ${price.unit}`
      : 'It has no price yet, which npm run prooflink -- cost --renew adds';
    const guess = price && about && `, some ${about.from} to ${about.to}: USD ${usd(inDollars(about, price))}`;
    this.leaveOut(what, `${each}; how much, no template tells${guess ?? ''}.`);
  }

  private add(part: CostPart, what: string, rate: Rate, amount: number | Range, assumed: boolean): void {
    const quantity = typeof amount === 'number' ? { from: amount, to: amount } : amount;
    if (!Number.isFinite(quantity.from) || !Number.isFinite(quantity.to)) {
      this.miss(`${part}: ${what}`, 'The template has no number of it.');
      return;
    }
    const { region } = this.prices;
    if (this.region !== region) {
      this.miss(`${part}: ${what}`, `tools/cost/prices.json has the prices of ${region}, not of ${this.region}.`);
      return;
    }
    const key = this.keyOf(rate);
    const price = priceOf(this.prices, key);
    if (!price) {
      this.missing.push(key);
      this.miss(
        `${part}: ${what}`,
        `No price of ${key.service}'s ${key.usageType}: add it to tools/cost/prices.json with its unit, source and date, ` +
          'or run "npm run prooflink -- cost --renew".',
      );
      return;
    }
    this.lines.push({ part, what, assumed, price, quantity, usd: inDollars(quantity, price) });
  }

  private keyOf([service, type, attributes]: Rate): PriceKey {
    const { region, usagePrefix } = this.prices;
    return { service, usageType: type.replace('<region>', usagePrefix).replace('<region name>', region), attributes };
  }
}

/** What so much costs. */
function inDollars({ from, to }: Range, price: Pick<Price, 'usd'>): Range {
  return { from: from * price.usd, to: to * price.usd };
}

/** A price in full, and never as `3.7e-7`. */
function decimals(price: number): string {
  return price.toLocaleString('en', { maximumFractionDigits: 12 });
}

export function sum(ranges: readonly Range[]): Range {
  return ranges.reduce((one, other) => ({ from: one.from + other.from, to: one.to + other.to }), { from: 0, to: 0 });
}
