import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAssembly } from '@infra/change-review/testing';
import type { Outcome } from '@infra/common/outcome';
import { temporaryFolder } from '@infra/common/testing';
import { stackId } from '../../../lib/config/names';
import { type CostOptions, runCost } from '../../cost/cost';
import { costOf } from '../../cost/environment-cost';
import { ageWarnings, readPrices } from '../../cost/price-file';
import { renewPrices } from '../../cost/renew-prices';
import { outsideOfSentences } from '../../../test/support/sentences';
import { changed, having, stackOf, type TemplateChange } from './support';

jest.mock(
  '../../../lib/language',
  () => jest.requireActual<{ pseudoLanguage: object }>('../../../test/support/sentences').pseudoLanguage,
);

afterEach(() => jest.restoreAllMocks());

const prices = readPrices();

/** Names of resources, which are no sentences. */
const NAMES: readonly string[] = ['Web/Service/Service', 'LoadBalancer', 'OtherEndpoint', 'OtherWebAcl'];

/** Words of a text outside of the sentences. */
function ownWords(text: string): string[] {
  const words = outsideOfSentences(text).match(/[\p{L}/]+/gu) ?? [];
  return words.filter((word) => !NAMES.includes(word));
}

const resource = (type: string, Properties: object = {}) => ({ Type: `AWS::${type}`, Properties: { ...Properties } });
const endpoint = (VpcEndpointType: string) => resource('EC2::VPCEndpoint', { VpcEndpointType, SubnetIds: ['a'] });

/** Resources that the app has not, or not always. */
const FURTHER_RESOURCES = {
  Alarm: resource('CloudWatch::Alarm', { Period: 10 }),
  Cache: resource('ElastiCache::ServerlessCache'),
  Dashboard: resource('CloudWatch::Dashboard'),
  Gateway: resource('EC2::NatGateway'),
  Address: resource('EC2::EIP'),
  GatewayEndpoint: endpoint('Gateway'),
  InterfaceEndpoint: endpoint('Interface'),
  OtherEndpoint: endpoint('GatewayLoadBalancer'),
  Key: resource('KMS::Key'),
  Mail: resource('SNS::Subscription', { Protocol: 'email' }),
  Message: resource('SNS::Subscription', { Protocol: 'sms' }),
  Record: resource('Route53::RecordSet', { HostedZoneId: 'Z1' }),
  Scaling: resource('ApplicationAutoScaling::ScalingPolicy', { PolicyType: 'TargetTrackingScaling' }),
  Logging: resource('WAFv2::LoggingConfiguration'),
  Topic: resource('SNS::Topic'),
  WebAcl: resource('WAFv2::WebACL', { Rules: [{}] }),
  OtherWebAcl: resource('WAFv2::WebACL', { Rules: { Ref: 'Rules' } }),
  Zone: resource('Route53::HostedZone'),
};

const cluster = (Value: string) => ({ ClusterSettings: [{ Name: 'containerInsights', Value }] });
const versioned = (...Rules: readonly object[]) => ({
  VersioningConfiguration: { Status: 'Enabled' },
  LifecycleConfiguration: { Rules },
});

/** A template of an environment. */
interface Case {
  readonly title: string;
  readonly environmentName?: string;
  readonly region?: string;
  readonly change: TemplateChange;
}

/** Templates that have every sentence on a cost between them. */
const CASES: readonly Case[] = [
  { title: 'the app', change: {} },
  { title: 'prod', environmentName: 'prod', change: {} },
  { title: 'an environment without assumed usage', environmentName: 'staging', change: {} },
  { title: 'a region without prices', region: 'ap-northeast-3', change: {} },
  { title: 'a region without a billing code', region: 'us-west-2', change: {} },
  { title: 'further resources', change: { added: FURTHER_RESOURCES } },
  {
    title: 'a larger database',
    change: having('RDS::DBInstance', {
      AllocatedStorage: '400',
      BackupRetentionPeriod: 7,
      DeleteAutomatedBackups: false,
      Iops: 16_000,
      MaxAllocatedStorage: 500,
      MultiAZ: true,
      PerformanceInsightsRetentionPeriod: 31,
      StorageThroughput: 501,
    }),
  },
  {
    title: 'storage of unknown size, and further settings',
    change: {
      properties: {
        'AWS::ECS::Cluster': cluster('enabled'),
        'AWS::ECS::Service': {
          NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'A' }, { Ref: 'B' }] } },
        },
        'AWS::ECS::TaskDefinition': { EphemeralStorage: { SizeInGiB: 30 } },
        'AWS::Logs::LogGroup': { RetentionInDays: undefined },
        'AWS::RDS::DBInstance': { AllocatedStorage: { Ref: 'Size' } },
        'AWS::S3::Bucket': versioned({ NoncurrentVersionExpiration: { NoncurrentDays: 90 } }),
        'AWS::Scheduler::Schedule': { ScheduleExpression: 'rate(12 hours)' },
      },
    },
  },
  {
    title: 'a service and a load balancer of unknown kind',
    change: {
      properties: {
        'AWS::ECS::Cluster': cluster('enhanced'),
        'AWS::ECS::Service': { LaunchType: undefined },
        'AWS::ElasticLoadBalancingV2::LoadBalancer': { Type: 'network' },
        'AWS::S3::Bucket': versioned(),
      },
    },
  },
];

