import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { PriceFile } from '../../../tools/cost/price-list';
import { renew } from '../../../tools/cost/renew';
import { temporaryFolder } from '@infra/common/testing';

const MICRO = {
  service: 'AmazonRDS',
  usageType: 'APN1-InstanceUsage:db.t4g.micro',
  attributes: { databaseEngine: 'PostgreSQL' },
};
const OLD = { unit: 'Hrs', usd: 9, source: 'estimate', date: '2024-01-01' };
const TRANSFER = { service: 'AWSDataTransfer', usageType: 'APN1-DataTransfer-Out-Bytes' };
const GONE = { service: 'AmazonSNS', usageType: 'APN1-DeliveryAttempts-SMTP' };

type Tier = [begin: string, usd: string];

/** A product and its price, as AWS's list has them in two places. */
function list(...products: [attributes: Record<string, string>, unit: string, tiers: Tier[]][]) {
  const term = (unit: string, tiers: Tier[]) => ({
    OFFER: {
      priceDimensions: Object.fromEntries(
        tiers.map(([beginRange, USD], index) => [`RATE${index}`, { unit, beginRange, pricePerUnit: { USD } }]),
      ),
    },
  });
  return {
    publicationDate: '2027-01-02T03:04:05Z',
    products: Object.fromEntries(products.map(([attributes], sku) => [`SKU${sku}`, { attributes }])),
    terms: {
      OnDemand: Object.fromEntries(products.map(([, unit, tiers], sku) => [`SKU${sku}`, term(unit, tiers)])),
      Reserved: { SKU0: term('Hrs', [['0', '0.001']]) },
    },
  };
}

const instance = { usagetype: MICRO.usageType, databaseEngine: 'PostgreSQL' };
const LISTS: Record<string, unknown> = {
  AmazonRDS: list(
    [instance, 'Hrs', [['0', '0.0260000000']]],
    [{ ...instance, databaseEngine: 'MySQL' }, 'Hrs', [['0', '0.0240000000']]],
    [{ ...instance, group: 'APN1-ExtendedSupport:Yr1-Yr2:PostgreSQL11' }, 'vCPU-Hours', [['0', '0.1200000000']]],
    [{ usagetype: 'APN1-InstanceUsage:db.t4g.large', databaseEngine: 'PostgreSQL' }, 'Hrs', [['0', '0.2020000000']]],
  ),
  AWSDataTransfer: list([
    { usagetype: TRANSFER.usageType },
    'GB',
    [
      ['10240', '0.0890000000'],
      ['0', '0.0000000000'],
      ['1', '0.1200000000'],
    ],
  ]),
  AmazonECR: list(
    [{ usagetype: 'APN1-TimedStorage-ByteHrs' }, 'GB-Mo', [['0', '0.1']]],
    [{ usagetype: 'APN1-TimedStorage-ByteHrs' }, 'GB-Mo', [['0', '0.2']]],
  ),
};

let server: Server;
let priceList: string;
const folder = temporaryFolder('prooflink-prices-');
const file = join(folder, 'prices.json');

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const service = /^\/offers\/v1\.0\/aws\/(\w+)\/current\/ap-northeast-1\/index\.json$/.exec(url ?? '')?.[1] ?? '';
    response.statusCode = service in LISTS ? 200 : 404;
    response.end(JSON.stringify(LISTS[service] ?? 'not found'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  priceList = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function write(...prices: object[]): void {
  writeFileSync(file, JSON.stringify({ region: 'ap-northeast-1', usagePrefix: 'APN1', sources: {}, prices }));
}
const written = () => (JSON.parse(readFileSync(file, 'utf8')) as PriceFile).prices;
const LIST = { source: 'AWS price list', date: '2027-01-02' };

test('prices become those of the list: of this engine, without Extended Support, the first that is paid', async () => {
  write({ ...MICRO, ...OLD }, { ...TRANSFER, ...OLD });
  const { exitCode, stderr } = await renew(file, priceList, []);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(written()).toEqual([
    { ...MICRO, unit: 'Hrs', usd: 0.026, ...LIST },
    { ...TRANSFER, unit: 'GB', usd: 0.12, ...LIST },
  ]);
});

test('what a template needs and the file lacks is added, once', async () => {
  write({ ...MICRO, ...OLD });
  const large = { ...MICRO, usageType: 'APN1-InstanceUsage:db.t4g.large' };
  const { exitCode } = await renew(file, priceList, [large, large]);
  expect(exitCode).toBe(0);
  expect(written()[1]).toEqual({ ...large, unit: 'Hrs', usd: 0.202, ...LIST });
  expect(written()).toHaveLength(2);
});

test('what the list lacks, or has several prices for, or sells for a year, keeps its price and its date, and is named', async () => {
  const ecr = { service: 'AmazonECR', usageType: 'APN1-TimedStorage-ByteHrs' };
  const reserved = { ...MICRO, ...OLD, term: 'reserved for 1 year, nothing upfront' };
  write({ ...MICRO, ...OLD }, reserved, { ...GONE, ...OLD }, { ...ecr, ...OLD });
  const { exitCode, stderr } = await renew(file, priceList, [{ service: 'AmazonRDS', usageType: 'APN1-Gone' }]);
  expect(exitCode).toBe(1);
  expect(written().slice(1)).toEqual([reserved, { ...GONE, ...OLD }, { ...ecr, ...OLD }]);
  expect(stderr).toMatch(/APN1-InstanceUsage:db\.t4g\.micro: reserved for 1 year/);
  expect(stderr).toMatch(/AmazonSNS APN1-DeliveryAttempts-SMTP: http:.+ answers 404\. It stays as of 2024-01-01\./);
  expect(stderr).toMatch(/AmazonECR .+ several such prices: more attributes are needed/);
  expect(stderr).toMatch(/AmazonRDS APN1-Gone: the price list has no such price\.\n/);
});

test('without a network nothing is written, and why is said', async () => {
  write({ ...MICRO, ...OLD });
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  await expect(renew(file, `http://127.0.0.1:${port}`, [])).rejects.toThrow(
    /No price could be renewed:\n.+cannot be read/,
  );
  expect(written()).toEqual([{ ...MICRO, ...OLD }]);
});
