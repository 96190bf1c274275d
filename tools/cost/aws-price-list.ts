import { entries, isRecord, objects, within } from '@infra/common/values';
import type { PriceKey } from './price-file';

/** Price in AWS's price list, with the date of the list. */
export interface ListedPrice {
  readonly unit: string;
  readonly usd: number;
  readonly date: string;
}

/** Something that was read, or the reason for which it was not. */
type Reading<T> = { readonly value: T } | { readonly reason: string };

/** Timeout of a service's price list, in milliseconds. */
const TIMEOUT = 5 * 60_000;

/** AWS's public price list for one region. */
export class AwsPriceList {
  private readonly offers = new Map<string, Promise<Reading<unknown>>>();

  constructor(
    private readonly address: string,
    private readonly region: string,
  ) {}

  /** On-demand price of a usage type, or the reason for which there is none. */
  async findPrice(key: PriceKey): Promise<Reading<ListedPrice>> {
    const offer = await this.readOffer(key.service);
    return 'reason' in offer ? offer : findPriceIn(offer.value, key);
  }

  /** Reads the list of a service, once. */
  private readOffer(service: string): Promise<Reading<unknown>> {
    const url = `${this.address}/offers/v1.0/aws/${service}/current/${this.region}/index.json`;
    const offer = this.offers.get(service) ?? fetchOffer(url);
    this.offers.set(service, offer);
    return offer;
  }
}

async function fetchOffer(url: string): Promise<Reading<unknown>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
    if (!response.ok) return { reason: `${url} answers ${response.status}.` };
    const offer: unknown = await response.json();
    return isRecord(within(offer, 'products')) ? { value: offer } : { reason: `${url} is no price list.` };
  } catch (error) {
    const { message, cause } = error as Error;
    return { reason: `${url} cannot be read: ${cause instanceof Error ? cause.message : message}.` };
  }
}

/** A tier of a price: what a unit costs from a quantity on. */
interface Tier {
  readonly begin: number;
  readonly unit: unknown;
  readonly usd: number;
}

/** Finds the first price above zero, since a free tier comes first. */
function findPriceIn(offer: unknown, key: PriceKey): Reading<ListedPrice> {
  const productIds = findProductIds(offer, key);
  const tiers = productIds.flatMap((id) => onDemandTiers(offer, id));
  const paidTiers = tiers.filter(({ usd }) => usd > 0);
  paidTiers.sort((first, second) => first.begin - second.begin);
  const firstTier = paidTiers[0];
  if (!firstTier) return { reason: 'the price list has no such price.' };
  const isAmbiguous = paidTiers.some(({ begin, usd }) => begin === firstTier.begin && usd !== firstTier.usd);
  if (isAmbiguous) {
    return { reason: 'the price list has several such prices: more attributes are needed to tell which.' };
  }
  return {
    value: {
      unit: String(firstTier.unit),
      usd: firstTier.usd,
      date: publicationDateOf(offer),
    },
  };
}

/** Date of a list that was published at `2027-01-02T03:04:05Z`. */
function publicationDateOf(offer: unknown): string {
  const time = String(within(offer, 'publicationDate'));
  return time.slice(0, 'yyyy-mm-dd'.length);
}

/** Extended Support of RDS has the attributes of the database itself, and must not replace its price. */
const EXTENDED_SUPPORT = /ExtendedSupport/i;

function findProductIds(offer: unknown, { usageType, attributes }: PriceKey): string[] {
  const expectedAttributes = Object.entries({ ...attributes, usagetype: usageType });
  const hasExpectedAttributes = (product: unknown) =>
    expectedAttributes.every(([name, value]) => within(product, 'attributes', name) === value);
  const isExtendedSupport = (product: unknown) => EXTENDED_SUPPORT.test(JSON.stringify(product));

  const ids: string[] = [];
  for (const [id, product] of entries(within(offer, 'products'))) {
    if (hasExpectedAttributes(product) && !isExtendedSupport(product)) ids.push(id);
  }
  return ids;
}

function onDemandTiers(offer: unknown, productId: string): Tier[] {
  const terms = valuesOf(within(offer, 'terms', 'OnDemand', productId));
  const dimensions = terms.flatMap((term) => objects(valuesOf(within(term, 'priceDimensions'))));
  return dimensions.map(({ beginRange, unit, pricePerUnit }) => ({
    begin: Number(beginRange),
    unit,
    usd: Number(within(pricePerUnit, 'USD')),
  }));
}

function valuesOf(value: unknown): unknown[] {
  return isRecord(value) ? Object.values(value) : [];
}
