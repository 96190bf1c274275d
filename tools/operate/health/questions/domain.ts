import { Resolver } from 'node:dns/promises';
import { ACM, type CertificateDetail } from '@aws-sdk/client-acm';
import { type ResourceRecordSet, Route53 } from '@aws-sdk/client-route-53';
import { mustExist } from '../../../deployed/aws-errors';
import type { Environment } from '../../../deployed/environment';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer } from '../answer';
import { hasResource, isRealAws, type Question } from '../question';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';
const hasCertificate = hasResource(CERTIFICATE);

/** The domain's name, and its certificate. */
export const DOMAIN_QUESTIONS: readonly Question[] = [
  {
    id: 'https',
    statement: 'People come over HTTPS',
    depth: 'status',
    ask: checkHttps,
  },
  {
    id: 'delegation',
    statement: 'The internet asks the domain’s zone',
    depth: 'cause',
    applies: (environment) => hasCertificate(environment) && isRealAws(),
    ask: checkDelegation,
  },
  {
    id: 'alias',
    statement: 'The domain leads to the load balancer',
    depth: 'cause',
    applies: hasCertificate,
    ask: checkAlias,
  },
  {
    id: 'certificate',
    statement: 'The certificate is issued and renews itself',
    depth: 'cause',
    applies: hasCertificate,
    ask: checkCertificate,
  },
];

function checkHttps({ environmentName, config }: Environment): Answer | undefined {
  if (config.loadBalancer.domain) return undefined;
  return lookAnswer(
    'It speaks plain HTTP: passwords can be read on the way.',
    `a name in a zone of this account, as loadBalancer.domain in lib/config/${environmentName}.ts`,
  );
}

function domainOf({ config }: Environment) {
  return mustExist('domain in lib/config', config.loadBalancer.domain);
}

/** A domain's name as it is compared. */
function normalized(name = ''): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Another zone of the same name may answer on the internet: then no record of ours is ever seen. */
async function checkDelegation(environment: Environment): Promise<Answer | undefined> {
  const { hostedZoneId, hostedZoneName } = domainOf(environment);
  const { DelegationSet } = await environment.client(Route53).getHostedZone({ Id: hostedZoneId });
  const zoneServers = (DelegationSet?.NameServers ?? []).map(normalized);
  const publicServers = await resolveNameServers(hostedZoneName);
  if (publicServers.some((server) => zoneServers.includes(normalized(server)))) return undefined;
  const publicText = publicServers.join(', ') || 'nobody';
  return wrongAnswer(
    `The internet asks ${publicText} about ${hostedZoneName}, and not the zone ${hostedZoneId}.`,
    `at the registrar, the name servers ${zoneServers.join(', ')}; or, if another zone answers, ` +
      `loadBalancer.domain.hostedZoneId in lib/config/${environment.environmentName}.ts`,
  );
}

const NO_SUCH_NAME = /ENOTFOUND|ENODATA/;

/** Name servers of a zone in public DNS. */
async function resolveNameServers(zoneName: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 5_000, tries: 2 });
  try {
    return await resolver.resolveNs(zoneName);
  } catch (error) {
    if (NO_SUCH_NAME.test(String(error))) return [];
    throw error;
  }
}

async function checkAlias(environment: Environment): Promise<Answer | undefined> {
  const { domainName } = domainOf(environment);
  const { DNSName = '' } = await environment.describeLoadBalancer();
  const record = await readAddressRecord(environment);
  const target = targetOf(record);
  if (target === normalized(DNSName)) return undefined;
  const fault = record ? `${domainName} leads to ${target || 'an address'}` : `There is no A record ${domainName}`;
  return wrongAnswer(`${fault}, and the load balancer is ${DNSName}.`, environment.redeployCommand);
}

/** The A record of the domain. */
async function readAddressRecord(environment: Environment): Promise<ResourceRecordSet | undefined> {
  const { hostedZoneId, domainName } = domainOf(environment);
  // eslint-disable-next-line aws/all-pages -- the list begins with the record, if it exists
  const { ResourceRecordSets = [] } = await environment.client(Route53).listResourceRecordSets({
    HostedZoneId: hostedZoneId,
    StartRecordName: domainName,
    StartRecordType: 'A',
    MaxItems: 1,
  });
  const record = ResourceRecordSets[0];
  const isOfDomain = record?.Type === 'A' && normalized(record.Name) === normalized(domainName);
  return isOfDomain ? record : undefined;
}

/** Name to which an alias record leads; empty if it has addresses instead. */
function targetOf(record: ResourceRecordSet | undefined): string {
  return normalized(record?.AliasTarget?.DNSName).replace(/^dualstack\./, '');
}

async function checkCertificate(environment: Environment): Promise<Answer> {
  const CertificateArn = environment.physicalId(CERTIFICATE);
  const { Certificate: certificate = {} } = await environment.client(ACM).describeCertificate({ CertificateArn });
  const { Status = '', DomainName = '' } = certificate;
  const endDate = certificate.NotAfter?.toISOString().slice(0, 10) ?? '';
  const isExpired = Number(certificate.NotAfter) < environment.now.getTime();
  if (Status === 'PENDING_VALIDATION') {
    return wrongAnswer(`The certificate of ${DomainName} is ${Status}.`, validationRecord(certificate));
  }
  if (Status !== 'ISSUED' || isExpired) {
    const state = Status === 'ISSUED' ? `EXPIRED since ${endDate}` : Status;
    return wrongAnswer(
      `The certificate of ${DomainName} is ${state}.`,
      // ACM neither renews nor revives this one.
      'a new certificate: change the id of Certificate in lib/constructs/domain.ts, and deploy',
    );
  }
  return checkRenewal(environment, certificate) ?? wellAnswer(`It ends on ${endDate}, and ACM renews it before.`);
}

function checkRenewal(environment: Environment, certificate: CertificateDetail): Answer | undefined {
  const { RenewalStatus, RenewalStatusReason = 'no reason given' } = certificate.RenewalSummary ?? {};
  if (RenewalStatus === 'FAILED' || RenewalStatus === 'PENDING_VALIDATION') {
    return wrongAnswer(`Its renewal is ${RenewalStatus} (${RenewalStatusReason}).`, validationRecord(certificate));
  }
  if (certificate.RenewalEligibility === 'ELIGIBLE') return undefined;
  return wrongAnswer('ACM does not renew it: nothing of AWS uses it.', environment.redeployCommand);
}

/** The record by which ACM validates the domain. */
function validationRecord({ DomainValidationOptions = [] }: CertificateDetail): string {
  const { Name = '', Value = '' } = DomainValidationOptions[0]?.ResourceRecord ?? {};
  return `the CNAME record ${Name} with the value ${Value}, in the zone that the internet asks: ACM looks for it`;
}
