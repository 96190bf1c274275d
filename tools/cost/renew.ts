import { readFileSync, writeFileSync } from 'node:fs';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { isRecord, objects, within } from '@infra/common/values';
import { type Price, type PriceFile, type PriceKey, priceKeyId } from './price-list';

/** A service's price list of a region, as far as it is read. */
interface Offer {
  readonly publicationDate: string;
  readonly products: Readonly<Record<string, unknown>>;
  readonly terms: unknown;
}

/** RDS sells support for old versions under the same attributes; taken along, it would pass for the database itself. */
const EXTENDED_SUPPORT = /ExtendedSupport/i;
const SOURCE = 'AWS price list';
/** How long a price list may take to arrive, in milliseconds. */
const PATIENCE = 5 * 60_000;

/** Writes the on-demand prices of a price list into the file, with those that are missing. What cannot be read stays. */
export async function renew(file: string, priceList: string, missing: readonly PriceKey[]): Promise<Outcome> {
  const before = JSON.parse(readFileSync(file, 'utf8')) as PriceFile;
  const offers = new Map<string, Offer | string>();
  const failures: string[] = [];
  const prices: Price[] = [];
  const added = [...new Map(missing.map((key) => [priceKeyId(key), key])).values()];
  const wanted: readonly (PriceKey & { readonly old?: Price })[] = [
    ...before.prices.map((old) => ({ ...old, old })),
    ...added,
  ];
  for (const { old, ...key } of wanted) {
    if (old?.term !== undefined) {
      failures.push(`${name(key)}: ${old.term}, which --renew does not read; it stays as of ${old.date}.`);
      prices.push(old);
      continue;
    }
    const offer = offers.get(key.service) ?? (await readOffer(priceList, key.service, before.region));
    offers.set(key.service, offer);
    const found = typeof offer === 'string' ? offer : find(offer, key);
    if (typeof found !== 'string') {
      const { service, usageType, attributes } = key;
      prices.push({ service, usageType, attributes, ...found, source: SOURCE });
      continue;
    }
    failures.push(`${name(key)}: ${found}${old ? ` It stays as of ${old.date}.` : ''}`);
    if (old) prices.push(old);
  }
  const renewed = prices.filter(
    (price) => price.source === SOURCE && typeof offers.get(price.service) === 'object',
  ).length;
  if (renewed === 0) throw new CannotTellError(['No price could be renewed:', ...failures].join('\n'));
  writeFileSync(file, `${JSON.stringify({ ...before, prices }, null, 2)}\n`);
  return {
    exitCode: failures.length > 0 ? 1 : 0,
    stdout: `${renewed} of ${prices.length} prices renewed in ${file}. "npm run prooflink -- cost --docs" renews the pages.\n`,
    stderr: failures.map((failure) => `${failure}\n`).join(''),
  };
}

function name({ service, usageType }: PriceKey): string {
  return `${service} ${usageType}`;
}

/** A service's price list, or why there is none. */
async function readOffer(priceList: string, service: string, region: string): Promise<Offer | string> {
  const url = `${priceList}/offers/v1.0/aws/${service}/current/${region}/index.json`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return `${url} answers ${response.status}.`;
    const offer: unknown = await response.json();
    if (!isRecord(offer) || !isRecord(offer.products)) return `${url} is no price list.`;
    return { publicationDate: String(offer.publicationDate), products: offer.products, terms: offer.terms };
  } catch (error) {
    const { message, cause } = error as Error;
    return `${url} cannot be read: ${cause instanceof Error ? cause.message : message}.`;
  }
}

/** The first price above zero, since a free tier comes first; or why there is none that is sure. */
function find(offer: Offer, key: PriceKey): Pick<Price, 'unit' | 'usd' | 'date'> | string {
  const wanted = Object.entries({ ...key.attributes, usagetype: key.usageType });
  const dimensions = Object.entries(offer.products)
    .filter(([, product]) => {
      const attributes = within(product, 'attributes');
      const has = ([name, value]: [string, string]) => within(attributes, name) === value;
      return wanted.every(has) && !EXTENDED_SUPPORT.test(JSON.stringify(product));
    })
    .flatMap(([sku]) => values(within(offer.terms, 'OnDemand', sku)))
    .flatMap((term) => objects(values(within(term, 'priceDimensions'))))
    .map(({ unit, beginRange, pricePerUnit }) => ({
      unit: String(unit),
      begin: Number(beginRange),
      usd: Number(within(pricePerUnit, 'USD')),
    }))
    .filter(({ usd }) => usd > 0)
    .sort((one, other) => one.begin - other.begin);
  const [first] = dimensions;
  if (!first) return 'the price list has no such price.';
  if (dimensions.some(({ begin, usd }) => begin === first.begin && usd !== first.usd)) {
    return 'the price list has several such prices: more attributes are needed to tell which.';
  }
  return { unit: first.unit, usd: first.usd, date: offer.publicationDate.slice(0, 10) };
}

function values(value: unknown): unknown[] {
  return isRecord(value) ? Object.values(value) : [];
}
