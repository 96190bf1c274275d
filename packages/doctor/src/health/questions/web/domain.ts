import { Resolver } from 'node:dns/promises';
import { ACM, type CertificateDetail, type ResourceRecord as AcmRecord } from '@aws-sdk/client-acm';
import { type Change, type ResourceRecordSet, Route53 } from '@aws-sdk/client-route-53';
import { Part } from '@infra/commands/app';
import { mustExist } from '@infra/operate/deployed/aws-errors';
import { optionsOf } from '../../../changed-by-hand/aws-cli-options';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { describeLoadBalancer } from '@infra/operate/deployed/load-balancer';
import { type Answer, NOTHING_WRONG, personMustLook, wellAnswer, wrongAnswer } from '../../answer';
import { isConfiguredOrDeployed, type Question } from '../../question';
import { isRealAws } from '@infra/operate/deployed/real-aws';
import { words as healthWords } from '../../words';
import { words } from './words';

/** For `applies`: true if the environment has a domain, for which its stack makes a certificate. */
const hasCertificate = isConfiguredOrDeployed(
  Part.certificate,
  ({ loadBalancer }) => loadBalancer.domain !== undefined,
);

/** Question on plain HTTP, over which passwords are at risk. */
export const HTTPS: Question = {
  id: 'https',
  statement: words.https.statement,
  firstAskedBy: 'status',
  ask: checkHttps,
};

/** Questions on the environment's domain, and on the certificate for it. */
export const DOMAIN_QUESTIONS: readonly Question[] = [
  {
    id: 'delegation',
    statement: words.delegation.statement,
    firstAskedBy: 'doctor',
    applies: (environment) => hasCertificate(environment) && isRealAws(),
    ask: checkDelegation,
  },
  {
    id: 'alias',
    statement: words.alias.statement,
    firstAskedBy: 'doctor',
    applies: hasCertificate,
    ask: checkAlias,
  },
  {
    id: 'certificate',
    statement: words.certificate.statement,
    part: Part.certificate,
    firstAskedBy: 'doctor',
    applies: hasCertificate,
    ask: checkCertificate,
  },
];

/** Question on the certificate's renewal, without which users are without service from its end on. */
export const CERTIFICATE_RENEWAL: Question = {
  id: 'certificate-renewal',
  statement: words.certificate.renewalStatement,
  part: Part.certificate,
  confirms: ['certificate'],
  firstAskedBy: 'doctor',
  applies: hasCertificate,
  ask: checkRenewal,
};

function checkHttps({ environmentName, config }: Environment): Answer {
  if (config.loadBalancer.domain ?? config.loadBalancer.edge) return NOTHING_WRONG;
  return personMustLook({
    says: words.https.plainHttp({ environmentName }),
    fix: words.https.chooseDomain({ environmentName }),
  });
}

function configuredDomain({ config }: Environment) {
  return mustExist('domain in lib/config', config.loadBalancer.domain);
}

/** A domain's name in lower case and without the final dot, so that two spellings of it are equal. */
function normalizedName(name = ''): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/**
 * Checks that public DNS delegates the domain to the hosted zone of the config. Another zone of the same name may be
 * the one that answers on the internet: then users and ACM never see a record of our zone (anomalyco/sst, issue 5781).
 */
async function checkDelegation(environment: Environment): Promise<Answer> {
  const { environmentName } = environment;
  const { hostedZoneId, hostedZoneName } = configuredDomain(environment);
  const { DelegationSet } = await environment.client(Route53).getHostedZone({ Id: hostedZoneId });
  const zoneServers = (DelegationSet?.NameServers ?? []).map(normalizedName);
  const publicServers = await resolveNameServers(hostedZoneName);
  const isDelegated = publicServers.some((server) => zoneServers.includes(normalizedName(server)));
  if (isDelegated) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.delegation.otherZone({ publicServers, zoneName: hostedZoneName, zoneId: hostedZoneId }),
    fix: words.delegation.delegate({ zoneServers, environmentName }),
  });
}

/** DNS errors for a name that does not exist, or that has no name servers. */
const NO_SUCH_NAME = /ENOTFOUND|ENODATA/;

/** Name servers of a zone in public DNS. */
async function resolveNameServers(zoneName: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  try {
    return await resolver.resolveNs(zoneName);
  } catch (error) {
    if (NO_SUCH_NAME.test(String(error))) return [];
    throw error;
  }
}

async function checkAlias(environment: Environment): Promise<Answer> {
  const { domainName } = configuredDomain(environment);
  const { DNSName = '', CanonicalHostedZoneId = '' } = await describeLoadBalancer(environment);
  const record = await readRecord(environment, domainName, 'A');
  const target = loadBalancerName(record?.AliasTarget?.DNSName);
  if (target === normalizedName(DNSName)) return NOTHING_WRONG;
  // A name with a CNAME record has no other record.
  const cname = record ? undefined : await readRecord(environment, domainName, 'CNAME');
  const cnameTarget = loadBalancerName(cname?.ResourceRecords?.[0]?.Value);
  if (cnameTarget === normalizedName(DNSName)) {
    return personMustLook({ says: words.alias.isCname({ domainName, loadBalancer: DNSName }) });
  }
  const alias: ResourceRecordSet = {
    Name: domainName,
    Type: 'A',
    AliasTarget: {
      HostedZoneId: CanonicalHostedZoneId,
      DNSName: `dualstack.${DNSName}`,
      EvaluateTargetHealth: false,
    },
  };
  const upsert: Change = { Action: 'UPSERT', ResourceRecordSet: alias };
  return wrongAnswer({
    says:
      record || cname
        ? words.alias.leadsElsewhere({ domainName, target: target || cnameTarget, loadBalancer: DNSName })
        : words.alias.noRecord({ domainName, loadBalancer: DNSName }),
    // Route 53 takes no A record beside a CNAME record: that one goes with the command.
    fix: changeCommand(environment, cname ? [{ Action: 'DELETE', ResourceRecordSet: cname }, upsert] : [upsert]),
  });
}

