import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ageWarnings, type PriceFile, type PriceKey, readPrices } from '../src/price-file';
import { renewPrices } from '../src/renew-prices';
import { temporaryFolder } from '@infra/common/testing';

const usage = (service: string, usageType: string) => ({
  region: 'ap-northeast-1',
  service,
  usageType: `APN1-${usageType}`,
});
const POSTGRESQL = { databaseEngine: 'PostgreSQL' };
const MICRO = { ...usage('AmazonRDS', 'InstanceUsage:db.t4g.micro'), attributes: POSTGRESQL };
const LARGE = { ...usage('AmazonRDS', 'InstanceUsage:db.t4g.large'), attributes: POSTGRESQL };
const TRANSFER = usage('AWSDataTransfer', 'DataTransfer-Out-Bytes');
const GONE = usage('AmazonSNS', 'DeliveryAttempts-SMTP');
const IMAGES = usage('AmazonECR', 'TimedStorage-ByteHrs');
const OLD = { unit: 'Hrs', usd: 9, source: 'estimate', date: '2024-01-01' };

/** Price of a product from a quantity on. */
interface Tier {
  readonly from: number;
  readonly usd: string;
}

/** A product of AWS's price list. */
interface Product {
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly tiers: readonly Tier[];
}

const always = (usd: string): readonly Tier[] => [{ from: 0, usd }];

/** A service's list as AWS publishes it: products, and their prices in another place. */
function priceList(...products: readonly Product[]) {
  const withSku = products.map((product, index) => ({ ...product, sku: `SKU${index}` }));
  const onDemand = withSku.map(({ sku, unit, tiers }) => {
    const dimensions = tiers.map(({ from, usd }, index) => {
      return [index, { unit, beginRange: String(from), pricePerUnit: { USD: usd } }] as const;
    });
    return [sku, { OFFER: { priceDimensions: Object.fromEntries(dimensions) } }] as const;
  });
  const reserved = { unit: 'Hrs', beginRange: '0', pricePerUnit: { USD: '0.001' } };
  return {
    publicationDate: '2027-01-02T03:04:05Z',
    products: Object.fromEntries(withSku.map(({ sku, attributes }) => [sku, { attributes }])),
    terms: {
      OnDemand: Object.fromEntries(onDemand),
      Reserved: { SKU0: { OFFER: { priceDimensions: [reserved] } } },
    },
  };
}

const microAttributes = { usagetype: MICRO.usageType, ...POSTGRESQL };

const LISTS: Readonly<Record<string, unknown>> = {
  AmazonRDS: priceList(
    { attributes: microAttributes, unit: 'Hrs', tiers: always('0.0260000000') },
    { attributes: { ...microAttributes, databaseEngine: 'MySQL' }, unit: 'Hrs', tiers: always('0.0240000000') },
    {
      attributes: { ...microAttributes, group: 'APN1-ExtendedSupport:Yr1-Yr2:PostgreSQL11' },
      unit: 'vCPU-Hours',
      tiers: always('0.1200000000'),
    },
    { attributes: { ...microAttributes, usagetype: LARGE.usageType }, unit: 'Hrs', tiers: always('0.2020000000') },
  ),
  AWSDataTransfer: priceList({
    attributes: { usagetype: TRANSFER.usageType },
    unit: 'GB',
    tiers: [
      { from: 10240, usd: '0.0890000000' },
      { from: 0, usd: '0.0000000000' },
      { from: 1, usd: '0.1200000000' },
    ],
  }),
  AmazonECR: priceList(
    { attributes: { usagetype: IMAGES.usageType }, unit: 'GB-Mo', tiers: always('0.1') },
    { attributes: { usagetype: IMAGES.usageType }, unit: 'GB-Mo', tiers: always('0.2') },
  ),
};

/** Lists by their addresses; AWS has one for each service and region. */
const listUrl = (service: string, region = 'ap-northeast-1') =>
  `https://list/offers/v1.0/aws/${service}/current/${region}/index.json`;

/** Lets AWS publish these lists, by address, and no other. */
function publish(lists: Readonly<Record<string, unknown>>): void {
  jest.spyOn(globalThis, 'fetch').mockImplementation((url) => {
    const list = lists[url as string];
    return Promise.resolve(new Response(JSON.stringify(list ?? 'not found'), { status: list ? 200 : 404 }));
  });
}

const file = join(temporaryFolder('prooflink-prices-'), 'prices.json');
const LIST = { source: 'AWS price list', date: '2027-01-02' };

/** Renews a file with these prices; returns what is in it afterwards, too. */
async function renewed(prices: readonly object[], missingPrices: readonly PriceKey[] = []) {
  writeFileSync(file, JSON.stringify({ billingCodes: {}, sources: {}, prices }));
  const outcome = await renewPrices({ file, priceListUrl: 'https://list', missingPrices });
  return { ...outcome, prices: (JSON.parse(readFileSync(file, 'utf8')) as PriceFile).prices };
}

