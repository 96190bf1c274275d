import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  type Change,
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { prod } from '../../../lib/config';
import { environmentOf } from '../../../tools/environment/environment';
import { QUESTIONS } from '../../../tools/health/questions/all';
import { delegation, type NameServers } from '../../../tools/health/questions/entrance';
import { adoptAwsVariables, type LocalAws, startLocalAws } from '@infra/local-aws';
import type { DeployedStack } from '../../../tools/environment/deployed-stack';

const { domainName, hostedZoneId, hostedZoneName } = prod.loadBalancer.domain ?? {};
const before = { ...process.env };
let aws: LocalAws;
let DNSName: string | undefined;
let nameServers: string[] = [];
/** Resources of the stack, by type. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  aws = await startLocalAws({
    usedBefore: true,
    hostedZones: [{ id: hostedZoneId ?? '', name: hostedZoneName ?? '', delegated: false }],
  });
  adoptAwsVariables(process.env, aws.env);
  const { Subnets = [] } = await new EC2Client({}).send(new DescribeSubnetsCommand({}));
  const where = { Name: 'alb', Subnets: Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId) };
  const made = await new ElasticLoadBalancingV2Client({}).send(new CreateLoadBalancerCommand(where));
  DNSName = made.LoadBalancers?.[0]?.DNSName;
  ids['AWS::ElasticLoadBalancingV2::LoadBalancer'] = made.LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const zone = await new Route53Client({}).send(new GetHostedZoneCommand({ Id: hostedZoneId }));
  nameServers = zone.DelegationSet?.NameServers ?? [];
  const wanted = { DomainName: domainName, ValidationMethod: 'DNS' } as const;
  const { CertificateArn = '' } = await new ACMClient({}).send(new RequestCertificateCommand(wanted));
  ids['AWS::CertificateManager::Certificate'] = CertificateArn;
}, 240_000);

afterAll(async () => {
  process.env = before;
  await aws.stop();
});

const refusing = (code: string): NameServers => ({
  resolveNs: () => Promise.reject(Object.assign(new Error(`queryNs ${code} ${hostedZoneName ?? ''}`), { code })),
});

const environment = () =>
  environmentOf({
    environment: 'prod',
    region: 'ap-northeast-1',
    description: { StackName: 'ProoflinkProd' },
    parameters: {},
    outputs: {},
    ids: (type: string) => (ids[type] ? [ids[type]] : []),
    client: (Class: new (config: object) => never) => new Class({}),
  } as unknown as DeployedStack);

/** The answer where the internet has these name servers. */
const asksOf = (resolver: NameServers = { resolveNs: () => Promise.resolve(nameServers) }) =>
  delegation(environment(), resolver);
const ask = (id: string) => QUESTIONS.find((each) => each.id === id)?.ask(environment());

async function record(Action: Change['Action'], name: string | undefined): Promise<void> {
  const AliasTarget = {
    DNSName: `dualstack.${name ?? ''}.`,
    HostedZoneId: 'Z14GRHDCWA56QT',
    EvaluateTargetHealth: false,
  };
  const ResourceRecordSet = { Name: `${domainName ?? ''}.`, Type: 'A' as const, AliasTarget };
  const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] };
  const wanted = { HostedZoneId: hostedZoneId, ChangeBatch };
  await new Route53Client({}).send(new ChangeResourceRecordSetsCommand(wanted));
}

describe('the internet', () => {
  it('asks the zone: nothing is wrong, however the servers’ names are spelled', async () => {
    const spelled = nameServers.map((server) => `${server.toUpperCase()}.`);
    expect(await asksOf({ resolveNs: () => Promise.resolve(spelled) })).toBeUndefined();
  });

  it('asks another zone of the same name', async () => {
    const found = await asksOf({ resolveNs: () => Promise.resolve(['ns-1.other.example']) });
    expect(found?.says).toBe(
      `The internet asks ns-1.other.example about example.com, and not the zone ${hostedZoneId ?? ''}.`,
    );
    expect(found?.fix).toContain(`at the registrar, the name servers ${nameServers[0] ?? '-'}`);
    expect(found?.fix).toContain('loadBalancer.domain.hostedZoneId in lib/config/prod.ts');
  });

  it.each(['ENOTFOUND', 'ENODATA'])('asks nobody (%s)', async (code) => {
    expect((await asksOf(refusing(code)))?.says).toContain('asks nobody about example.com');
  });

  it('cannot be asked: that is no cause', async () => {
    await expect(asksOf(refusing('ETIMEOUT'))).rejects.toThrow('ETIMEOUT');
  });
});

describe('the domain', () => {
  it('has no record', async () => {
    expect(await ask('alias')).toEqual({
      says: `There is no A record ${domainName ?? ''}, and the load balancer is ${DNSName ?? ''}.`,
      result: 'wrong',
      fix: 'npx cdk deploy ProoflinkProd --revert-drift',
    });
  });

  it('leads to an older load balancer', async () => {
    await record('UPSERT', 'older.ap-northeast-1.elb.amazonaws.com');
    expect((await ask('alias'))?.says).toContain('leads to older.ap-northeast-1.elb.amazonaws.com, and');
  });

  it('leads to the load balancer', async () => {
    await record('UPSERT', DNSName);
    expect(await ask('alias')).toBeUndefined();
  });
});

it('a certificate that waits for its proof: the record that ACM looks for', async () => {
  const found = await ask('certificate');
  expect(found?.says).toBe(`The certificate of ${domainName ?? ''} is PENDING_VALIDATION.`);
  expect(found?.fix).toMatch(/^the CNAME record _\S+ with the value _\S+, in the zone that the internet asks/);
});
