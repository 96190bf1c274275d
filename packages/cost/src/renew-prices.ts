import { writeFileSync } from 'node:fs';
import { joined, type Message } from '@infra/common/message';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { AwsPriceList, type ListedPrice, type ValueOrReason } from './aws-price-list';
import { words } from './words';
import { type Price, type PriceKey, priceKeyId, readPrices } from './price-file';

/** Name of AWS's price list in the `sources` of the price file. */
const SOURCE = 'AWS price list';

interface RenewalProps {
  /** The price file. */
  readonly file: string;
  readonly priceListUrl: string;
  /** Keys of the prices that the stacks need and the file does not have. */
  readonly missingPrices: readonly PriceKey[];
}

/** A price to look up in AWS's price list. */
interface LookUp {
  readonly key: PriceKey;
  /** Price in the file; `undefined` if the file does not have the price yet. */
  readonly oldPrice: Price | undefined;
}

/** The prices after all look-ups. */
interface Renewal {
  /** New prices, and the old ones of the look-ups that failed. */
  readonly prices: readonly Price[];
  /** Number of new prices: those that were renewed, and those that were added. */
  readonly foundCount: number;
  /** A sentence for each look-up that failed. */
  readonly failures: readonly Message[];
}

/**
 * Renews each price of a file from AWS's price list, and adds the missing prices. A price that cannot be read stays as it
 * is in the file.
 */
export async function renewPrices({ file, priceListUrl, missingPrices }: RenewalProps): Promise<Outcome> {
  const oldFile = readPrices(file);
  const priceList = new AwsPriceList(priceListUrl);
  const lookUps: LookUp[] = [
    ...oldFile.prices.map((oldPrice) => ({ key: oldPrice, oldPrice })),
    ...withoutDuplicates(missingPrices).map((key) => ({ key, oldPrice: undefined })),
  ];
  const { prices, foundCount, failures } = await lookUpPrices(lookUps, priceList);
  if (foundCount === 0) throw new CannotTellError(joined([words.renewal.none, ...failures]));
  writeFileSync(file, `${JSON.stringify({ ...oldFile, prices }, null, 2)}\n`);
  return {
    exitCode: failures.length > 0 ? 1 : 0,
    stdout: `${words.renewal.renewed({ count: foundCount, allCount: lookUps.length, file })}\n`,
    stderr: failures.map((failure) => `${failure}\n`).join(''),
  };
}

async function lookUpPrices(lookUps: readonly LookUp[], priceList: AwsPriceList): Promise<Renewal> {
  const prices: Price[] = [];
  const failures: Message[] = [];
  let foundCount = 0;
  for (const { key, oldPrice } of lookUps) {
    const listedPrice = await priceList.findPrice(key);
    const newPrice = newPriceOf(key, oldPrice, listedPrice);
    if ('value' in newPrice) {
      prices.push(newPrice.value);
      foundCount += 1;
    } else {
      if (oldPrice) prices.push(oldPrice);
      failures.push(describeFailure(key, oldPrice, newPrice.reason));
    }
  }
  return { prices, foundCount, failures };
}

function withoutDuplicates(keys: readonly PriceKey[]): PriceKey[] {
  const keyById = new Map(keys.map((key) => [priceKeyId(key), key]));
  return [...keyById.values()];
}

/** The price to write into the file, or the reason for which there is none. */
function newPriceOf(
  { region, service, usageType, attributes }: PriceKey,
  oldPrice: Price | undefined,
  listedPrice: ValueOrReason<ListedPrice>,
): ValueOrReason<Price> {
  if ('reason' in listedPrice) return listedPrice;
  const { unit, usd, date } = listedPrice.value;
  // The code of packages/cost/src computes quantities in the old unit: with another one, every cost would be wrong.
  if (oldPrice && oldPrice.unit !== unit) {
    return { reason: words.renewal.otherUnit({ listedUnit: unit, unit: oldPrice.unit }) };
  }
  return { value: { region, service, usageType, attributes, unit, usd, date, source: SOURCE } };
}

function describeFailure({ service, usageType }: PriceKey, oldPrice: Price | undefined, reason: string): Message {
  const price = `${service} ${usageType}`;
  if (!oldPrice) return words.renewal.failure({ price, reason });
  return words.renewal.failureOfOldPrice({ price, reason, date: oldPrice.date });
}