beforeEach(() => {
  publish(Object.fromEntries(Object.entries(LISTS).map(([service, list]) => [listUrl(service), list])));
});
afterEach(() => jest.restoreAllMocks());

test('prices become those of the list: of this engine, without Extended Support, the first that is paid', async () => {
  const transfer = { ...TRANSFER, ...OLD, unit: 'GB' };
  expect(await renewed([{ ...MICRO, ...OLD }, transfer])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(
      /^2 of 2 prices renewed in .+\. "npm run renew" renews the pages' tables and charts/,
    ) as string,
    stderr: '',
    prices: [
      { ...MICRO, unit: 'Hrs', usd: 0.026, ...LIST },
      { ...TRANSFER, unit: 'GB', usd: 0.12, ...LIST },
    ],
  });
});

test('what a template needs and the file lacks is added, once', async () => {
  const { exitCode, prices } = await renewed([{ ...MICRO, ...OLD }], [LARGE, LARGE]);
  expect({ exitCode, prices: prices.slice(1) }).toEqual({
    exitCode: 0,
    prices: [{ ...LARGE, unit: 'Hrs', usd: 0.202, ...LIST }],
  });
});

test('a price of another region is read from the list of that region', async () => {
  const osaka = { ...MICRO, region: 'ap-northeast-3', usageType: 'APN3-InstanceUsage:db.t4g.micro' };
  const attributes = { usagetype: osaka.usageType, ...POSTGRESQL };
  publish({
    [listUrl('AmazonRDS')]: LISTS['AmazonRDS'],
    [listUrl('AmazonRDS', 'ap-northeast-3')]: priceList({ attributes, unit: 'Hrs', tiers: always('0.0300000000') }),
  });
  const { exitCode, prices } = await renewed([{ ...MICRO, ...OLD }], [osaka]);
  expect(exitCode).toBe(0);
  expect(prices).toMatchObject([
    { ...MICRO, usd: 0.026 },
    { ...osaka, unit: 'Hrs', usd: 0.03, ...LIST },
  ]);
});

test('what the list lacks, or has several prices for, keeps its price and its date, and is named', async () => {
  const kept = [
    { ...GONE, ...OLD },
    { ...IMAGES, ...OLD },
  ];
  const { exitCode, stderr, prices } = await renewed([{ ...MICRO, ...OLD }, ...kept], [usage('AmazonRDS', 'Gone')]);
  expect({ exitCode, kept: prices.slice(1) }).toEqual({ exitCode: 1, kept });
  expect(stderr).toMatch(/AmazonSNS APN1-DeliveryAttempts-SMTP: http.+ answers 404\. It stays /);
  expect(stderr).toMatch(/AmazonECR .+ several such prices: more attributes are needed/);
  expect(stderr).toMatch(/AmazonRDS APN1-Gone: the price list has no such price\.\n/);
});

test('a price with another unit than before keeps its price and its date, and is named with what to check', async () => {
  const kept = { ...TRANSFER, ...OLD };
  const { exitCode, stderr, prices } = await renewed([{ ...MICRO, ...OLD }, kept]);
  expect({ exitCode, kept: prices[1] }).toEqual({ exitCode: 1, kept });
  expect(stderr).toBe(
    'AWSDataTransfer APN1-DataTransfer-Out-Bytes: the price list has it per "GB", the file per "Hrs": check the ' +
      'quantity in packages/cost/src, then write the price into the file by hand. It stays as of 2024-01-01.\n',
  );
});

test('the prices that were looked up are counted, with a missing one that could not be added', async () => {
  const { stdout, prices } = await renewed([{ ...MICRO, ...OLD }], [LARGE, usage('AmazonRDS', 'Gone')]);
  expect(prices).toHaveLength(2);
  expect(stdout).toMatch(/^2 of 3 prices renewed in /);
});

test('without a network nothing is written, and why is said', async () => {
  jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed', { cause: new Error('refused') }));
  await expect(renewed([{ ...MICRO, ...OLD }])).rejects.toThrow(
    /No price could be renewed:\n.+cannot be read: refused/,
  );
  expect(readFileSync(file, 'utf8')).toContain('2024-01-01');
});

describe('packages/cost/src/prices.json', () => {
  const priceFile = readPrices();

  test('each price has a unit, a date and a source that is explained', () => {
    for (const { unit, usd, source, date } of priceFile.prices) {
      expect(unit).not.toBe('');
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(usd).toBeGreaterThan(0);
      expect(Object.keys(priceFile.sources)).toContain(source);
    }
  });

  test('prices of a year are no reason to warn', () => {
    expect(ageWarnings(priceFile, new Date('2027-08-01'))).toEqual([]);
  });

  test('older prices warn, and the warning names the command that renews them', () => {
    const warnings = ageWarnings(priceFile, new Date('2027-08-02'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^1 of \d+ prices are older than a year, the oldest of 2026-08-01: /);
    expect(warnings[0]).toContain('renew them with "npm run');
  });
});
