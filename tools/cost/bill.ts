import type { Usage } from '../../lib/config/usage';
import type { Resources } from '@infra/common/template';
import { formatUsd } from './money';
import { type Price, type PriceFile, type PriceKey, priceOf } from './price-file';
import { multiply, type Range } from './range';
import { priceKeyOf, type Rate } from './rate';

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

/** One usage with its price, as `cost --json` prints it. */
export interface Line {
  readonly part: CostPart;
  /** Description of the usage. */
  readonly what: string;
  /** True if the quantity is assumed in `lib/config/usage.ts`, since no template has it. */
  readonly assumed: boolean;
  readonly price: Price;
  readonly quantity: Range;
  readonly usd: Range;
}

/** A usage that is in no sum, as `cost --json` prints it. */
export interface NotPriced {
  /** Description of the usage. */
  readonly what: string;
  readonly why: string;
  /** True if only its price is missing to compute its cost from the template: a sum without it is incomplete. */
  readonly isMissing?: true;
}

/** A usage whose quantity is in the template. */
export interface Charge {
  readonly description: string;
  readonly rate: Rate;
  readonly quantity: number | Range;
}

/** A usage whose amount is assumed in `lib/config/usage.ts`. */
export interface AssumedCharge {
  /** Reads the assumed amount. */
  readonly amount: (usage: Usage) => number;
  /** Describes the usage by the assumed amount. */
  readonly describe: (amount: number) => string;
  readonly rate: Rate;
  /** Units to pay per assumed amount, such as the hours of a month; 1 unless given. */
  readonly unitsPerAmount?: number;
}

/** A usage whose quantity is neither in the template nor assumed. */
export interface UnmeasuredUsage {
  readonly description: string;
  readonly rate: Rate;
  /** The usual quantity, if a document of AWS says one. */
  readonly estimate?: Range;
}

const NO_USAGE = 'Its usage is not assumed yet: add the environment to lib/config/usage.ts.';

/** Costs of the resources of one environment, as far as prices are known. */
export class Bill {
  readonly lines: Line[] = [];
  readonly notPriced: NotPriced[] = [];
  /** Prices that a usage needs and the file does not have. */
  readonly missingPrices: PriceKey[] = [];

  constructor(
    /** Resources of the whole template, with its conditions decided. */
    readonly resources: Resources,
    private readonly region: string,
    private readonly prices: PriceFile,
    private readonly usage: Usage | undefined,
  ) {}

  /** Adds a usage whose quantity is in the template. */
  charge(part: CostPart, { description, rate, quantity }: Charge): void {
    const range = typeof quantity === 'number' ? { from: quantity, to: quantity } : quantity;
    this.addLine(part, description, rate, range, false);
  }

  /** Adds a usage whose amount is assumed, or lists its part as not priced if nothing is assumed. */
  chargeAssumed(part: CostPart, { amount, describe, rate, unitsPerAmount = 1 }: AssumedCharge): void {
    if (this.usage === undefined) {
      const isListed = this.notPriced.some((usage) => usage.what === part);
      if (!isListed) this.listAsNotPriced(part, NO_USAGE);
      return;
    }
    const assumedAmount = amount(this.usage);
    const quantity = assumedAmount * unitsPerAmount;
    this.addLine(part, describe(assumedAmount), rate, { from: quantity, to: quantity }, true);
  }

  /** Lists something that costs, or may cost, and has no price here. */
  listAsNotPriced(description: string, why: string): void {
    this.notPriced.push({ what: description, why });
  }

  /** Lists something without whose price every sum is incomplete. */
  listAsMissing(description: string, why: string): void {
    this.notPriced.push({ what: description, why, isMissing: true });
  }

  /** Lists a usage with its price per unit, since its quantity is unknown. */
  listAsUnmeasured({ description, rate, estimate }: UnmeasuredUsage): void {
    const price = this.findPrice(priceKeyOf(rate, this.prices));
    const unitPrice = price ? describeUnitPrice(price) : NO_UNIT_PRICE;
    const usualCost = price && estimate ? `, ${describeUsualCost(price, estimate)}` : '';
    this.listAsNotPriced(description, `${unitPrice}; how much, no template tells${usualCost}.`);
  }

  private addLine(part: CostPart, description: string, rate: Rate, quantity: Range, assumed: boolean): void {
    const name = `${part}: ${description}`;
    const { region, prices } = this;
    if (!Number.isFinite(quantity.from + quantity.to)) {
      this.listAsMissing(name, 'The template has no number of it.');
      return;
    }
    if (region !== prices.region) {
      this.listAsMissing(name, `tools/cost/prices.json has the prices of ${prices.region}, not of ${region}.`);
      return;
    }
    const key = priceKeyOf(rate, prices);
    const price = this.findPrice(key);
    if (!price) {
      this.listAsMissing(name, noPriceOf(key));
      return;
    }
    this.lines.push({ part, what: description, assumed, price, quantity, usd: multiply(quantity, price.usd) });
  }

  /** Finds a price, or notes that it is missing. */
  private findPrice(key: PriceKey): Price | undefined {
    const price = priceOf(this.prices, key);
    if (!price) this.missingPrices.push(key);
    return price;
  }
}

const NO_UNIT_PRICE = 'It has no price yet, which npm run prooflink -- cost --renew adds';

function noPriceOf({ service, usageType }: PriceKey): string {
  return (
    `No price of ${service}'s ${usageType}: add it to tools/cost/prices.json with its unit, source and ` +
    'date, or run "npm run prooflink -- cost --renew".'
  );
}

function describeUnitPrice({ usd, unit }: Price): string {
  return `USD ${usd.toLocaleString('en', { maximumFractionDigits: 12 })} per ${unit}`;
}

function describeUsualCost(price: Price, estimate: Range): string {
  const cost = multiply(estimate, price.usd);
  return `some ${estimate.from} to ${estimate.to}: USD ${formatUsd(cost)}`;
}
