import type { Usage } from '../../lib/config/usage';
import type { Named, Resources } from '@infra/common/template';
import { show, usd } from './money';
import { type Price, type PriceFile, type PriceKey, priceOf } from './price-list';

/** The parts of a bill, in their order; the first eight are the guide's (5.1). */
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
  /** True if the quantity is assumed in `lib/config/usage.ts`, since no template has it. */
  readonly assumed: boolean;
  readonly price: Price;
  readonly quantity: Range;
  readonly usd: Range;
}

export interface NotPriced {
  readonly what: string;
  readonly why: string;
  /** True if only its price is missing to compute its cost from the template: a sum without it is incomplete. */
  readonly isMissing?: true;
}

/**
 * A service, its usage type, with `*` for the region's prefix and `<region>` for its name, and attributes that
 * distinguish its products, as `name=value`.
 */
export type Rate = `${string} ${string}`;

/** Puts the resources of one type on the bill. */
export type Pricer = (resources: readonly Named[], bill: Bill) => void;

/** A pricer that looks at the resources one by one. */
export const each =
  (price: (resource: Named, bill: Bill) => void): Pricer =>
  (resources, bill) => {
    for (const resource of resources) price(resource, bill);
  };

/** Costs of the resources of one environment, as far as prices are known. */
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

  /** Adds a usage that is in the template. */
  charge(part: CostPart, what: string, rate: Rate, amount: number | Range): void {
    this.add(part, what, rate, amount, false);
  }

  /** Adds `times` a usage that is assumed; its name shows it for `#`. */
  assume(part: CostPart, what: string, rate: Rate, amount: (usage: Usage) => number, times = 1): void {
    if (this.usage) {
      const one = amount(this.usage);
      const name = what.replace('#', show(one)).replace('(s)', one === 1 ? '' : 's');
      this.add(part, name, rate, one * times, true);
    } else if (!this.notPriced.some((one) => one.what === part))
      this.leaveOut(part, 'Its usage is not assumed yet: add the environment to lib/config/usage.ts.');
  }

  /** Adds something that costs, or may cost, and has no price here. */
  leaveOut(what: string, why: string): void {
    this.notPriced.push({ what, why });
  }

  /** The same, where the sum is none without it. */
  miss(what: string, why: string): void {
    this.notPriced.push({ what, why, isMissing: true });
  }

  /** Adds a usage that has a price, and whose amount is neither in the template nor assumed. */
  leaveOpen(what: string, rate: Rate, about?: Range): void {
    const { price } = this.find(rate);
    const guess = price && about ? `, some ${about.from} to ${about.to}: USD ${usd(times(about, price.usd))}` : '';
    const one = price
      ? `USD ${price.usd.toLocaleString('en', { maximumFractionDigits: 12 })} per ${price.unit}`
      : 'It has no price yet, which npm run prooflink -- cost --renew adds';
    this.leaveOut(what, `${one}; how much, no template tells${guess}.`);
  }

  private add(part: CostPart, what: string, rate: Rate, amount: number | Range, assumed: boolean): void {
    const quantity = typeof amount === 'number' ? { from: amount, to: amount } : amount;
    const name = `${part}: ${what}`;
    const { region, prices } = this;
    if (!Number.isFinite(quantity.from + quantity.to)) this.miss(name, 'The template has no number of it.');
    else if (region !== prices.region)
      this.miss(name, `tools/cost/prices.json has the prices of ${prices.region}, not of ${region}.`);
    else {
      const { price, key } = this.find(rate);
      const why =
        `No price of ${key.service}'s ${key.usageType}: add it to tools/cost/prices.json with its unit, source and ` +
        'date, or run "npm run prooflink -- cost --renew".';
      if (price) this.lines.push({ part, what, assumed, price, quantity, usd: times(quantity, price.usd) });
      else this.miss(name, why);
    }
  }

  /** The price of a rate, which is noted as missing where there is none. */
  private find(rate: Rate): { readonly key: PriceKey; readonly price: Price | undefined } {
    const { region, usagePrefix } = this.prices;
    const [service = '', type = '', ...attributes] = rate.split(' ');
    const usageType = type.replace('*', usagePrefix).replace('<region>', region);
    const entries = attributes.map((attribute) => attribute.split('=') as [string, string]);
    const key = { service, usageType, attributes: entries.length > 0 ? Object.fromEntries(entries) : undefined };
    const price = priceOf(this.prices, key);
    if (!price) this.missing.push(key);
    return { key, price };
  }
}

export const times = ({ from, to }: Range, factor: number): Range => ({ from: from * factor, to: to * factor });

export const sum = (ranges: readonly Range[]): Range =>
  ranges.reduce((one, other) => ({ from: one.from + other.from, to: one.to + other.to }), { from: 0, to: 0 });
