import { parseIpRange } from '../../lib/config/ip-range';
import type { Ports } from './ports';
import { references, type Resources } from './template';
import { functionOf } from './reading';
import { isRecord } from './values';

/** What a security group lets in or out. */
export interface Rule extends Ports {
  readonly group: string;
  readonly direction: 'in' | 'out';
  /** An address range, a prefix list, or the logical id of a group. */
  readonly peer: string;
}

/** Every rule of every group, inline or separate. */
export function readRules(resources: Resources): Rule[] {
  const standalone = (type: 'Ingress' | 'Egress') =>
    resources.of(`AWS::EC2::SecurityGroup${type}`).map(({ properties }) => ({
      group: references(properties['GroupId'])[0] ?? '',
      properties,
    }));
  const outbound = standalone('Egress');
  return [
    ...standalone('Ingress').map(({ group, properties }) => rule(group, 'in', properties)),
    ...outbound.map(({ group, properties }) => rule(group, 'out', properties)),
    ...resources.of('AWS::EC2::SecurityGroup').flatMap(({ id, properties }) => {
      const egress = properties['SecurityGroupEgress'];
      // AWS lets everything out of a group without outbound rules.
      const open = listed(egress).length === 0 && !outbound.some(({ group }) => group === id);
      return [
        ...listed(properties['SecurityGroupIngress']).map((inline) => rule(id, 'in', inline)),
        ...listed(open ? [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] : egress).map((inline) => rule(id, 'out', inline)),
      ];
    }),
  ];
}

/** The rules of a list, in whichever branch of a condition; what another function gives nobody knows. */
function listed(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(listed);
  const [key, argument] = functionOf(value) ?? [];
  if (key === 'Fn::If' && Array.isArray(argument)) return listed(argument.slice(1));
  if (key === 'Ref' && argument === 'AWS::NoValue') return [];
  return isRecord(value) ? [value] : [];
}

function rule(group: string, direction: Rule['direction'], properties: Record<string, unknown>): Rule {
  const { CidrIp, CidrIpv6, SourceSecurityGroupId, DestinationSecurityGroupId } = properties;
  const lists = [properties['SourcePrefixListId'], properties['DestinationPrefixListId']];
  const [peer = 'unknown'] = references([
    CidrIp,
    CidrIpv6,
    SourceSecurityGroupId,
    DestinationSecurityGroupId,
    ...lists,
  ]);
  return {
    group,
    direction,
    peer,
    protocol: String(properties['IpProtocol']),
    from: port(properties['FromPort'], 0),
    to: port(properties['ToPort'], 65535),
  };
}

/** Of a function nobody knows which port it gives. */
function port(value: unknown, unknown: number): number {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? Number(value) : unknown;
}

/** Rules whose peer is not in the template, or is a range that AWS would read as another one. */
export function unknownPeers(resources: Resources): string[] {
  const groups = new Set(resources.of('AWS::EC2::SecurityGroup').map(({ id }) => id));
  return readRules(resources)
    .filter(({ peer }) => !groups.has(peer) && !parseIpRange(peer) && !peer.startsWith('pl-'))
    .map(({ group, peer }) => `${resources.nameOf(group)} has a rule for ${peer}, which is not understood here.`);
}
