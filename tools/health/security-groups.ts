import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';

/** Who is on the other side: security groups, or a range of addresses. */
interface Peer {
  readonly groups?: readonly SecurityGroup[];
  readonly range?: string;
}

/** Whether the groups let a TCP port in from this peer, or from everybody. */
export function letsIn(groups: readonly SecurityGroup[], port: number, from: Peer): boolean {
  return groups.some(({ IpPermissions = [] }) => IpPermissions.some((rule) => admits(rule, port, from)));
}

/** Whether the groups let a TCP port out to this peer, or to everybody. */
export function letsOut(groups: readonly SecurityGroup[], port: number, to: Peer): boolean {
  return groups.some(({ IpPermissionsEgress = [] }) => IpPermissionsEgress.some((rule) => admits(rule, port, to)));
}

function admits(rule: IpPermission, port: number, { groups = [], range = '0.0.0.0/0' }: Peer): boolean {
  const { IpProtocol, FromPort = 0, ToPort = 65535, IpRanges = [], UserIdGroupPairs = [] } = rule;
  const isPort = IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort);
  const isRange = IpRanges.some(({ CidrIp = '' }) => ['0.0.0.0/0', range].includes(CidrIp));
  return isPort && (isRange || UserIdGroupPairs.some((pair) => groups.some(({ GroupId }) => GroupId === pair.GroupId)));
}

/** Groups as a person finds them: `prooflink-dev-rds-sg (sg-0123)`. */
export function named(groups: readonly SecurityGroup[]): string {
  return groups.map(({ GroupId = '', GroupName = '' }) => `${GroupName} (${GroupId})`).join(', ');
}
