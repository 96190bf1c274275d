import type { Usage as AssumedUsage } from './usage';
import type { Resources } from '@infra/common/template';
import type { CostWords } from './words';
import { formatUsd } from './format-amounts';
import type { ValueOrReason } from './aws-price-list';
import { type Price, type PriceFile, type PriceKey, priceOf } from './price-file';
import { exactly, multiplyRange, type Range } from './range';
import { priceKeyOf, type Rate } from './rate';

/**
 * The parts of a bill, in the order in which they are shown. The first eight are the rows of the guide's own estimate (its
 * chapter 5.1, docs/guide-index.md): the READMEs show the guide's figures beside those of this bill.
 */
export const COST_PARTS = [
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
  'Firewall',
  'KMS',
  'Lambda',
] as const;

export type CostPart = (typeof COST_PARTS)[number];

/** A priced usage. */
export interface BillLine {
  readonly part: CostPart;
  readonly description: string;
  /** True if the quantity is assumed in `packages/cost/src/usage.ts`, since no template has it. */
  readonly isAssumed: boolean;
  readonly price: Price;
  readonly quantity: Range;
  readonly usd: Range;
}

/** A usage that is in no sum by design. */
export interface UnpricedUsage {
  readonly description: string;
  readonly reason: string;
}

/**
 * A usage that belongs in the sum, and of which the price or the quantity cannot be read: a sum without it is wrong, and
 * the difference of two such sums, too.
 */
export interface MissingCost {
  readonly part: CostPart;
  readonly description: string;
  /** True if the quantity is assumed in `packages/cost/src/usage.ts`, since no template has it. */
  readonly isAssumed: boolean;
  readonly reason: string;
}

/** A usage whose quantity is in the template. */
export interface Charge {
  readonly description: string;
  readonly rate: Rate;
  readonly quantity: number | Range;
}

/** A usage whose quantity follows from an amount that is assumed in `packages/cost/src/usage.ts`. */
export interface AssumedCharge {
  /** Reads the assumed amount. */
  readonly assumedAmount: (usage: AssumedUsage) => number;
  /** Describes the usage by the assumed amount. */
  readonly describe: (assumedAmount: number) => string;
  readonly rate: Rate;
  /** Units to pay for each of the assumed amount, such as the hours of a month; 1 by default. */
  readonly unitsPerAmount?: number;
}

/** A usage whose quantity is neither in the template nor assumed. */
export interface UnmeasuredUsage {
  readonly description: string;
  readonly rate: Rate;
  /** The usual quantity, if AWS's documents have one. */
  readonly usualQuantity?: Range;
}

/**
 * Costs of the resources of one environment, and its usages without a price. The files *-costs.ts add each usage by the
 * method that fits what is known of it:
 *
 * | quantity                              | method           | takes             | becomes                              |
 * | ------------------------------------- | ---------------- | ----------------- | ------------------------------------ |
 * | is in the template                    | `charge`         | `Charge`          | `BillLine`, which is in the sum      |
 * | follows from an assumed amount        | `chargeAssumed`  | `AssumedCharge`   | `BillLine`, which is in the sum      |
 * | is unknown                            | `listUnmeasured` | `UnmeasuredUsage` | `UnpricedUsage` with its unit price  |
 * | cannot be read, but has to be summed  | `listMissing`    | part, two texts   | `MissingCost`; the sum is unknown    |
 * | is in no sum by design                | `listUnpriced`   | two texts         | `UnpricedUsage`; the sum is right    |
 */
export class Bill {
  readonly lines: BillLine[] = [];
  readonly missingCosts: MissingCost[] = [];
  readonly unpricedUsages: UnpricedUsage[] = [];
  /** Prices that a usage needs and the price file does not have. */
  readonly missingPrices: PriceKey[] = [];
  /** Parts that are listed as unpriced, since no usage is assumed for the environment. */
  private readonly partsWithoutAssumedUsage = new Set<CostPart>();

  /**
   * @param resources - Resources of the whole template, in which conditions and functions have been resolved.
   * @param assumedUsage - Usage that is assumed for the environment; `undefined` if none is.
   * @param words - Sentences in the language of the bill.
   */
  constructor(
    readonly resources: Resources,
    private readonly region: string,
    private readonly priceFile: PriceFile,
    private readonly assumedUsage: AssumedUsage | undefined,
    readonly words: CostWords,
  ) {}

