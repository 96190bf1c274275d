import { readAssembly } from '@infra/common/assembly';
import { SecretMask } from '@infra/common/secret-mask';
import { constructPath, type Template } from '@infra/common/template';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { stackId } from '../../../lib/config/names';
import { mostConnections } from '../../../lib/config/rules/database-classes';
import { Part } from '../../../lib/contract';
import { costOf } from '../../cost/environment-cost';
import { priceOf, readPrices } from '../../cost/price-file';
import { assembly } from '../../../test/support/assembly';
import { dev, prod } from '../../../test/support/configs';
import { testlarge } from '../../../test/support/large';
import { groupsOf, page } from './documents';

const PAGES = ['docs/left-out.md', 'docs/left-out.ja.md'];

const HOURS_A_MONTH = 730;

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

/** The price of an hour of a DB instance. */
function usdOfDatabase(usageType: string): number {
  return usd('AmazonRDS', usageType, { databaseEngine: 'PostgreSQL' });
}

const usdOfAddress = usd('AmazonVPC', 'PublicIPv4:InUseAddress');
const usdOfStandbyGigabyte = usd('AmazonRDS', 'RDS:Multi-AZ-GP3-Storage');
const usdOfLoadBalancerUnit = usd('AWSELB', 'LCUUsage', { operation: 'LoadBalancing:Application' });

/** An hour of prod's web task, and of its import job, with its address. */
function usdOfTask(processor: 'Fargate' | 'Fargate-ARM'): number {
  const ofVcpu = usd('AmazonECS', `${processor}-vCPU-Hours:perCPU`);
  const ofGigabyte = usd('AmazonECS', `${processor}-GB-Hours`);
  return ofVcpu + 2 * ofGigabyte + usdOfAddress;
}

/** An amount as the page writes it. */
function amount(value: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** The amount of a month with this price of an hour. */
function monthOf(usdOfHour: number): string {
  return amount(HOURS_A_MONTH * usdOfHour);
}

const { minCapacity, maxCapacity } = testlarge.webService.tasks;
const usdOfLargeTask = HOURS_A_MONTH * usdOfTask('Fargate');
const TASKS_OF_LARGE = `${amount(minCapacity * usdOfLargeTask)}–${amount(maxCapacity * usdOfLargeTask)}`;
const STORAGE_OF_LARGE = amount(testlarge.database.allocatedStorage.toGibibytes() * usdOfStandbyGigabyte);

/** Every price that the pages name, in their order. */
const PRICES: readonly string[] = [
  monthOf(usd('AmazonEC2', 'NatGateway-Hours') + usdOfAddress),
  String(usd('AmazonEC2', 'NatGateway-Bytes')),
  monthOf(usdOfAddress),
  monthOf(usdOfTask('Fargate')),
  monthOf(usdOfTask('Fargate-ARM')),
  monthOf(usdOfDatabase('InstanceUsage:db.t4g.micro')),
  monthOf(usdOfDatabase('Multi-AZUsage:db.t4g.medium')),
  String(usdOfStandbyGigabyte),
  String(usd('AmazonRDS', 'RDS:GP3-Storage')),
  amount(400 * usdOfStandbyGigabyte),
  monthOf(usdOfAddress),
  monthOf(usdOfLoadBalancerUnit),
  amount(usdOfTask('Fargate')),
  amount(usd('AWSSecretsManager', 'AWSSecretsManager-Secrets')),
  amount(usd('AmazonCloudWatch', 'DataProcessing-Bytes')),
  String(usd('AmazonS3', 'TimedStorage-ByteHrs')),
  TASKS_OF_LARGE,
  STORAGE_OF_LARGE,
];

test.each(PAGES)('%s names the prices of today', (file) => {
  expect(groupsOf(page(file).text, /USD (\d[\d.,–]*\d)/g)).toEqual(PRICES);
});

/** A template with the web service alone: a team's further services cost beside it. */
function withWebServiceOnly(template: Template): Template {
  const { type, path } = Part.webService;
  const resources = Object.entries(template.Resources).filter(([id, resource]) => {
    return resource.Type !== type || constructPath(id, resource) === path;
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

describe('the large environment', () => {
  const stack = readAssembly(assembly, new SecretMask()).stacks.get(stackId('testlarge'));
  if (!stack) throw new Error('the large environment is not synthesized');
  const { lines, missingCosts } = costOf({ ...stack, template: withWebServiceOnly(stack.template) }, prices);

  /** Least and most costs of the lines whose title matches. */
  function costsOf(title: RegExp): { readonly from: string; readonly to: string } {
    const matching = lines.filter(({ part, description }) => title.test(`${part}: ${description}`));
    const total = (end: 'from' | 'to') => matching.reduce((sum, line) => sum + line.usd[end], 0);
    return { from: amount(total('from')), to: amount(total('to')) };
  }

  test('has tasks that cost what the page says', () => {
    const { from, to } = costsOf(/^Fargate: |^Public IPv4: one per task/);
    expect(`${from}–${to}`).toBe(TASKS_OF_LARGE);
  });

  test('has storage that costs what the page says', () => {
    expect(costsOf(/^RDS: .* of gp3/)).toEqual({ from: STORAGE_OF_LARGE, to: STORAGE_OF_LARGE });
  });

  test('has a class of database that is named as not priced', () => {
    const descriptions = missingCosts.map(({ description }) => description);
    expect(descriptions).toContainEqual(expect.stringContaining('db.m7g.4xlarge'));
  });
});

/** Most Fargate vCPUs of an environment at once: each task twice, during a release, and its jobs. */
function vcpusOf({ webService, userImport }: EnvironmentConfig): number {
  const { tasks, size } = webService;
  const mostTasks = tasks.mode === 'fixed' ? tasks.desiredCount : tasks.maxCapacity;
  return (2 * mostTasks * size.cpu) / 1024 + (userImport?.maxvCpus ?? 0);
}

/** Number of addresses in a public subnet that are left once AWS has taken its five. */
function addressesOf({ network }: EnvironmentConfig): number {
  const [, length] = network.publicSubnets[0]?.cidr.split('/') ?? [];
  return 2 ** (32 - Number(length)) - 5;
}

describe.each(PAGES)('%s', (file) => {
  const { text } = page(file);
  const withoutSeparators = text.replaceAll(/(?<=\d),(?=\d)/g, '');

  test.each([
    { title: 'vCPUs of the large environment', says: `${vcpusOf(testlarge)} vCPU` },
    { title: 'connections of dev’s class', says: String(mostConnections('t4g.micro')) },
    { title: 'connections of prod’s class', says: String(mostConnections('t4g.medium')) },
    {
      title: 'connections of the large class',
      says: String(mostConnections(testlarge.database.instanceType.toString())),
    },
    { title: 'addresses of prod’s subnets', says: String(addressesOf(prod)) },
    { title: 'addresses of the large subnets', says: String(addressesOf(testlarge)) },
  ])('says the $title: $says', ({ says }) => {
    expect(withoutSeparators).toContain(says);
  });

  test('says for how many vCPUs of Fargate an account’s quota has to be', () => {
    expect(text).toMatch(new RegExp(`dev\\D+${vcpusOf(dev)}\\D+prod\\D+${vcpusOf(prod)}\\D`));
  });
});
