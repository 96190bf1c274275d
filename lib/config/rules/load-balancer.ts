import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { EnvironmentConfig } from '../environment';
import { whyOff } from '../safeguard';
import type { DomainConfig } from '../sections/load-balancer';
import { checkDuration, checkOneOf, type Report, show } from './check';

/** The guide's TLS policy (9-2) and those that are stricter: none speaks TLS 1.1. */
const TLS_POLICIES = [
  SslPolicy.RECOMMENDED_TLS,
  SslPolicy.TLS13_12_PQ,
  SslPolicy.TLS13_RES,
  SslPolicy.TLS13_12_RES_PQ,
  SslPolicy.TLS13_13,
  SslPolicy.TLS13_13_PQ,
];

/** The longest name that ACM puts on a certificate. A name or a label too long for DNS does not fit into it. */
const LONGEST_CERTIFICATE_NAME = 64;

/** `URL` alone takes other schemes, and quotes, braces and more asterisks in a host. */
const WEB_ORIGIN = /^https?:[a-z0-9.:/[\]-]+$/;

function isHostname(name: string): boolean {
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name);
}

/** How the application is reached: ports, domain, browser origins. */
export function accessRules(config: EnvironmentConfig, report: Report): void {
  const { openPorts, domain, deregistrationDelay } = config.loadBalancer;
  checkDuration(report, 'loadBalancer.deregistrationDelay', deregistrationDelay, 'seconds', 0, 3600);
  for (const [index, port] of openPorts.entries()) {
    checkOneOf(report, `loadBalancer.openPorts[${index}]`, port, [80, 443]);
    if (openPorts.indexOf(port) !== index) report(`loadBalancer.openPorts[${index}]`, `${port} stands here twice`);
  }
  const entrance = domain ? 443 : 80;
  if (!openPorts.includes(entrance)) {
    report('loadBalancer.openPorts', `${show(openPorts.join(', '))} lacks ${entrance}, where the application answers`);
  }
  if (domain) domainRules(domain, report);
  originRules(config, report);
}

function domainRules({ domainName, hostedZoneName, hostedZoneId, sslPolicy }: DomainConfig, report: Report): void {
  for (const [field, name] of Object.entries({ domainName, hostedZoneName })) {
    if (!isHostname(name)) {
      report(
        `loadBalancer.domain.${field}`,
        `${show(name)} is no domain name in small letters such as app.example.com`,
      );
    }
  }
  if (domainName !== hostedZoneName && !domainName.endsWith(`.${hostedZoneName}`)) {
    report('loadBalancer.domain.domainName', `${show(domainName)} lies outside its zone, ${show(hostedZoneName)}`);
  }
  if (domainName.length > LONGEST_CERTIFICATE_NAME) {
    report(
      'loadBalancer.domain.domainName',
      `${show(domainName)} has ${domainName.length} characters; a certificate takes ${LONGEST_CERTIFICATE_NAME}`,
    );
  }
  if (!/^Z[A-Z0-9]{6,31}$/.test(hostedZoneId)) {
    report(
      'loadBalancer.domain.hostedZoneId',
      `${show(hostedZoneId)} is no id of a hosted zone; Route 53 shows it as Z and capital letters and digits`,
    );
  }
  checkOneOf(report, 'loadBalancer.domain.sslPolicy', sslPolicy, TLS_POLICIES);
}

function originRules(config: EnvironmentConfig, report: Report): void {
  const keepsData = whyOff(config.keepData) === undefined;
  for (const [index, origin] of config.fileStorage.extraCorsOrigins.entries()) {
    const field = `fileStorage.extraCorsOrigins[${index}]`;
    // S3 takes one asterisk; a name in its place makes the rest readable as a URL.
    const plain = origin.replace('*', 'any');
    if (origin !== '*' && (!WEB_ORIGIN.test(plain) || originOf(plain) !== plain)) {
      report(field, `${show(origin)} is no origin; write scheme, host and port only, as in https://app.example.com`);
    }
    if (keepsData && origin.includes('*')) {
      report(field, `${show(origin)} has a wildcard; an environment that keeps its data names each origin`);
    }
  }
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
