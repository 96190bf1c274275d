import { Resolver } from 'node:dns/promises';
import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeListenersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { DomainConfig } from '../../lib/config/sections/load-balancer';
import type { Cause, Check } from './check';
import type { Facts } from './facts';
import { inbound, lets, named, outbound } from './security-groups';

/** From the domain's name to the web tasks' port: what a request passes before it meets a task. */
export function entranceChecks(facts: Facts, resolver: Pick<Resolver, 'resolveNs'>): Check[] {
  const { domain } = facts.config.loadBalancer;
  return [
    ...(domain
      ? [
          { question: 'Does the internet ask the domain’s zone?', ask: () => delegation(facts, domain, resolver) },
          { question: 'Does the domain lead to the load balancer?', ask: () => alias(facts, domain) },
          { question: 'Is the certificate issued?', ask: () => certificate(facts) },
        ]
      : []),
    { question: 'Does the load balancer let people in?', ask: () => entranceGroup(facts) },
    { question: 'Does the listener lead to the targets?', ask: () => listener(facts, domain !== undefined) },
    { question: 'May the load balancer reach the web tasks?', ask: () => wayToTasks(facts) },
  ];
}

/** Another zone of the same name may answer on the internet: then no record of ours is ever seen. */
async function delegation(
  { stack }: Facts,
  { hostedZoneId: Id, hostedZoneName }: DomainConfig,
  resolver: Pick<Resolver, 'resolveNs'>,
): Promise<Cause | undefined> {
  const { DelegationSet } = await new Route53Client(stack.clientConfig).send(new GetHostedZoneCommand({ Id }));
  const ours = DelegationSet?.NameServers?.map(lowerCase) ?? [];
  const asked = await resolver.resolveNs(hostedZoneName).catch((error: unknown) => {
    if (['ENOTFOUND', 'ENODATA'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  });
  if (asked.map(lowerCase).some((server) => ours.includes(server))) return undefined;
  return {
    says: `The internet asks ${asked.join(', ') || 'nobody'} about ${hostedZoneName}, and not the zone ${Id}.`,
    mend:
      `at the registrar, the name servers ${ours.join(', ')}; or, if another zone answers, ` +
      `loadBalancer.domain.hostedZoneId in lib/config/${stack.environment}.ts`,
  };
}

async function alias(facts: Facts, { hostedZoneId, domainName }: DomainConfig): Promise<Cause | undefined> {
  const { DNSName = '' } = await facts.loadBalancer();
  const from = { HostedZoneId: hostedZoneId, StartRecordName: domainName, StartRecordType: 'A', MaxItems: 1 } as const;
  const route53 = new Route53Client(facts.stack.clientConfig);
  const [found] = (await route53.send(new ListResourceRecordSetsCommand(from))).ResourceRecordSets ?? [];
  const isThere = found?.Type === 'A' && lowerCase(found.Name) === lowerCase(domainName);
  const target = isThere ? lowerCase(found.AliasTarget?.DNSName).replace(/^dualstack\./, '') : '';
  if (target === lowerCase(DNSName)) return undefined;
  const says = isThere
    ? `${domainName} leads to ${target || 'an address'}, not to`
    : `No A record leads ${domainName} to`;
  return { says: `${says} the load balancer ${DNSName}.`, mend: facts.redeploy };
}

async function certificate({ stack, id }: Facts): Promise<Cause | undefined> {
  const CertificateArn = id('AWS::CertificateManager::Certificate');
  const wanted = new DescribeCertificateCommand({ CertificateArn });
  const { Certificate } = await new ACMClient(stack.clientConfig).send(wanted);
  if (Certificate?.Status === 'ISSUED') return undefined;
  const [proof] = Certificate?.DomainValidationOptions ?? [];
  const { Name = '', Value = '' } = proof?.ResourceRecord ?? {};
  return {
    says: `The certificate of ${Certificate?.DomainName ?? ''} is ${Certificate?.Status ?? 'unknown'}.`,
    mend: `the CNAME record ${Name} with the value ${Value}, in the zone that the internet asks: ACM looks for it`,
  };
}

async function entranceGroup(facts: Facts): Promise<Cause | undefined> {
  const { openPorts, allowedRanges } = facts.config.loadBalancer;
  const groups = await facts.securityGroups((await facts.loadBalancer()).SecurityGroups);
  const closed = openPorts.flatMap((port) =>
    allowedRanges
      .filter((range) => !lets(inbound(groups), port, { range }))
      .map((range) => `port ${port} from ${range}`),
  );
  if (closed.length === 0) return undefined;
  return { says: `${named(groups)} does not admit ${closed.join(', ')}.`, mend: facts.redeploy };
}

async function listener(facts: Facts, isSecure: boolean): Promise<Cause | undefined> {
  const { LoadBalancerArn, LoadBalancerName = '', State } = await facts.loadBalancer();
  const port = isSecure ? 443 : 80;
  const elb = new ElasticLoadBalancingV2Client(facts.stack.clientConfig);
  const { Listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const serving = Listeners.find((each) => each.Port === port);
  const group = facts.id('AWS::ElasticLoadBalancingV2::TargetGroup');
  const leads = serving?.DefaultActions?.some(
    ({ TargetGroupArn, ForwardConfig }) =>
      TargetGroupArn === group || ForwardConfig?.TargetGroups?.some((each) => each.TargetGroupArn === group),
  );
  if (State?.Code === 'failed') {
    return { says: `${LoadBalancerName} could not be set up: ${State.Reason ?? ''}`, mend: facts.redeploy };
  }
  if (!serving) return { says: `${LoadBalancerName} has no listener on port ${port}.`, mend: facts.redeploy };
  if (leads) return undefined;
  return { says: `The listener on port ${port} does not lead to the web tasks’ target group.`, mend: facts.redeploy };
}

async function wayToTasks(facts: Facts): Promise<Cause | undefined> {
  const { Port = 0 } = await facts.targetGroup();
  const { networkConfiguration } = await facts.service();
  const balancer = await facts.securityGroups((await facts.loadBalancer()).SecurityGroups);
  const tasks = await facts.securityGroups(networkConfiguration?.awsvpcConfiguration?.securityGroups);
  const ids = (groups: typeof tasks) => groups.map(({ GroupId = '' }) => GroupId);
  if (!lets(inbound(tasks), Port, { groups: ids(balancer) })) {
    return { says: `${named(tasks)} does not admit port ${Port} from ${named(balancer)}.`, mend: facts.redeploy };
  }
  if (lets(outbound(balancer), Port, { groups: ids(tasks) })) return undefined;
  return { says: `${named(balancer)} lets nothing out to port ${Port} of ${named(tasks)}.`, mend: facts.redeploy };
}

function lowerCase(name = ''): string {
  return name.toLowerCase().replace(/\.$/, '');
}