  /** Adds a usage whose quantity is in the template. */
  charge(part: CostPart, { description, rate, quantity }: Charge): void {
    const quantityRange = typeof quantity === 'number' ? exactly(quantity) : quantity;
    this.addLine({ part, description, isAssumed: false, rate, quantity: quantityRange });
  }

  /** Adds a usage whose amount is assumed. If none is assumed for the environment, lists its part as unpriced, once. */
  chargeAssumed(part: CostPart, { assumedAmount, describe, rate, unitsPerAmount = 1 }: AssumedCharge): void {
    if (this.assumedUsage === undefined) {
      if (!this.partsWithoutAssumedUsage.has(part)) this.listUnassumed(part);
      this.partsWithoutAssumedUsage.add(part);
      return;
    }
    const amount = assumedAmount(this.assumedUsage);
    const quantity = exactly(amount * unitsPerAmount);
    this.addLine({ part, description: describe(amount), isAssumed: true, rate, quantity });
  }

  private listUnassumed(part: CostPart): void {
    this.listUnpriced(this.words.part({ part }), this.words.noAssumedUsage);
  }

  /** Lists a usage that costs something, or may, and is in no sum by design. */
  listUnpriced(description: string, reason: string): void {
    this.unpricedUsages.push({ description, reason });
  }

  /** Lists a usage of the template without which the sum is wrong. */
  listMissing(part: CostPart, description: string, reason: string): void {
    this.missingCosts.push({ part, description, isAssumed: false, reason });
  }

  /** Lists a usage with its price per unit, since its quantity is unknown. */
  listUnmeasured({ description, rate, usualQuantity }: UnmeasuredUsage): void {
    const priceKey = priceKeyOf(rate, this.region, this.priceFile);
    const price = priceKey && this.findPrice(priceKey);
    const reason = price ? this.describeUnitPrice(price, usualQuantity) : this.words.unmeasured.noUnitPrice;
    this.listUnpriced(description, reason);
  }

  /** Price of a unit with all its digits and, if the quantity is usual, the cost of that. */
  private describeUnitPrice({ usd, unit }: Price, usualQuantity: Range | undefined): string {
    const { unitPrice, usualCost } = this.words.unmeasured;
    const usdText = usd.toLocaleString('en', { maximumFractionDigits: 12 });
    if (usualQuantity === undefined) return unitPrice({ usd: usdText, unit });
    const cost = formatUsd(multiplyRange(usualQuantity, usd));
    return usualCost({ usd: usdText, unit, quantity: usualQuantity, cost });
  }

  /** Adds a line with its price, or lists the cost as missing if the price or the quantity is unknown. */
  private addLine({ rate, ...usage }: Omit<BillLine, 'price' | 'usd'> & { readonly rate: Rate }): void {
    const { part, description, isAssumed, quantity } = usage;
    const price = this.findPriceOrReason(rate, quantity);
    if ('reason' in price) {
      this.missingCosts.push({ part, description, isAssumed, reason: price.reason });
      return;
    }
    this.lines.push({ ...usage, price: price.value, usd: multiplyRange(quantity, price.value.usd) });
  }

  /** Price of a usage, or the reason for which its cost is unknown. */
  private findPriceOrReason(rate: Rate, quantity: Range): ValueOrReason<Price> {
    const { region } = this;
    const { missing } = this.words;
    if (!isFiniteRange(quantity)) return { reason: missing.noQuantity };
    const priceKey = priceKeyOf(rate, region, this.priceFile);
    if (!priceKey) return { reason: missing.noBillingCode({ region }) };
    const price = this.findPrice(priceKey);
    return price ? { value: price } : { reason: missing.noPrice(priceKey) };
  }

  /** Price with a key. If the price file does not have it, returns `undefined` and notes the key as missing. */
  private findPrice(key: PriceKey): Price | undefined {
    const price = priceOf(this.priceFile, key);
    if (!price) this.missingPrices.push(key);
    return price;
  }
}

/** False if the quantity was computed from a property that is no number, such as a reference. */
function isFiniteRange({ from, to }: Range): boolean {
  return Number.isFinite(from) && Number.isFinite(to);
}
