import { Resolver } from 'node:dns/promises';
import { ACM } from '@aws-sdk/client-acm';
import { Route53 } from '@aws-sdk/client-route-53';
import { HEALTH_CHECK_PATH, Output } from '../../../../lib/contract';
import { errorText, mustExist } from '../../../deployed/deployed-stack';
import type { Environment } from '../../../deployed/environment';
import { cause, contact, has, isRealAws, look, status, well, when, wrong, wrongIf } from '../question';
import { closed, EVERYWHERE, named } from '../security-groups';
import { restsOrWaits } from './office-hours';

const PATIENCE = 10_000;
const hasDomain = has('AWS::CertificateManager::Certificate');
const domain = when(hasDomain);
const domainOf = ({ config }: Environment) => mustExist('domain in lib/config', config.loadBalancer.domain);

/** From the domain's name to the web tasks' port. */
export const ENTRANCE = [
  status('https', 'People come over HTTPS', ({ environmentName: environmentName, config }) => {
    const fix = `a name in a zone of this account, as loadBalancer.domain in lib/config/${environmentName}.ts`;
    if (config.loadBalancer.domain) return undefined;
    return look('It speaks plain HTTP: passwords can be read on the way.', fix);
  }),
  when((environment) => hasDomain(environment) && isRealAws()).cause(
    'delegation',
    'The internet asks the domain’s zone',
    delegation,
  ),
  domain.cause('alias', 'The domain leads to the load balancer', async (environment) => {
    const { hostedZoneId: HostedZoneId, domainName } = domainOf(environment);
    const { DNSName = '' } = await environment.describeLoadBalancer();
    const from = { HostedZoneId, StartRecordName: domainName, StartRecordType: 'A', MaxItems: 1 } as const;
    // eslint-disable-next-line aws/all-pages -- the one that it begins with is asked for
    const { ResourceRecordSets: [found] = [] } = await environment.client(Route53).listResourceRecordSets(from);
    const isThere = found?.Type === 'A' && plain(found.Name) === plain(domainName);
    const target = isThere ? plain(found.AliasTarget?.DNSName).replace(/^dualstack\./, '') : '';
    if (target === plain(DNSName)) return undefined;
    const leads = isThere ? `${domainName} leads to ${target || 'an address'}` : `There is no A record ${domainName}`;
    return wrong(`${leads}, and the load balancer is ${DNSName}.`, environment.redeployCommand);
  }),
  domain.cause('certificate', 'The certificate is issued and renews itself', async (environment) => {
    const CertificateArn = environment.physicalId('AWS::CertificateManager::Certificate');
    const { Certificate } = await environment.client(ACM).describeCertificate({ CertificateArn });
    const { Status = '', DomainName = '', NotAfter, RenewalEligibility, RenewalSummary } = Certificate ?? {};
    const { Name = '', Value = '' } = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord ?? {};
    const record = `the CNAME record ${Name} with the value ${Value}, in the zone that the internet asks: ACM looks for it`;
    const { RenewalStatus = '', RenewalStatusReason = 'no reason given' } = RenewalSummary ?? {};
    const end = NotAfter?.toISOString().slice(0, 10) ?? '';
    if (Status === 'PENDING_VALIDATION') return wrong(`The certificate of ${DomainName} is ${Status}.`, record);
    // ACM neither renews nor revives one: only a new one helps.
    if (Status !== 'ISSUED' || Number(NotAfter) < environment.now.getTime())
      return wrong(
        `The certificate of ${DomainName} is ${Status === 'ISSUED' ? `EXPIRED since ${end}` : Status}.`,
        'a new certificate: change the id of Certificate in lib/constructs/domain.ts, and deploy',
      );
    if (['FAILED', 'PENDING_VALIDATION'].includes(RenewalStatus))
      return wrong(`Its renewal is ${RenewalStatus} (${RenewalStatusReason}).`, record);
    if (RenewalEligibility !== 'ELIGIBLE')
      return wrong('ACM does not renew it: nothing of AWS uses it.', environment.redeployCommand);
    return well(`It ends on ${end}, and ACM renews it before.`);
  }),
  cause('entrance', 'The load balancer lets people in', async (environment) => {
    const { openPorts, allowedRanges } = environment.config.loadBalancer;
    const groups = await environment.readSecurityGroups((await environment.describeLoadBalancer()).SecurityGroups);
    const faults = openPorts.flatMap((port) =>
      allowedRanges.map((range) => closed(range, groups, port) && `port ${port} from ${range}`),
    );
    return wrongIf(faults, (what) => `${named(groups)} does not admit ${what}.`, environment.redeployCommand);
  }),
  cause('way-to-tasks', 'The load balancer reaches the web tasks', async (environment) => {
    const { Port = 0 } = await environment.describeTargetGroup();
    const balancer = await environment.readSecurityGroups((await environment.describeLoadBalancer()).SecurityGroups);
    const tasks = await environment.readSecurityGroups((await environment.webContainer()).securityGroups);
    return wrongIf([closed(balancer, tasks, Port)], (what) => `${what}.`, environment.redeployCommand);
  }),
  contact('arrive', 'Users arrive, over HTTPS where there is a domain', async (environment) => {
    const url = `${environment.outputs[Output.applicationUrl] ?? ''}${HEALTH_CHECK_PATH}`;
    try {
      const { status } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
      if (status === 200) return well(`${url} answers 200. A browser shows the rest.`);
      return (await restsOrWaits(environment)) ?? wrong(`${url} answers ${status}.`);
    } catch (error) {
      const { allowedRanges } = environment.config.loadBalancer;
      const says = `${url} cannot be reached from here: ${errorText((error as Error).cause ?? error)}`;
      if (allowedRanges.includes(EVERYWHERE)) return wrong(says);
      return look(`${says}. It admits ${allowedRanges.join(', ')}: try it from there.`);
    }
  }),
];

/** Another zone of the same name may answer on the internet: then no record of ours is ever seen. */
async function delegation(environment: Environment) {
  const { hostedZoneId: Id, hostedZoneName } = domainOf(environment);
  const { DelegationSet } = await environment.client(Route53).getHostedZone({ Id });
  const ours = (DelegationSet?.NameServers ?? []).map(plain);
  const asked = await new Resolver({ timeout: 5_000, tries: 2 }).resolveNs(hostedZoneName).catch((error: unknown) => {
    if (/ENOTFOUND|ENODATA/.test(String(error))) return [];
    throw error;
  });
  if (asked.some((server) => ours.includes(plain(server)))) return undefined;
  return wrong(
    `The internet asks ${asked.join(', ') || 'nobody'} about ${hostedZoneName}, and not the zone ${Id}.`,
    `at the registrar, the name servers ${ours.join(', ')}; or, if another zone answers, ` +
      `loadBalancer.domain.hostedZoneId in lib/config/${environment.environmentName}.ts`,
  );
}

/** A domain's name as it is compared. */
function plain(name = ''): string {
  return name.toLowerCase().replace(/\.$/, '');
}
