import { isIPv4 } from 'node:net';
import type { EnvironmentConfig, SubnetConfig } from '../environment';
import { type Report, show } from './check';

interface Range {
  readonly length: number;
  readonly first: number;
  /** The first address after it. */
  readonly end: number;
}

/** RFC 1918: what a VPC may use without hiding a part of the internet. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Reads an IPv4 range; `undefined` where it is none, or where its address is not its network's first. */
function parseCidr(cidr: string): Range | undefined {
  const slash = cidr.indexOf('/');
  const [address, bits] = [cidr.slice(0, slash), cidr.slice(slash + 1)];
  if (!isIPv4(address) || !/^([12]?\d|3[0-2])$/.test(bits)) return undefined;
  const first = address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);
  const length = Number(bits);
  const size = 2 ** (32 - length);
  return first % size === 0 ? { length, first, end: first + size } : undefined;
}

function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.end <= outer.end;
}

/** Of two ranges that begin where their length lets them, one contains the other, or they are apart. */
function overlap(one: Range, other: Range): boolean {
  return contains(one, other) || contains(other, one);
}

/** An IPv4 range of a size that AWS takes for VPCs and subnets. */
function readRange(report: Report, field: string, cidr: string): Range | undefined {
  const range = parseCidr(cidr);
  if (!range) {
    report(
      field,
      `${show(cidr)} is no IPv4 range; write the network's first address and its length, as in 10.0.1.0/24`,
    );
    return undefined;
  }
  if (range.length < 16 || range.length > 28) {
    report(field, `${cidr} is not between /16 and /28, the sizes that AWS allows`);
  }
  return range;
}

/** Zones, and ranges that are valid, inside the VPC and apart from each other. */
export function networkRules(config: EnvironmentConfig, report: Report): void {
  const { network, region } = config;
  zoneRules(network.availabilityZones, region, report);

  const vpc = readRange(report, 'network.cidr', network.cidr);
  if (vpc && !PRIVATE_RANGES.map(parseCidr).some((range) => range && contains(range, vpc))) {
    report('network.cidr', `${network.cidr} is no private range; take one inside ${PRIVATE_RANGES.join(', ')}`);
  }

  const seen: { field: string; cidr: string; range: Range }[] = [];
  const subnets = (kind: 'publicSubnets' | 'privateSubnets', configs: readonly SubnetConfig[]) => {
    if (configs.length !== network.availabilityZones.length) {
      const zones = network.availabilityZones.length;
      report(`network.${kind}`, `${configs.length} for ${zones} availability zones; write one subnet per zone`);
    }
    for (const [index, { cidr }] of configs.entries()) {
      const field = `network.${kind}[${index}].cidr`;
      const range = readRange(report, field, cidr);
      if (!range) continue;
      if (vpc && !contains(vpc, range)) report(field, `${cidr} lies outside ${network.cidr}`);
      for (const other of seen.filter((one) => overlap(one.range, range))) {
        report(field, `${cidr} overlaps ${other.cidr} of ${other.field}`);
      }
      seen.push({ field, cidr, range });
    }
  };
  subnets('publicSubnets', network.publicSubnets);
  subnets('privateSubnets', network.privateSubnets);
}

function zoneRules(zones: readonly string[], region: string, report: Report): void {
  if (new Set(zones).size < 2) {
    report(
      'network.availabilityZones',
      `${show(zones.join(', '))}: fewer than two zones; the load balancer and the DB subnet group need two`,
    );
  }
  for (const [index, zone] of zones.entries()) {
    const field = `network.availabilityZones[${index}]`;
    if (!zone.startsWith(region) || !/^[a-z]$/.test(zone.slice(region.length))) {
      report(field, `${show(zone)} is no zone of ${show(region)}; a zone is called as its region and a letter`);
    }
    if (zones.indexOf(zone) !== index) report(field, `${show(zone)} stands here twice; take different zones`);
  }
}
