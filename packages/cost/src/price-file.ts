import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** On-demand price in USD for one unit. */
export interface Price {
  readonly region: string;
  /** Name of the service in AWS's price list, such as `AmazonRDS`. */
  readonly service: string;
  /** Usage type on AWS's bill without the region's code: `NatGateway-Hours` of `APN1-NatGateway-Hours`. */
  readonly usageType: string;
  readonly unit: string;
  readonly usd: number;
  /** A key of `sources` in prices.json. */
  readonly source: string;
  /** Date of the source, `2026-10-08`. */
  readonly date: string;
}

/** Prices of the regions that environments are in, as in prices.json. */
interface PriceFile {
  readonly sources: Readonly<Record<string, string>>;
  readonly prices: readonly Price[];
}

export function readPrices(): PriceFile {
  return JSON.parse(readFileSync(join(__dirname, 'prices.json'), 'utf8')) as PriceFile;
}
