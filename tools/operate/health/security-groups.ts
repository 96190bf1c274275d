import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';

/** One side of a path: security groups, or a range of addresses. */
type Side = readonly SecurityGroup[] | string;

export const EVERYWHERE = '0.0.0.0/0';

/** Groups that keep a TCP port from being reached: those at the end of the path, or at its beginning. */
export function closed(from: Side, to: Side, port: number): string | undefined {
  if (typeof to !== 'string' && !to.some(({ IpPermissions }) => admits(IpPermissions, port, from)))
    return `${named(to)} does not admit port ${port} from ${named(from)}`;
  if (typeof from !== 'string' && !from.some(({ IpPermissionsEgress }) => admits(IpPermissionsEgress, port, to)))
    return `${named(from)} lets nothing out to port ${port} of ${named(to)}`;
  return undefined;
}

const admits = (rules: readonly IpPermission[] = [], port: number, other: Side) =>
  rules.some(({ IpProtocol, FromPort = 0, ToPort = 65535, IpRanges = [], UserIdGroupPairs = [] }) => {
    const isPort = IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort);
    const isRange = IpRanges.some(({ CidrIp = '' }) => [EVERYWHERE, other].includes(CidrIp));
    const groups = typeof other === 'string' ? [] : other.map(({ GroupId }) => GroupId);
    return isPort && (isRange || UserIdGroupPairs.some(({ GroupId }) => groups.includes(GroupId)));
  });

/** Groups as a person finds them: `prooflink-dev-rds-sg (sg-0123)`. */
export function named(side: Side): string {
  if (typeof side === 'string') return side;
  return side.map(({ GroupId = '', GroupName = '' }) => `${GroupName} (${GroupId})`).join(', ');
}
