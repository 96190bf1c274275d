import { dev, prod } from '../support/configs';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { mostConnections } from '../../lib/config/rules/database-classes';
import { stackId } from '../../lib/config/names';
import { Part } from '../../lib/contract';
import { costOf } from '../../tools/cost/environment-cost';
import { priceOf, readPrices } from '../../tools/cost/price-file';
import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { constructPath, type Template } from '@infra/common/template';
import { assembly } from '../support/assembly';
import { testlarge } from '../support/large';
import { page } from './documents';

const HOURS = 730;
const PAGES = ['docs/left-out.md', 'docs/left-out.ja.md'];

const prices = readPrices();

/** A price in Tokyo. */
function usd(service: string, usageType: string, attributes?: Record<string, string>): number {
  const price = priceOf(prices, {
    region: 'ap-northeast-1',
    service,
    usageType: `APN1-${usageType}`,
    ...(attributes && { attributes }),
  });
  if (!price) throw new Error(`no price of ${usageType}`);
  return price.usd;
}

const postgres = { databaseEngine: 'PostgreSQL' };
const address = usd('AmazonVPC', 'PublicIPv4:InUseAddress');
/** An hour of prod's web task and of its import job, with its address. */
const task = (processor: string) =>
  usd('AmazonECS', `${processor}vCPU-Hours:perCPU`) + 2 * usd('AmazonECS', `${processor}GB-Hours`) + address;
const standbyGb = usd('AmazonRDS', 'RDS:Multi-AZ-GP3-Storage');

const { tasks } = testlarge.webService;
const figure = (value: number) => value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Every price that the pages name, in their order. */
const PRICES = [
  figure(HOURS * (usd('AmazonEC2', 'NatGateway-Hours') + address)),
  String(usd('AmazonEC2', 'NatGateway-Bytes')),
  figure(HOURS * address),
  figure(HOURS * task('Fargate-')),
  figure(HOURS * task('Fargate-ARM-')),
  figure(HOURS * usd('AmazonRDS', 'InstanceUsage:db.t4g.micro', postgres)),
  figure(HOURS * usd('AmazonRDS', 'Multi-AZUsage:db.t4g.medium', postgres)),
  String(standbyGb),
  String(usd('AmazonRDS', 'RDS:GP3-Storage')),
  figure(400 * standbyGb),
  figure(HOURS * address),
  figure(HOURS * usd('AWSELB', 'LCUUsage', { operation: 'LoadBalancing:Application' })),
  figure(task('Fargate-')),
  figure(usd('AWSSecretsManager', 'AWSSecretsManager-Secrets')),
  figure(usd('AmazonCloudWatch', 'DataProcessing-Bytes')),
  String(usd('AmazonS3', 'TimedStorage-ByteHrs')),
  [tasks.minCapacity, tasks.maxCapacity].map((count) => figure(count * HOURS * task('Fargate-'))).join('–'),
  figure(testlarge.database.allocatedStorage.toGibibytes() * standbyGb),
];

const pricesOf = (text: string) => [...text.matchAll(/USD (\d[\d.,–]*\d)/g)].map(([, price]) => price);

test.each(PAGES)('%s names the prices of today', (file) => {
  expect(pricesOf(page(file).text)).toEqual(PRICES);
});

/** A template with the web service alone: a team's further services cost beside it. */
function withWebServiceOnly(template: Template): Template {
  const { type, path } = Part.webService;
  const kept = Object.entries(template.Resources).filter(
    ([id, resource]) => resource.Type !== type || constructPath(id, resource) === path,
  );
  return { ...template, Resources: Object.fromEntries(kept) };
}

test('the large environment’s tasks and storage cost what the page says, and its class is named as not priced', () => {
  const stack = readAssembly(assembly, new SecretMask()).stacks.get(stackId('testlarge'));
  if (!stack) throw new Error('the large environment is not synthesized');
  const { lines, missingCosts } = costOf({ ...stack, template: withWebServiceOnly(stack.template) }, prices);
  const sum = (pattern: RegExp) => {
    const of = lines.filter(({ part, description }) => pattern.test(`${part}: ${description}`));
    return (['from', 'to'] as const).map((end) => figure(of.reduce((total, line) => total + line.usd[end], 0)));
  };
  expect(sum(/^Fargate: |^Public IPv4: one per task/).join('–')).toBe(PRICES.at(-2));
  expect(sum(/^RDS: .* of gp3/)).toEqual([PRICES.at(-1), PRICES.at(-1)]);
  expect(missingCosts.map(({ description }) => description)).toContainEqual(expect.stringContaining('db.m7g.4xlarge'));
});

/** Most Fargate vCPUs of an environment at once: each task twice, during a release, and its jobs. */
function vcpus({ webService, userImport }: EnvironmentConfig): number {
  const most = webService.tasks.mode === 'fixed' ? webService.tasks.desiredCount : webService.tasks.maxCapacity;
  return (2 * most * webService.size.cpu) / 1024 + (userImport?.maxvCpus ?? 0);
}

/** The addresses of a subnet that are left once AWS has taken its five. */
const addresses = (cidr = '') => 2 ** (32 - Number(cidr.split('/')[1])) - 5;

test.each(PAGES)('%s says what the environments want and take', (file) => {
  const { text } = page(file);
  const [standard, large] = [prod, testlarge].map(({ network }) => addresses(network.publicSubnets[0]?.cidr));
  for (const number of [
    `${vcpus(testlarge)} vCPU`,
    ...['t4g.micro', 't4g.medium', testlarge.database.instanceType.toString()].map(mostConnections),
    standard,
    large,
  ]) {
    expect(text.replaceAll(/(?<=\d),(?=\d)/g, '')).toContain(String(number));
  }
  expect(text).toMatch(new RegExp(`dev\\D+${vcpus(dev)}\\D+prod\\D+${vcpus(prod)}\\D`));
});
