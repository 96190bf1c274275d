import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { ORIGIN_FACING_PREFIX_LISTS } from '../origin-facing';
import { type Ipv4Range, isPrivate, isSpecial, overlap, parseIpv4Range } from '../ip-range';
import type { DomainConfig, FirewallConfig, LoadBalancerConfig } from '../sections/load-balancer';
import { checkDistinct, checkDuration, checkInteger, checkOneOf, type Report, show } from './check';

/** The guide's TLS policy (9-2) and those that are stricter: none speaks TLS 1.1. */
const TLS_POLICIES = [
  SslPolicy.RECOMMENDED_TLS,
  SslPolicy.TLS13_12_PQ,
  SslPolicy.TLS13_RES,
  SslPolicy.TLS13_12_RES_PQ,
  SslPolicy.TLS13_13,
  SslPolicy.TLS13_13_PQ,
];

const EVERYBODY = '0.0.0.0/0';

/** AWS's quota of inbound rules of one security group. */
const MOST_RULES = 60;

/**
 * The limits that AWS WAF takes for a rate-based rule
 * (docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html).
 */
const LOWEST_RATE = 10;
const HIGHEST_RATE = 2_000_000_000;

/** The longest name that ACM puts on a certificate. A name or a label too long for DNS does not fit into it. */
const LONGEST_CERTIFICATE_NAME = 64;

function isHostname(name: string): boolean {
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name);
}

export function loadBalancerRules({ loadBalancer, region }: EnvironmentConfig, report: Report): void {
  const { openPorts, deregistrationDelay, domain, edge, firewall } = loadBalancer;
  for (const [index, port] of openPorts.entries()) {
    checkOneOf(report, `loadBalancer.openPorts[${index}]`, port, [80, 443]);
  }
  checkDistinct(report, 'loadBalancer.openPorts', openPorts);
  const entrance = domain ? 443 : 80;
  if (!openPorts.includes(entrance)) {
    const ports = show(openPorts.join(', '));
    report('loadBalancer.openPorts', words.loadBalancer.entranceClosed({ ports, entrance }));
  }
  allowedRangesRules(loadBalancer, report);
  checkDuration(report, 'loadBalancer.deregistrationDelay', deregistrationDelay, 'seconds', 0, 3600);
  if (domain) domainRules(domain, report);
  if (firewall) firewallRules(firewall, report);
  if (edge !== undefined) {
    checkOneOf(report, 'loadBalancer.edge', edge, ['cloudfront']);
    edgeRules(loadBalancer, region, report);
  }
}

/** CloudFront before the load balancer excludes a domain, a firewall and allowed ranges. */
function edgeRules({ domain, firewall, allowedRanges }: LoadBalancerConfig, region: string, report: Report): void {
  const field = 'loadBalancer.edge';
  if (domain) report(field, words.loadBalancer.edgeWithDomain);
  if (firewall) report(field, words.loadBalancer.edgeWithFirewall);
  if (allowedRanges.join() !== EVERYBODY) {
    report('loadBalancer.allowedRanges', words.loadBalancer.edgeIsForEverybody({ ranges: allowedRanges.join(', ') }));
  }
  if (ORIGIN_FACING_PREFIX_LISTS[region] === undefined) {
    const regions = Object.keys(ORIGIN_FACING_PREFIX_LISTS).join(', ');
    report(field, words.loadBalancer.edgeWithoutPrefixList({ region, regions }));
  }
}

function allowedRangesRules({ allowedRanges, openPorts }: LoadBalancerConfig, report: Report): void {
  if (allowedRanges.length === 0) {
    report('loadBalancer.allowedRanges', words.loadBalancer.noRange);
  }
  const seen: { field: string; range: Ipv4Range }[] = [];
  for (const [index, cidr] of allowedRanges.entries()) {
    const field = `loadBalancer.allowedRanges[${index}]`;
    const range = parseIpv4Range(cidr);
    if (!range) {
      report(field, words.loadBalancer.notRange({ cidr: show(cidr) }));
      continue;
    }
    if (isPrivate(range)) report(field, words.loadBalancer.privateRange({ cidr }));
    if (isSpecial(range)) report(field, words.loadBalancer.noClientHas({ cidr }));
    for (const other of seen.filter((earlier) => overlap(earlier.range, range))) {
      report(field, words.values.rangesOverlap({ cidr, other: other.range.cidr, field: other.field }));
    }
    seen.push({ field, range });
  }
  const rules = allowedRanges.length * openPorts.length;
  if (rules > MOST_RULES) {
    const counts = { ranges: allowedRanges.length, ports: openPorts.length, rules, most: MOST_RULES };
    report('loadBalancer.allowedRanges', words.loadBalancer.tooManyRules(counts));
  }
}

function domainRules({ domainName, hostedZoneName, hostedZoneId, sslPolicy }: DomainConfig, report: Report): void {
  for (const [field, name] of Object.entries({ domainName, hostedZoneName })) {
    if (!isHostname(name)) {
      report(`loadBalancer.domain.${field}`, words.loadBalancer.notDomainName({ name: show(name) }));
    }
  }
  const isInZone = domainName === hostedZoneName || domainName.endsWith(`.${hostedZoneName}`);
  if (!isInZone && [domainName, hostedZoneName].every(isHostname)) {
    report(
      'loadBalancer.domain.domainName',
      words.loadBalancer.outsideOfZone({ name: show(domainName), zone: show(hostedZoneName) }),
    );
  }
  if (domainName.length > LONGEST_CERTIFICATE_NAME) {
    report(
      'loadBalancer.domain.domainName',
      words.loadBalancer.nameTooLong({
        name: show(domainName),
        length: domainName.length,
        longest: LONGEST_CERTIFICATE_NAME,
      }),
    );
  }
  if (!/^Z[A-Z0-9]{6,31}$/.test(hostedZoneId)) {
    report('loadBalancer.domain.hostedZoneId', words.loadBalancer.notZoneId({ id: show(hostedZoneId) }));
  }
  checkOneOf(report, 'loadBalancer.domain.sslPolicy', sslPolicy, TLS_POLICIES);
}

function firewallRules({ mode, requestsPerAddress, signInsPerAddress }: FirewallConfig, report: Report): void {
  checkOneOf(report, 'loadBalancer.firewall.mode', mode, ['count', 'block']);
  checkInteger(report, 'loadBalancer.firewall.requestsPerAddress', requestsPerAddress, LOWEST_RATE + 1, HIGHEST_RATE);
  checkInteger(report, 'loadBalancer.firewall.signInsPerAddress', signInsPerAddress, LOWEST_RATE, HIGHEST_RATE);
  // No limit of sign-ins is below the lowest one.
  if (requestsPerAddress > LOWEST_RATE && signInsPerAddress >= requestsPerAddress) {
    const example = Math.max(LOWEST_RATE, Math.floor(requestsPerAddress / 20));
    report(
      'loadBalancer.firewall.signInsPerAddress',
      words.loadBalancer.signInsNotBelowRequests({
        signIns: signInsPerAddress,
        requests: requestsPerAddress,
        example,
      }),
    );
  }
}
