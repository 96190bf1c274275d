import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';

/** Who is on the other side: security groups, or a range of addresses. */
export interface Peer {
  readonly groups?: readonly string[];
  readonly range?: string;
}

/** Whether one of the rules lets a TCP port through, for this peer or for everybody. */
export function lets(rules: readonly IpPermission[], port: number, { groups = [], range }: Peer): boolean {
  return rules.some(({ IpProtocol, FromPort = 0, ToPort = 65535, IpRanges = [], UserIdGroupPairs = [] }) => {
    const isPort = IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort);
    const isPeer =
      IpRanges.some(({ CidrIp }) => CidrIp === range || CidrIp === '0.0.0.0/0') ||
      UserIdGroupPairs.some(({ GroupId = '' }) => groups.includes(GroupId));
    return isPort && isPeer;
  });
}

export const inbound = (groups: readonly SecurityGroup[]) => groups.flatMap(({ IpPermissions = [] }) => IpPermissions);
export const outbound = (groups: readonly SecurityGroup[]) =>
  groups.flatMap(({ IpPermissionsEgress = [] }) => IpPermissionsEgress);

/** Groups as a person finds them: `prooflink-dev-rds-sg (sg-0123)`. */
export function named(groups: readonly SecurityGroup[]): string {
  return groups.map(({ GroupId = '', GroupName = '' }) => `${GroupName} (${GroupId})`).join(', ');
}
