import { Resolver } from 'node:dns/promises';
import { DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { paginateDescribeListeners } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetHostedZoneCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import type { DomainConfig } from '../../lib/config/sections/load-balancer';
import { CannotTellError } from '@infra/common/outcome';
import { itemsOf } from '../shared/aws';
import { cause, type Check, type Found } from './check';
import type { Facts } from './facts';
import { letsIn, letsOut, named } from './security-groups';

/** Who is asked for name servers. */
export type NameServers = Pick<Resolver, 'resolveNs'>;

/** The internet's name servers; where another AWS is asked than the real one, they know nothing of its zones. */
export function internet({ AWS_ENDPOINT_URL: elsewhere }: NodeJS.ProcessEnv): NameServers {
  if (!elsewhere) return new Resolver({ timeout: 5_000, tries: 2 });
  const error = new CannotTellError(`The internet does not know the zones of ${elsewhere} (AWS_ENDPOINT_URL).`);
  return { resolveNs: () => Promise.reject(error) };
}

/** From the domain's name to the web tasks' port: what a request passes before it meets a task. */
export function entranceChecks(facts: Facts, resolver: NameServers): Check[] {
  const { domain } = facts.config.loadBalancer;
  const named: Check[] = domain
    ? [
        ['Does the internet ask the domain’s zone?', () => delegation(facts, domain, resolver)],
        ['Does the domain lead to the load balancer?', () => alias(facts, domain)],
        ['Is the certificate issued?', () => certificate(facts)],
      ]
    : [];
  return [
    ...named,
    ['Does the load balancer let people in?', () => entrance(facts)],
    ['Does the listener lead to the targets?', () => listener(facts, domain ? 443 : 80)],
    ['May the load balancer reach the web tasks?', () => wayToTasks(facts)],
  ];
}

/** Another zone of the same name may answer on the internet: then no record of ours is ever seen. */
async function delegation({ stack, route53 }: Facts, domain: DomainConfig, resolver: NameServers): Found {
  const { hostedZoneId: Id, hostedZoneName } = domain;
  const { DelegationSet } = await route53.send(new GetHostedZoneCommand({ Id }));
  const ours = (DelegationSet?.NameServers ?? []).map(plain);
  const asked = await resolver.resolveNs(hostedZoneName).catch((error: unknown) => {
    if (/ENOTFOUND|ENODATA/.test(String(error))) return [];
    throw error;
  });
  if (asked.some((server) => ours.includes(plain(server)))) return undefined;
  return cause(
    `The internet asks ${asked.join(', ') || 'nobody'} about ${hostedZoneName}, and not the zone ${Id}.`,
    `at the registrar, the name servers ${ours.join(', ')}; or, if another zone answers, ` +
      `loadBalancer.domain.hostedZoneId in lib/config/${stack.environment}.ts`,
  );
}

async function alias(facts: Facts, { hostedZoneId, domainName }: DomainConfig): Found {
  const { DNSName = '' } = await facts.loadBalancer();
  const from = { HostedZoneId: hostedZoneId, StartRecordName: domainName, StartRecordType: 'A', MaxItems: 1 } as const;
  // eslint-disable-next-line aws/all-pages -- the one that it begins with is asked for
  const [found] = (await facts.route53.send(new ListResourceRecordSetsCommand(from))).ResourceRecordSets ?? [];
  const isThere = found?.Type === 'A' && plain(found.Name) === plain(domainName);
  const target = isThere ? plain(found.AliasTarget?.DNSName).replace(/^dualstack\./, '') : '';
  if (target === plain(DNSName)) return undefined;
  const leads = isThere ? `${domainName} leads to ${target || 'an address'}` : `There is no A record ${domainName}`;
  return cause(`${leads}, and the load balancer is ${DNSName}.`, facts.redeploy);
}

async function certificate({ acm, id }: Facts): Found {
  const CertificateArn = id('AWS::CertificateManager::Certificate');
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
  const { Status = '', DomainName = '', DomainValidationOptions: [proof] = [] } = Certificate ?? {};
  if (Status === 'ISSUED') return undefined;
  const { Name = '', Value = '' } = proof?.ResourceRecord ?? {};
  return cause(
    `The certificate of ${DomainName} is ${Status}.`,
    `the CNAME record ${Name} with the value ${Value}, in the zone that the internet asks: ACM looks for it`,
  );
}

async function entrance({ config, loadBalancer, redeploy, securityGroups }: Facts): Found {
  const { openPorts, allowedRanges } = config.loadBalancer;
  const groups = await securityGroups((await loadBalancer()).SecurityGroups);
  const wanted = openPorts.flatMap((port) => allowedRanges.map((range) => ({ port, range })));
  const closed = wanted.filter(({ port, range }) => !letsIn(groups, port, { range }));
  if (closed.length === 0) return undefined;
  const what = closed.map(({ port, range }) => `port ${port} from ${range}`).join(', ');
  return cause(`${named(groups)} does not admit ${what}.`, redeploy);
}

async function listener({ elb: client, id, loadBalancer, redeploy }: Facts, port: number): Found {
  const { LoadBalancerArn, LoadBalancerName = '', State } = await loadBalancer();
  if (State?.Code === 'failed') return cause(`${LoadBalancerName} has failed: ${State.Reason ?? ''}.`, redeploy);
  const listeners = paginateDescribeListeners({ client }, { LoadBalancerArn });
  const serving = (await itemsOf(listeners, (page) => page.Listeners)).find((each) => each.Port === port);
  if (!serving) return cause(`${LoadBalancerName} has no listener on port ${port}.`, redeploy);
  const group = id('AWS::ElasticLoadBalancingV2::TargetGroup');
  const targets = serving.DefaultActions?.flatMap(({ TargetGroupArn, ForwardConfig }) => [
    TargetGroupArn,
    ...(ForwardConfig?.TargetGroups ?? []).map((each) => each.TargetGroupArn),
  ]);
  if (targets?.includes(group)) return undefined;
  return cause(`The listener on port ${port} does not lead to the web tasks’ target group.`, redeploy);
}

async function wayToTasks(facts: Facts): Found {
  const { Port = 0 } = await facts.targetGroup();
  const { networkConfiguration } = await facts.service();
  const balancer = await facts.securityGroups((await facts.loadBalancer()).SecurityGroups);
  const tasks = await facts.securityGroups(networkConfiguration?.awsvpcConfiguration?.securityGroups);
  if (!letsIn(tasks, Port, { groups: balancer })) {
    return cause(`${named(tasks)} does not admit port ${Port} from ${named(balancer)}.`, facts.redeploy);
  }
  if (letsOut(balancer, Port, { groups: tasks })) return undefined;
  return cause(`${named(balancer)} lets nothing out to port ${Port} of ${named(tasks)}.`, facts.redeploy);
}

/** A domain's name as it is compared. */
function plain(name = ''): string {
  return name.toLowerCase().replace(/\.$/, '');
}
