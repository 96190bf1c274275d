import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import { contains, parseIpv4Range } from '@infra/commands/app';
import { words } from './words';

/** A resource in the VPC. */
interface ResourceInVpc {
  readonly groups: readonly SecurityGroup[];
  /** Ranges of its subnets in CIDR notation. */
  readonly ranges: readonly string[];
}

/** End of a network path: a resource in the VPC, a range of IPv4 addresses in CIDR notation, or the id of a prefix list. */
type Endpoint = ResourceInVpc | string;

/** A path over TCP, on which only security groups are considered: no routes, and no network ACLs. */
interface NetworkPath {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** Port of the destination. */
  readonly port: number;
}

/** Range of all IPv4 addresses. */
export const EVERYWHERE = '0.0.0.0/0';

/** A sentence that says which end of a path blocks it, the destination first; `undefined`: no security group does. */
export function describeBlockage({ source, destination, port }: NetworkPath): string | undefined {
  const ends = { source: endpointName(source), destination: endpointName(destination), port };
  if (!admitsIncoming(destination, port, source)) return words.path.notAdmitted(ends);
  if (!admitsOutgoing(source, port, destination)) return words.path.notLetOut(ends);
  return undefined;
}

export function isBlocked(path: NetworkPath): boolean {
  return describeBlockage(path) !== undefined;
}

/** Security groups by name and id, `prooflink-dev-rds-sg (sg-0123)`; a range of addresses as it is. */
export function endpointName(endpoint: Endpoint): string {
  if (typeof endpoint === 'string') return endpoint;
  return endpoint.groups.map(({ GroupId = '', GroupName = '' }) => `${GroupName} (${GroupId})`).join(', ');
}

/** True if a destination admits a source. A range of addresses has no rules, and admits every source. */
function admitsIncoming(destination: Endpoint, port: number, source: Endpoint): boolean {
  if (typeof destination === 'string') return true;
  return destination.groups.some(({ IpPermissions = [] }) => admits(IpPermissions, port, source));
}

/** True if a source may send to a destination. A range of addresses has no rules, and may send everywhere. */
function admitsOutgoing(source: Endpoint, port: number, destination: Endpoint): boolean {
  if (typeof source === 'string') return true;
  return source.groups.some(({ IpPermissionsEgress = [] }) => admits(IpPermissionsEgress, port, destination));
}

/** True if a rule admits the other end of the path. */
function admits(rules: readonly IpPermission[], port: number, otherEnd: Endpoint): boolean {
  return rules.some((rule) => isForPort(rule, port) && isForEndpoint(rule, otherEnd));
}

/** Protocol of a rule for every protocol and port. */
const ALL_PROTOCOLS = '-1';

function isForPort(rule: IpPermission, port: number): boolean {
  if (rule.IpProtocol === ALL_PROTOCOLS) return true;
  const firstPort = rule.FromPort ?? 0;
  const lastPort = rule.ToPort ?? 65535;
  return rule.IpProtocol === 'tcp' && firstPort <= port && port <= lastPort;
}

function isForEndpoint(rule: IpPermission, endpoint: Endpoint): boolean {
  if (typeof endpoint === 'string') return isForRange(rule, endpoint);
  const { groups, ranges } = endpoint;
  const areRangesAdmitted = ranges.length > 0 && ranges.every((range) => isForRange(rule, range));
  return areRangesAdmitted || isForGroups(rule, groups);
}

/** True if a range or prefix list of a rule is this one, or a wider range that contains it. */
function isForRange({ IpRanges = [], PrefixListIds = [] }: IpPermission, cidr: string): boolean {
  if (PrefixListIds.some(({ PrefixListId }) => PrefixListId === cidr)) return true;
  const range = parseIpv4Range(cidr);
  return IpRanges.some(({ CidrIp = '' }) => {
    const ruleRange = parseIpv4Range(CidrIp);
    const isWider = range !== undefined && ruleRange !== undefined && contains(ruleRange, range);
    return CidrIp === cidr || isWider;
  });
}

function isForGroups({ UserIdGroupPairs = [] }: IpPermission, groups: readonly SecurityGroup[]): boolean {
  const groupIds = groups.map(({ GroupId }) => GroupId);
  return UserIdGroupPairs.some(({ GroupId }) => groupIds.includes(GroupId));
}
