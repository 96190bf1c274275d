import { isIpRange } from './ip-range';
import type { Ports } from './ports';
import { conditionalItems, referencedIds, type Resources } from '@infra/common/template';
import { isRecord } from '@infra/common/values';

/** Traffic that a security group allows, in or out. */
export interface Rule extends Ports {
  readonly group: string;
  readonly direction: 'in' | 'out';
  /** An address range, a prefix list, or the logical id of a group. */
  readonly peer: string;
}

/** Every rule of every group, inline or separate. */
export function readRules(resources: Resources): Rule[] {
  const standalone = (type: 'Ingress' | 'Egress', direction: Rule['direction']) =>
    resources
      .ofType(`AWS::EC2::SecurityGroup${type}`)
      .flatMap(({ properties }) => rules(referencedIds(properties['GroupId'])[0] ?? '', direction, properties));
  const outbound = standalone('Egress', 'out');
  return [
    ...standalone('Ingress', 'in'),
    ...outbound,
    ...resources.ofType('AWS::EC2::SecurityGroup').flatMap(({ id, properties }) => {
      const egress = listed(properties['SecurityGroupEgress']);
      // AWS lets everything out of a group without outbound rules.
      const isOpen = egress.length === 0 && !outbound.some(({ group }) => group === id);
      return [
        ...listed(properties['SecurityGroupIngress']).flatMap((inline) => rules(id, 'in', inline)),
        ...(isOpen ? [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] : egress).flatMap((inline) =>
          rules(id, 'out', inline),
        ),
      ];
    }),
  ];
}

/** The rules of a list, in every branch of a condition. Results of other functions are unknown at synth. */
function listed(value: unknown): Record<string, unknown>[] {
  return conditionalItems(value).flatMap(([item]) => (isRecord(item) ? [item] : []));
}

const PEER = /^(CidrIp(v6)?|(Source|Destination)(SecurityGroup|PrefixList)Id)$/;

/** True if a value of a rule, or rules as a whole, are read here: what a function gives is not. */
export function isReadRule(path: string, value: unknown): boolean {
  const isRead = (key: string, one: unknown) =>
    key === 'Description' ||
    (/^(IpProtocol|FromPort|ToPort)$/.test(key) && /^(-?\d+|tcp|udp|icmp|icmpv6)$/.test(String(one))) ||
    ((key === 'GroupId' || PEER.test(key)) && typeof one === 'string');
  const key = path.split('.').at(-1) ?? '';
  if (!/gress(\[|$)/.test(key)) return value === undefined || isRead(key, value);
  return conditionalItems(value).every(
    ([rule]) => isRecord(rule) && Object.entries(rule).every(([name, one]) => isRead(name, one)),
  );
}

/** A rule, once for each peer that a function may give. */
function rules(group: string, direction: Rule['direction'], properties: Record<string, unknown>): Rule[] {
  const given = Object.entries(properties).flatMap(([key, value]) => (PEER.test(key) ? conditionalItems(value) : []));
  const peers = given.flatMap(([peer]) => referencedIds(peer).slice(0, 1));
  const ports = { from: port(properties['FromPort'], 0), to: port(properties['ToPort'], 65535) };
  const protocol = String(properties['IpProtocol']);
  return (peers.length > 0 ? peers : ['unknown']).map((peer) => ({ group, direction, peer, protocol, ...ports }));
}

/** Intrinsics are unknown at synth: assume the widest range. */
function port(value: unknown, unknown: number): number {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? Number(value) : unknown;
}

/** Rules whose peer is not in the template, or is a range that AWS would read as another one. */
export function unknownPeers(resources: Resources): string[] {
  const groups = new Set(resources.ofType('AWS::EC2::SecurityGroup').map(({ id }) => id));
  return readRules(resources)
    .filter(({ peer }) => !groups.has(peer) && !isIpRange(peer) && !peer.startsWith('pl-'))
    .map(({ group, peer }) => `${resources.nameOf(group)} has a rule for ${peer}, which is not understood here.`);
}
