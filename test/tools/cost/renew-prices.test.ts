import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ageWarnings, type PriceFile, type PriceKey, readPrices } from '../../../tools/cost/price-file';
import { renewPrices } from '../../../tools/cost/renew-prices';
import { temporaryFolder } from '@infra/common/testing';

const usage = (service: string, usageType: string) => ({
  region: 'ap-northeast-1',
  service,
  usageType: `APN1-${usageType}`,
});
const attributes = { databaseEngine: 'PostgreSQL' };
const MICRO = { ...usage('AmazonRDS', 'InstanceUsage:db.t4g.micro'), attributes };
const LARGE = { ...usage('AmazonRDS', 'InstanceUsage:db.t4g.large'), attributes };
const TRANSFER = usage('AWSDataTransfer', 'DataTransfer-Out-Bytes');
const GONE = usage('AmazonSNS', 'DeliveryAttempts-SMTP');
const IMAGES = usage('AmazonECR', 'TimedStorage-ByteHrs');
const OLD = { unit: 'Hrs', usd: 9, source: 'estimate', date: '2024-01-01' };

type Product = readonly [attributes: Record<string, string>, unit: string, ...tiers: [begin: number, usd: string][]];

/** AWS's list: products, and their prices in another place. */
function list(...products: readonly Product[]) {
  const bySku = (of: (product: Product) => object) =>
    Object.fromEntries(products.map((product, sku) => [`SKU${sku}`, of(product)]));
  const price = (unit: string, [begin, USD]: [number, string]) => ({
    unit,
    beginRange: `${begin}`,
    pricePerUnit: { USD },
  });
  const OnDemand = bySku(([, unit, ...tiers]) => ({
    OFFER: { priceDimensions: Object.fromEntries(tiers.map((tier, index) => [index, price(unit, tier)])) },
  }));
  const Reserved = { SKU0: { OFFER: { priceDimensions: [price('Hrs', [0, '0.001'])] } } };
  const publicationDate = '2027-01-02T03:04:05Z';
  return { publicationDate, products: bySku(([attributes]) => ({ attributes })), terms: { OnDemand, Reserved } };
}

const micro = { usagetype: MICRO.usageType, ...attributes };
const [images, transfer] = [{ usagetype: IMAGES.usageType }, { usagetype: TRANSFER.usageType }];
const LISTS: Record<string, unknown> = {
  AmazonRDS: list(
    [micro, 'Hrs', [0, '0.0260000000']],
    [{ ...micro, databaseEngine: 'MySQL' }, 'Hrs', [0, '0.0240000000']],
    [{ ...micro, group: 'APN1-ExtendedSupport:Yr1-Yr2:PostgreSQL11' }, 'vCPU-Hours', [0, '0.1200000000']],
    [{ ...micro, usagetype: LARGE.usageType }, 'Hrs', [0, '0.2020000000']],
  ),
  AWSDataTransfer: list([transfer, 'GB', [10240, '0.0890000000'], [0, '0.0000000000'], [1, '0.1200000000']]),
  AmazonECR: list([images, 'GB-Mo', [0, '0.1']], [images, 'GB-Mo', [0, '0.2']]),
};

const file = join(temporaryFolder('prooflink-prices-'), 'prices.json');
const LIST = { source: 'AWS price list', date: '2027-01-02' };

/** Renews a file with these prices; returns what is in it afterwards, too. */
async function renewed(prices: readonly object[], missingPrices: readonly PriceKey[] = []) {
  writeFileSync(file, JSON.stringify({ billingCodes: {}, sources: {}, prices }));
  const outcome = await renewPrices({ file, priceListUrl: 'https://list', missingPrices });
  return { ...outcome, prices: (JSON.parse(readFileSync(file, 'utf8')) as PriceFile).prices };
}

beforeEach(() => {
  jest.spyOn(globalThis, 'fetch').mockImplementation((url) => {
    const path = /^https:\/\/list\/offers\/v1\.0\/aws\/(\w+)\/current\/ap-northeast-1\/index\.json$/;
    const found = LISTS[path.exec(url as string)?.[1] ?? ''];
    return Promise.resolve(new Response(JSON.stringify(found ?? 'not found'), { status: found ? 200 : 404 }));
  });
});
afterEach(() => jest.restoreAllMocks());

test('prices become those of the list: of this engine, without Extended Support, the first that is paid', async () => {
  const transfer = { ...TRANSFER, ...OLD, unit: 'GB' };
  expect(await renewed([{ ...MICRO, ...OLD }, transfer])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(
      /^2 of 2 prices renewed in .+\. "npm run renew" renews the READMEs' tables /,
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
  const osakaList = list([{ usagetype: osaka.usageType, ...attributes }, 'Hrs', [0, '0.0300000000']]);
  const lists: Readonly<Record<string, unknown>> = {
    'https://list/offers/v1.0/aws/AmazonRDS/current/ap-northeast-1/index.json': LISTS['AmazonRDS'],
    'https://list/offers/v1.0/aws/AmazonRDS/current/ap-northeast-3/index.json': osakaList,
  };
  jest.mocked(fetch).mockImplementation((url) => Promise.resolve(new Response(JSON.stringify(lists[url as string]))));
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
  expect(stderr).toMatch(/AmazonSNS APN1-DeliveryAttempts-SMTP: http.+ answers 404\. It stays as of 2024-01-01\./);
  expect(stderr).toMatch(/AmazonECR .+ several such prices: more attributes are needed/);
  expect(stderr).toMatch(/AmazonRDS APN1-Gone: the price list has no such price\.\n/);
});

test('a price with another unit than before keeps its price and its date, and is named with what to check', async () => {
  const kept = { ...TRANSFER, ...OLD };
  const { exitCode, stderr, prices } = await renewed([{ ...MICRO, ...OLD }, kept]);
  expect({ exitCode, kept: prices[1] }).toEqual({ exitCode: 1, kept });
  expect(stderr).toBe(
    'AWSDataTransfer APN1-DataTransfer-Out-Bytes: the price list has it per "GB", the file per "Hrs": check the ' +
      'quantity in tools/cost, then write the price into the file by hand. It stays as of 2024-01-01.\n',
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

test('each price has a unit, a date and a source that is explained; those of a year warn, and name the command that renews them', () => {
  const prices = readPrices();
  for (const { unit, usd, source, date } of prices.prices) {
    expect(`${unit} ${date}`).toMatch(/^\S.* 20\d\d-\d\d-\d\d$/);
    expect(usd).toBeGreaterThan(0);
    expect(Object.keys(prices.sources)).toContain(source);
  }
  expect(ageWarnings(prices, new Date('2027-08-01'))).toEqual([]);
  expect(ageWarnings(prices, new Date('2027-08-02'))).toEqual([
    expect.stringMatching(/^1 of \d+ prices are older than a year, the oldest of 2026-08-01: renew them with "npm run/),
  ]);
});
