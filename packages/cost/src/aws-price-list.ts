import { entriesOf, isRecord, objectsOf, valueAtPath } from '@infra/common/values';
import { words } from './words';
import type { PriceKey } from './price-file';

/** Price in AWS's price list. */
export interface ListedPrice {
  readonly unit: string;
  readonly usd: number;
  /** Date on which AWS published the list. */
  readonly date: string;
}

/** A value, or the reason for which there is none. */
export type ValueOrReason<T> = { readonly value: T } | { readonly reason: string };

/** Timeout of a service's price list, which may be some hundred megabytes. */
const TIMEOUT_MS = 5 * 60_000;

/** AWS's public price list, which has a file for each service and region. */
export class AwsPriceList {
  /** The files that have been asked for, by their URLs. */
  private readonly files = new Map<string, Promise<ValueOrReason<unknown>>>();

  constructor(private readonly baseUrl: string) {}

  /** On-demand price of a usage type, or the reason for which there is none. */
  async findPrice(key: PriceKey): Promise<ValueOrReason<ListedPrice>> {
    const priceList = await this.readFile(key);
    if ('reason' in priceList) return priceList;
    return findPriceIn(priceList.value, key);
  }

  /** Downloads the price list of a service in a region, or returns the one that was downloaded before. */
  private readFile({ service, region }: PriceKey): Promise<ValueOrReason<unknown>> {
    const url = `${this.baseUrl}/offers/v1.0/aws/${service}/current/${region}/index.json`;
    const file = this.files.get(url) ?? download(url);
    this.files.set(url, file);
    return file;
  }
}

async function download(url: string): Promise<ValueOrReason<unknown>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return { reason: words.renewal.answers({ url, status: response.status }) };
    const priceList: unknown = await response.json();
    const hasProducts = isRecord(valueAtPath(priceList, 'products'));
    return hasProducts ? { value: priceList } : { reason: words.renewal.noPriceList({ url }) };
  } catch (error) {
    // The error of `fetch` itself says no more than "fetch failed": its cause has the reason.
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    return { reason: words.renewal.notRead({ url, reason }) };
  }
}

/** A tier of a price: the price of a unit from a quantity on. */
interface Tier {
  readonly fromQuantity: number;
  readonly unit: unknown;
  readonly usd: number;
}

/** Finds the price of the first tier that costs something: the tier before it may be a free one. */
function findPriceIn(priceList: unknown, key: PriceKey): ValueOrReason<ListedPrice> {
  const productIds = findProductIds(priceList, key);
  const tiers = productIds.flatMap((id) => onDemandTiers(priceList, id));
  const paidTiers = tiers.filter(({ usd }) => usd > 0);
  paidTiers.sort((first, second) => first.fromQuantity - second.fromQuantity);
  const firstTier = paidTiers[0];
  if (!firstTier) return { reason: words.renewal.notListed };
  const isAmbiguous = paidTiers.some(
    ({ fromQuantity, usd }) => fromQuantity === firstTier.fromQuantity && usd !== firstTier.usd,
  );
  if (isAmbiguous) return { reason: words.renewal.ambiguous };
  return {
    value: {
      unit: String(firstTier.unit),
      usd: firstTier.usd,
      date: publicationDateOf(priceList),
    },
  };
}

/** `2027-01-02` of a list that was published at `2027-01-02T03:04:05Z`. */
function publicationDateOf(priceList: unknown): string {
  const time = String(valueAtPath(priceList, 'publicationDate'));
  return time.slice(0, 'yyyy-mm-dd'.length);
}

/**
 * Products of RDS Extended Support, a surcharge for old versions: they have the usage type and the attributes of the
 * database itself, and would be taken for its price.
 */
const EXTENDED_SUPPORT = /ExtendedSupport/i;

function findProductIds(priceList: unknown, { usageType, attributes }: PriceKey): string[] {
  const expectedAttributes = Object.entries({ ...attributes, usagetype: usageType });
  const hasExpectedAttributes = (product: unknown) =>
    expectedAttributes.every(([name, value]) => valueAtPath(product, 'attributes', name) === value);
  const isExtendedSupport = (product: unknown) => EXTENDED_SUPPORT.test(JSON.stringify(product));

  const ids: string[] = [];
  for (const [id, product] of entriesOf(valueAtPath(priceList, 'products'))) {
    if (hasExpectedAttributes(product) && !isExtendedSupport(product)) ids.push(id);
  }
  return ids;
}

/** Tiers of a product's prices. The list has them apart from the product, under the same id. */
function onDemandTiers(priceList: unknown, productId: string): Tier[] {
  const terms = valuesOf(valueAtPath(priceList, 'terms', 'OnDemand', productId));
  const priceDimensions = terms.flatMap((term) => objectsOf(valuesOf(valueAtPath(term, 'priceDimensions'))));
  return priceDimensions.map(({ beginRange, unit, pricePerUnit }) => ({
    fromQuantity: Number(beginRange),
    unit,
    usd: Number(valueAtPath(pricePerUnit, 'USD')),
  }));
}

function valuesOf(value: unknown): unknown[] {
  return isRecord(value) ? Object.values(value) : [];
}