/** Runs the command on the template of a case. */
async function costOfCase(
  { environmentName = 'dev', region = 'ap-northeast-1', change }: Case,
  options: CostOptions = {},
): Promise<Outcome> {
  const stack = { template: { ...changed(change) }, environment: `aws://123456789012/${region}` };
  const assembly = writeAssembly({ stacks: { [stackId(environmentName)]: stack } });
  return await runCost([environmentName], { ...options, assembly });
}

describe('no word of the command is outside of the sentences', () => {
  it.each(CASES)('$title', async (example) => {
    const { stdout, stderr } = await costOfCase(example);
    expect(stdout).toContain('⟦');
    expect(ownWords(`${stdout}${stderr}`)).toEqual([]);
  });

  it('of a refusal', async () => {
    const assembly = writeAssembly({ stacks: { ProoflinkProd: { template: { ...changed({}) } } } });
    await expect(runCost(['dev'], { assembly })).rejects.toThrow(/^⟦[^⟦⟧]+⟧$/);
  });

  it('of the warning of old prices', () => {
    expect(ageWarnings(prices, new Date('2030-01-01'))).toEqual([expect.stringMatching(/^⟦[^⟦⟧]+⟧$/)]);
  });
});

describe('no text for programs is outside of the sentences: there, each one stands alone', () => {
  it.each(CASES)('$title', async (example) => {
    const { stdout } = await costOfCase(example, { json: true });
    const { language, terms, environments } = JSON.parse(stdout) as CostReport;
    expect(language).toBe('en');
    const texts = environments.flatMap(({ lines, notPriced, free }) => [
      ...lines.map(({ what }) => what),
      ...notPriced.flatMap(({ what, why }) => [what, why]),
      ...free.map(({ why }) => why),
    ]);
    expect([terms, ...texts].flatMap(ownWords)).toEqual([]);
  });
});

/** The sentences in the JSON of the command. */
interface CostReport {
  readonly language: string;
  readonly terms: string;
  readonly environments: readonly {
    readonly lines: readonly { readonly what: string }[];
    readonly notPriced: readonly { readonly what: string; readonly why: string }[];
    readonly free: readonly { readonly why: string }[];
  }[];
}

describe('no word of a renewal is outside of the sentences', () => {
  const file = join(temporaryFolder('prooflink-prices-'), 'prices.json');
  const key = { region: 'ap-northeast-1', service: 'AmazonECR', usageType: 'TimedStorage' };
  const product = (sku: string) => ({ [sku]: { attributes: { usagetype: 'TimedStorage' } } });
  const terms = (sku: string, usd: string) => ({
    [sku]: { OFFER: { priceDimensions: { A: { unit: 'GB-Mo', beginRange: '0', pricePerUnit: { USD: usd } } } } },
  });
  const list = {
    publicationDate: '2027-01-02',
    products: product('A'),
    terms: { OnDemand: terms('A', '0.1') },
  };
  const listOfTwo = {
    products: { ...product('A'), ...product('B') },
    terms: { OnDemand: { ...terms('A', '0.1'), ...terms('B', '0.2') } },
  };

  /** Texts of a renewal of a price that the file has, and one that it lacks. */
  async function renewal(unit: string, answer: () => Promise<Response>): Promise<string> {
    const oldPrice = { ...key, unit, usd: 9, source: 'estimate', date: '2024-01-01' };
    writeFileSync(file, JSON.stringify({ billingCodes: {}, sources: {}, prices: [oldPrice] }));
    jest.spyOn(globalThis, 'fetch').mockImplementation(answer);
    const missingPrices = [{ ...key, usageType: 'Other' }];
    const { stdout, stderr } = await renewPrices({ file, priceListUrl: 'https://list', missingPrices });
    return `${stdout}${stderr}`;
  }

  it('that finds one of two prices', async () => {
    expect(ownWords(await renewal('GB-Mo', () => Promise.resolve(Response.json(list))))).toEqual([]);
  });

  it.each([
    { title: 'another unit', answer: () => Promise.resolve(Response.json(list)) },
    { title: 'several prices', answer: () => Promise.resolve(Response.json(listOfTwo)) },
    { title: 'no price list', answer: () => Promise.resolve(Response.json({})) },
    { title: 'a refusal', answer: () => Promise.resolve(new Response('', { status: 404 })) },
    { title: 'no network', answer: () => Promise.reject(new Error('refused')) },
  ])('that finds none: $title', async ({ answer }) => {
    const error = (await renewal('Hrs', answer).catch((reason: unknown) => reason)) as Error;
    expect(ownWords(error.message)).toEqual([]);
  });
});

test('a review and the READMEs have plain English, whatever the language of the terminal', () => {
  for (const { change } of CASES) {
    const cost = costOf(stackOf(changed(change)), prices);
    expect(JSON.stringify(cost)).not.toContain('⟦');
  }
});
