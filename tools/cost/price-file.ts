import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Key of a price: a usage type of a service's price list, and further attributes of its product. */
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
  /** Code of the region before its usage types: `APN1` of `APN1-NatGateway-Hours`. */
  readonly usagePrefix: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly prices: readonly Price[];
}

export const PRICE_FILE = join(__dirname, 'prices.json');

/** Older prices are worth a warning: AWS rarely changes one within a year. */
const OLD_AFTER_DAYS = 365;
const DAY = 24 * 3_600_000;

export function readPrices(file = PRICE_FILE): PriceFile {
  return JSON.parse(readFileSync(file, 'utf8')) as PriceFile;
}

export function priceOf(file: PriceFile, key: PriceKey): Price | undefined {
  return file.prices.find((price) => priceKeyId(price) === priceKeyId(key));
}

/** A text that is the same for the same key. */
export function priceKeyId({ service, usageType, attributes = {} }: PriceKey): string {
  return JSON.stringify([service, usageType, Object.entries(attributes).sort()]);
}

/** One line if some prices are too old to be trusted, none otherwise. */
export function ageWarnings({ prices }: PriceFile, now: Date): string[] {
  const limit = new Date(now.getTime() - OLD_AFTER_DAYS * DAY).toISOString().slice(0, 10);
  const oldDates = prices.map(({ date }) => date).filter((date) => date < limit);
  const [oldest] = oldDates.sort();
  if (oldest === undefined) return [];
  return [
    `${oldDates.length} of ${prices.length} prices are older than a year, the oldest of ${oldest}: ` +
      'renew them with "npm run prooflink -- cost --renew".',
  ];
}
