import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { words } from './words';

/** Key of a price: a service of a region's price list, one of its usage types, and attributes of the product. */
export interface PriceKey {
  readonly region: string;
  readonly service: string;
  readonly usageType: string;
  /** Attributes that distinguish the products of one usage type. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** On-demand price in USD for one unit. */
export interface Price extends PriceKey {
  readonly unit: string;
  readonly usd: number;
  /** A key of `sources` in the price file. */
  readonly source: string;
  /** Date of the source, `2026-10-08`. */
  readonly date: string;
}

/** The prices of the regions that environments are in, as in prices.json. */
export interface PriceFile {
  /** AWS's billing code of each region, which begins its usage types: `APN1` of `APN1-NatGateway-Hours`. */
  readonly billingCodes: Readonly<Record<string, string>>;
  /** Descriptions of the sources, by the names that the prices have for them. */
  readonly sources: Readonly<Record<string, string>>;
  readonly prices: readonly Price[];
}

export const PRICE_FILE = join(__dirname, 'prices.json');

/** Warn about older prices. AWS rarely changes a price within a year. */
const OLD_AFTER_DAYS = 365;
const DAY_MS = 24 * 3_600_000;

export function readPrices(file = PRICE_FILE): PriceFile {
  return JSON.parse(readFileSync(file, 'utf8')) as PriceFile;
}

/** Price with a key; `undefined` if the file does not have it. */
export function priceOf(priceFile: PriceFile, key: PriceKey): Price | undefined {
  const keyId = priceKeyId(key);
  return priceFile.prices.find((price) => priceKeyId(price) === keyId);
}

/** A text that two keys share only if they are equal, whatever the order of their attributes. */
export function priceKeyId({ region, service, usageType, attributes = {} }: PriceKey): string {
  const sortedAttributes = Object.entries(attributes).sort();
  return JSON.stringify([region, service, usageType, sortedAttributes]);
}

/** One warning if prices are older than a year, else none. */
export function ageWarnings({ prices }: PriceFile, now: Date): string[] {
  const limit = isoDate(now.getTime() - OLD_AFTER_DAYS * DAY_MS);
  // ISO dates: compared and sorted as texts, the oldest comes first.
  const oldDates = prices.map(({ date }) => date).filter((date) => date < limit);
  const [oldestDate] = oldDates.sort();
  if (oldestDate === undefined) return [];
  return [words.oldPrices({ count: oldDates.length, allCount: prices.length, oldestDate })];
}

/** `2026-10-08` */
function isoDate(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 'yyyy-mm-dd'.length);
}
