import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { type Ipv4Range, isPrivate, parseIpv4Range, PRIVATE_RANGES } from '../ip-range';
import type { SubnetConfig } from '../sections/network';
import { checkDistinct, type Report, show } from './check';

/** A load balancer refuses a smaller subnet, and wants eight free addresses in it. */
const SMALLEST_FOR_LOAD_BALANCER = 27;

/** An IPv4 range of a size that AWS takes for VPCs and subnets. */
function readRange(report: Report, field: string, cidr: string): Ipv4Range | undefined {
  const range = parseIpv4Range(cidr);
  if (!range) {
    report(field, words.network.notRange({ cidr: show(cidr) }));
    return undefined;
  }
  if (range.prefix < 16 || range.prefix > 28) {
    report(field, words.network.sizeOutOfBounds({ cidr }));
  }
  return range;
}

/** Zones, and ranges of a valid size. The CDK's own validation refuses subnets that overlap or lie outside the VPC. */
export function networkRules(config: EnvironmentConfig, report: Report): void {
  const { network, region, loadBalancer } = config;
  zoneRules(network.availabilityZones, region, report);

  const vpc = readRange(report, 'network.cidr', network.cidr);
  if (vpc && !isPrivate(vpc)) {
    report('network.cidr', words.network.notPrivate({ cidr: network.cidr, privateRanges: PRIVATE_RANGES }));
  }

  // Behind CloudFront the load balancer is internal.
  const loadBalancerSubnets = loadBalancer.edge === undefined ? 'publicSubnets' : 'privateSubnets';
  const subnets = (kind: 'publicSubnets' | 'privateSubnets', configs: readonly SubnetConfig[]) => {
    if (configs.length !== network.availabilityZones.length) {
      const zones = network.availabilityZones.length;
      report(`network.${kind}`, words.network.notOneSubnetPerZone({ subnets: configs.length, zones }));
    }
    for (const [index, { cidr }] of configs.entries()) {
      const field = `network.${kind}[${index}].cidr`;
      const range = readRange(report, field, cidr);
      if (!range) continue;
      if (kind === loadBalancerSubnets && range.prefix > SMALLEST_FOR_LOAD_BALANCER) {
        report(field, words.network.subnetTooSmall({ cidr, smallest: SMALLEST_FOR_LOAD_BALANCER }));
      }
    }
  };
  subnets('publicSubnets', network.publicSubnets);
  subnets('privateSubnets', network.privateSubnets);
}

/** The only zone with a name that AWS gives to no new account. */
const CLOSED_ZONE = 'ap-northeast-1b';

/**
 * Letters of the zones of regions that have others than a, b and c
 * (docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html, and cfn-lint 1.51). An account
 * may have fewer of them: in us-west-1, for one, any two.
 */
const ZONE_LETTERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ap-northeast-1', ['a', 'c', 'd']],
  ['ap-northeast-2', ['a', 'b', 'c', 'd']],
  ['ca-central-1', ['a', 'b', 'c', 'd']],
  ['us-east-1', ['a', 'b', 'c', 'd', 'e', 'f']],
  ['us-west-2', ['a', 'b', 'c', 'd']],
]);

const USUAL_LETTERS = ['a', 'b', 'c'];

function zoneRules(zones: readonly string[], region: string, report: Report): void {
  if (new Set(zones).size < 2) {
    report('network.availabilityZones', words.network.tooFewZones({ zones: show(zones.join(', ')) }));
  }
  const letters = ZONE_LETTERS.get(region) ?? USUAL_LETTERS;
  for (const [index, zone] of zones.entries()) {
    const field = `network.availabilityZones[${index}]`;
    const letter = zone.startsWith(region) ? zone.slice(region.length) : '';
    if (zone === CLOSED_ZONE && zone.startsWith(region)) {
      report(field, words.network.closedZone({ zone, region }));
    } else if (!letters.includes(letter)) {
      report(field, words.network.unknownZone({ zone: show(zone), region: show(region), letters }));
    }
  }
  checkDistinct(report, 'network.availabilityZones', zones);
}
