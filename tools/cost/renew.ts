import { readFileSync, writeFileSync } from 'node:fs';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { isRecord, objects, within } from '@infra/common/values';
import { type Price, type PriceFile, type PriceKey, priceKeyId } from './price-list';

/** Extended Support of RDS has the attributes of the database itself, and must not replace its price. */
const EXTENDED_SUPPORT = /ExtendedSupport/i;
const SOURCE = 'AWS price list';
/** Timeout of a price list, in milliseconds. */
const PATIENCE = 5 * 60_000;

/** Writes the on-demand prices of a price list into the file, with those that are missing. What cannot be read stays. */
export async function renew(file: string, priceList: string, missing: readonly PriceKey[]): Promise<Outcome> {
  const before = JSON.parse(readFileSync(file, 'utf8')) as PriceFile;
  const added = new Map(missing.map((key) => [priceKeyId(key), key]));
  const wanted: readonly (PriceKey & { readonly old?: Price })[] = [
    ...before.prices.map((old) => ({ ...old, old })),
    ...added.values(),
  ];
  const offers = new Map<string, Promise<unknown>>();
  const failures: string[] = [];
  const prices: Price[] = [];
  let renewed = 0;
  for (const { old, service, usageType, attributes } of wanted) {
    const offer = offers.get(service) ?? readOffer(`${priceList}/offers/v1.0/aws/${service}/current/${before.region}`);
    offers.set(service, offer);
    const found = find(await offer, usageType, attributes);
    if (typeof found !== 'string') {
      prices.push({ service, usageType, attributes, ...found, source: SOURCE });
      renewed += 1;
      continue;
    }
    failures.push(`${service} ${usageType}: ${found}${old ? ` It stays as of ${old.date}.` : ''}`);
    if (old) prices.push(old);
  }
  if (renewed === 0) throw new CannotTellError(['No price could be renewed:', ...failures].join('\n'));
  writeFileSync(file, `${JSON.stringify({ ...before, prices }, null, 2)}\n`);
  return {
    exitCode: failures.length > 0 ? 1 : 0,
    stdout: `${renewed} of ${prices.length} prices renewed in ${file}. "npm run prooflink -- cost --docs" renews the pages.\n`,
    stderr: failures.map((failure) => `${failure}\n`).join(''),
  };
}

/** A service's price list, or why there is none. */
async function readOffer(folder: string): Promise<unknown> {
  const url = `${folder}/index.json`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return `${url} answers ${response.status}.`;
    const offer: unknown = await response.json();
    return isRecord(within(offer, 'products')) ? offer : `${url} is no price list.`;
  } catch (error) {
    const { message, cause } = error as Error;
    return `${url} cannot be read: ${cause instanceof Error ? cause.message : message}.`;
  }
}

/** The first price above zero, since a free tier comes first; or why there is none that is sure. */
function find(offer: unknown, usagetype: string, attributes: PriceKey['attributes']) {
  if (typeof offer === 'string') return offer;
  const wanted = Object.entries({ ...attributes, usagetype });
  const prices = Object.entries(within(offer, 'products') as object)
    .filter(([, product]) => wanted.every(([name, value]) => within(product, 'attributes', name) === value))
    .filter(([, product]) => !EXTENDED_SUPPORT.test(JSON.stringify(product)))
    .flatMap(([sku]) => values(within(offer, 'terms', 'OnDemand', sku)))
    .flatMap((term) => objects(values(within(term, 'priceDimensions'))))
    .map((one) => ({ ...one, begin: Number(one['beginRange']), usd: Number(within(one['pricePerUnit'], 'USD')) }))
    .filter(({ usd }) => usd > 0)
    .sort((one, other) => one.begin - other.begin);
  const [first] = prices;
  if (!first) return 'the price list has no such price.';
  if (prices.some(({ begin, usd }) => begin === first.begin && usd !== first.usd))
    return 'the price list has several such prices: more attributes are needed to tell which.';
  const date = String(within(offer, 'publicationDate')).slice(0, 10);
  return { unit: String(within(first, 'unit')), usd: first.usd, date };
}

const values = (value: unknown): unknown[] => (isRecord(value) ? Object.values(value) : []);
