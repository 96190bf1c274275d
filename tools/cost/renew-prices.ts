import { writeFileSync } from 'node:fs';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { AwsPriceList, type ListedPrice } from './aws-price-list';
import { type Price, type PriceKey, priceKeyId, readPrices } from './price-file';

const SOURCE = 'AWS price list';

/** Prices as they are after a renewal. */
interface Renewal {
  readonly prices: readonly Price[];
  /** Number of the prices that were read from AWS's price list. */
  readonly renewedCount: number;
  readonly failures: readonly string[];
}

/**
 * Writes the on-demand prices of AWS's price list into a file, with those that are missing in it. A price that cannot be
 * read stays.
 */
export async function renewPrices(
  file: string,
  priceListAddress: string,
  missingPrices: readonly PriceKey[],
): Promise<Outcome> {
  const before = readPrices(file);
  const priceList = new AwsPriceList(priceListAddress, before.region);
  const { prices, renewedCount, failures } = await lookUpPrices(priceList, before.prices, missingPrices);
  if (renewedCount === 0) throw new CannotTellError(['No price could be renewed:', ...failures].join('\n'));
  writeFileSync(file, `${JSON.stringify({ ...before, prices }, null, 2)}\n`);
  return {
    exitCode: failures.length > 0 ? 1 : 0,
    stdout: `${renewedCount} of ${prices.length} prices renewed in ${file}. "npm run renew" renews the pages.\n`,
    stderr: failures.map((failure) => `${failure}\n`).join(''),
  };
}

/** Looks up the prices of the file, then the missing ones, each once. */
async function lookUpPrices(
  priceList: AwsPriceList,
  oldPrices: readonly Price[],
  missingPrices: readonly PriceKey[],
): Promise<Renewal> {
  const prices: Price[] = [];
  const failures: string[] = [];
  let renewedCount = 0;

  for (const oldPrice of oldPrices) {
    const reading = await priceList.findPrice(oldPrice);
    if ('value' in reading) {
      prices.push(renewedPrice(oldPrice, reading.value));
      renewedCount += 1;
    } else {
      prices.push(oldPrice);
      failures.push(`${describeFailure(oldPrice, reading.reason)} It stays as of ${oldPrice.date}.`);
    }
  }
  for (const key of withoutDuplicates(missingPrices)) {
    const reading = await priceList.findPrice(key);
    if ('value' in reading) {
      prices.push(renewedPrice(key, reading.value));
      renewedCount += 1;
    } else {
      failures.push(describeFailure(key, reading.reason));
    }
  }
  return { prices, renewedCount, failures };
}

function withoutDuplicates(keys: readonly PriceKey[]): PriceKey[] {
  const keyById = new Map(keys.map((key) => [priceKeyId(key), key]));
  return [...keyById.values()];
}

function renewedPrice({ service, usageType, attributes }: PriceKey, listedPrice: ListedPrice): Price {
  return { service, usageType, attributes, ...listedPrice, source: SOURCE };
}

function describeFailure({ service, usageType }: PriceKey, reason: string): string {
  return `${service} ${usageType}: ${reason}`;
}
