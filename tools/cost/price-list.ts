import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Key of a charge: the usage type of a service's price list, and further attributes of its product. */
export interface PriceKey {
  readonly service: string;
  readonly usageType: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A price for one unit, in USD, on demand. */
export interface Price extends PriceKey {
  readonly unit: string;
  readonly usd: number;
  /** One of the sources that the file explains. */
  readonly source: string;
  /** Date of the source. */
  readonly date: string;
}

/** The prices of one region, as a file has them. */
export interface PriceFile {
  readonly region: string;
  /** Prefix of the region's usage types. */
  readonly usagePrefix: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly prices: readonly Price[];
}

export const PRICE_FILE = join(__dirname, 'prices.json');

/** Older prices are worth a warning: AWS rarely changes one within a year. */
const OLD_DAYS = 365;

export function readPrices(file = PRICE_FILE): PriceFile {
  return JSON.parse(readFileSync(file, 'utf8')) as PriceFile;
}

export function priceOf(prices: PriceFile, key: PriceKey): Price | undefined {
  return prices.prices.find((price) => priceKeyId(price) === priceKeyId(key));
}

/** One line for prices that are too old to be trusted; none while they are not. */
export function ageWarnings({ prices }: PriceFile, now: Date): string[] {
  const limit = new Date(now.getTime() - OLD_DAYS * 24 * 3_600_000).toISOString().slice(0, 10);
  const old = prices.map(({ date }) => date).filter((date) => date < limit);
  const many = `${old.length} of ${prices.length} prices are older than a year, the oldest of ${old.sort()[0] ?? ''}`;
  return old.length === 0 ? [] : [`${many}: renew them with "npm run prooflink -- cost --renew".`];
}

/** Key of a price. */
export function priceKeyId({ service, usageType, attributes = {} }: PriceKey): string {
  return JSON.stringify([service, usageType, Object.entries(attributes).sort()]);
}
