import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';

/** End of a network path: security groups, or a range of addresses. */
type Endpoint = readonly SecurityGroup[] | string;

/** Range of all IPv4 addresses. */
export const EVERYWHERE = '0.0.0.0/0';

/** Sentence on the groups that block a TCP port: those at the end of the path, or at its beginning. */
export function blockedBy(source: Endpoint, destination: Endpoint, port: number): string | undefined {
  const sourceName = groupNames(source);
  const destinationName = groupNames(destination);
  if (!admitsIncoming(destination, port, source)) {
    return `${destinationName} does not admit port ${port} from ${sourceName}`;
  }
  if (!admitsOutgoing(source, port, destination)) {
    return `${sourceName} lets nothing out to port ${port} of ${destinationName}`;
  }
  return undefined;
}

/** Groups as a person finds them: `prooflink-dev-rds-sg (sg-0123)`. */
export function groupNames(endpoint: Endpoint): string {
  if (typeof endpoint === 'string') return endpoint;
  const names = endpoint.map(({ GroupId = '', GroupName = '' }) => `${GroupName} (${GroupId})`);
  return names.join(', ');
}

/** A range of addresses has no rules: it admits everything. */
function admitsIncoming(groups: Endpoint, port: number, source: Endpoint): boolean {
  if (typeof groups === 'string') return true;
  return groups.some(({ IpPermissions = [] }) => admits(IpPermissions, port, source));
}

function admitsOutgoing(groups: Endpoint, port: number, destination: Endpoint): boolean {
  if (typeof groups === 'string') return true;
  return groups.some(({ IpPermissionsEgress = [] }) => admits(IpPermissionsEgress, port, destination));
}

function admits(rules: readonly IpPermission[], port: number, peer: Endpoint): boolean {
  return rules.some((rule) => isForPort(rule, port) && isForPeer(rule, peer));
}

function isForPort(rule: IpPermission, port: number): boolean {
  if (rule.IpProtocol === '-1') return true;
  const firstPort = rule.FromPort ?? 0;
  const lastPort = rule.ToPort ?? 65535;
  return rule.IpProtocol === 'tcp' && firstPort <= port && port <= lastPort;
}

function isForPeer(rule: IpPermission, peer: Endpoint): boolean {
  if (isForRange(rule, EVERYWHERE)) return true;
  return typeof peer === 'string' ? isForRange(rule, peer) : isForGroups(rule, peer);
}

function isForRange({ IpRanges = [] }: IpPermission, range: string): boolean {
  return IpRanges.some(({ CidrIp }) => CidrIp === range);
}

function isForGroups({ UserIdGroupPairs = [] }: IpPermission, groups: readonly SecurityGroup[]): boolean {
  const groupIds = groups.map(({ GroupId }) => GroupId);
  return UserIdGroupPairs.some(({ GroupId }) => groupIds.includes(GroupId));
}