/** Command that changes records. A deployment does not: CloudFormation does not compare them. */
function changeCommand(environment: Environment, Changes: readonly Change[]): string {
  const { hostedZoneId } = configuredDomain(environment);
  const options = optionsOf({ HostedZoneId: hostedZoneId, ChangeBatch: { Changes } });
  return awsCommand(environment.region, 'route53 change-resource-record-sets', options);
}

/** A record of the zone; `undefined` if the zone has none of this name and type. */
async function readRecord(
  environment: Environment,
  recordName: string,
  recordType: 'A' | 'CNAME',
): Promise<ResourceRecordSet | undefined> {
  const { hostedZoneId } = configuredDomain(environment);
  // eslint-disable-next-line aws/all-pages -- the list begins with the record, if it exists
  const { ResourceRecordSets = [] } = await environment.client(Route53).listResourceRecordSets({
    HostedZoneId: hostedZoneId,
    StartRecordName: recordName,
    StartRecordType: recordType,
    MaxItems: 1,
  });
  // If the record does not exist, the list begins with the next one in the zone's order.
  const record = ResourceRecordSets[0];
  const isWanted = record?.Type === recordType && normalizedName(record.Name) === normalizedName(recordName);
  return isWanted ? record : undefined;
}

/** Name of the load balancer to which a record leads, before which the console of Route 53 writes `dualstack.`; empty without one. */
function loadBalancerName(dnsName: string | undefined): string {
  return normalizedName(dnsName).replace(/^dualstack\./, '');
}

async function readCertificate(environment: Environment): Promise<CertificateDetail> {
  const CertificateArn = physicalIdOf(environment, Part.certificate);
  const { Certificate: certificate = {} } = await environment.client(ACM).describeCertificate({ CertificateArn });
  return certificate;
}

async function checkCertificate(environment: Environment): Promise<Answer> {
  const certificate = await readCertificate(environment);
  const { Status: status = '', DomainName: domainName = '' } = certificate;
  if (status === 'ISSUED') return NOTHING_WRONG;
  const notUsable = words.certificate.notUsable({ domainName, status });
  if (status === 'PENDING_VALIDATION') return wrongAnswer({ says: notUsable, fix: adviceOnRecord(certificate) });
  // ACM neither renews nor revives it.
  return wrongAnswer({ says: notUsable, fix: healthWords.makeNewOne({ path: Part.certificate.path }) });
}

/** ACM begins to renew a certificate 45 days before its end or earlier. */
const LATEST_RENEWAL_MS = 30 * 24 * 3_600_000;

/** CAA records of the domain, or of one above it, that do not admit Amazon: the record for the validation helps nothing. */
const CAA_GUIDE = 'https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-caa.html';

async function checkRenewal(environment: Environment): Promise<Answer> {
  const certificate = await readCertificate(environment);
  const { Status: status = '', DomainName: domainName = '', NotAfter, RenewalSummary } = certificate;
  // Another question reports the fault.
  if (status !== 'ISSUED') return personMustLook({ says: words.certificate.notUsable({ domainName, status }) });
  const { RenewalStatus: renewal, RenewalStatusReason: reason } = RenewalSummary ?? {};
  const fix = reason === 'CAA_ERROR' ? CAA_GUIDE : adviceOnRecord(certificate);
  if (renewal === 'FAILED' || renewal === 'PENDING_VALIDATION') {
    return wrongAnswer({ says: words.certificate.notRenewed({ domainName, status: renewal, reason }), fix });
  }
  const fault = await validationFault(environment, certificate);
  if (fault) return fault;
  const endDate = NotAfter?.toISOString().slice(0, 10) ?? '';
  const isLate = NotAfter && NotAfter.getTime() - environment.now.getTime() < LATEST_RENEWAL_MS;
  if (isLate) return wrongAnswer({ says: words.certificate.lateRenewal({ domainName, endDate }), fix });
  return wellAnswer(words.certificate.renews({ domainName, endDate }));
}

/** Answer on a validation record that is gone, without which ACM does not renew; `undefined` if the zone has it. */
async function validationFault(environment: Environment, certificate: CertificateDetail): Promise<Answer | undefined> {
  const { Name, Value } = validationRecord(certificate);
  if (!Name) return undefined;
  const record = await readRecord(environment, Name, 'CNAME');
  const values = (record?.ResourceRecords ?? []).map((each) => normalizedName(each.Value));
  if (values.includes(normalizedName(Value))) return undefined;
  return wrongAnswer({
    says: words.certificate.noValidationRecord({ recordName: Name }),
    fix: changeCommand(environment, [
      { Action: 'UPSERT', ResourceRecordSet: { Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value }] } },
    ]),
  });
}

/** Advice to add the record by which ACM validates the domain; `undefined` while ACM does not name it. */
function adviceOnRecord(certificate: CertificateDetail): string | undefined {
  const { Name: recordName, Value: value } = validationRecord(certificate);
  return recordName && value && words.certificate.addRecord({ recordName, value });
}

/** The record by which ACM validates the certificate's only domain. ACM names it some seconds after the request. */
function validationRecord({ DomainValidationOptions = [] }: CertificateDetail): Partial<AcmRecord> {
  return DomainValidationOptions[0]?.ResourceRecord ?? {};
}
