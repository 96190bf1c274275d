import type { SecurityGroupChanges } from '@aws-cdk/cloudformation-diff/lib/network/security-group-changes';
import type { SecurityGroupRule } from '@aws-cdk/cloudformation-diff/lib/network/security-group-rule';
import { contains, parseIpRange } from '../../lib/config/ip-range';
import type { Finding } from './model';
import type { Naming } from '../shared/naming';
import { join, say, type Words } from '../shared/words';

type Direction = 'ingress' | 'egress';

/** What a change makes reachable that was not, a finding per security group. */
export function openedNetwork(changes: SecurityGroupChanges, naming: Naming): Finding[] {
  const opened = (['ingress', 'egress'] as const).flatMap((direction) =>
    changes[direction].additions
      .filter((rule) => !changes[direction].removals.some((old) => covers(old, rule)))
      .map((rule) => ({ direction, rule })),
  );
  return [...new Set(opened.map(({ rule }) => rule.groupId))].map((groupId) => {
    const ofGroup = opened.filter(({ rule }) => rule.groupId === groupId);
    const closed = (['ingress', 'egress'] as const).flatMap((direction) =>
      changes[direction].removals
        .filter((rule) => rule.groupId === groupId)
        .map((rule) => describe(direction, rule, naming)),
    );
    return {
      level: 'weaker',
      subject: say`Security group ${naming(groupId)}`,
      says: [
        ...ofGroup.map(({ direction, rule }) => say`Opened: ${describe(direction, rule, naming)}.`),
        ...(closed.length > 0 ? [say`No longer there: ${join(closed, '; ')}.`] : []),
      ],
      changes: [],
    };
  });
}

/** The rules of new security groups that let the whole internet in. */
export function openToEveryone(changes: SecurityGroupChanges, naming: Naming): Words[] {
  return changes.ingress.additions
    .filter((rule) => rule.peer?.kind === 'cidr-ip' && /\/0$/.test(rule.peer.ip))
    .map((rule) => say`${naming(rule.groupId)}: ${describe('ingress', rule, naming)}`);
}

function describe(direction: Direction, rule: SecurityGroupRule, naming: Naming): Words {
  // The library says "Everything" and "Everyone"; a reviewer greps for the range.
  const peer = rule.peer?.kind === 'cidr-ip' ? rule.peer.ip : naming(rule.describePeer());
  const everyone = /\/0$/.test(peer) ? (direction === 'ingress' ? ' (everyone)' : ' (anywhere)') : '';
  const protocol = rule.ipProtocol === '-1' ? 'every port and protocol' : rule.describeProtocol();
  return say`${protocol} ${[direction === 'ingress' ? 'from' : 'to']} ${peer}${[everyone]}`;
}

/** Whether everything that a rule lets through passed an old rule already: then the change narrows. */
function covers(old: SecurityGroupRule, rule: SecurityGroupRule): boolean {
  if (old.groupId !== rule.groupId || !coversPeer(old, rule)) return false;
  if (old.ipProtocol === '-1') return true;
  if (old.ipProtocol !== rule.ipProtocol) return false;
  if (old.fromPort === rule.fromPort && old.toPort === rule.toPort) return true;
  const [from, to] = [Number(old.fromPort), Number(old.toPort)];
  return from <= Number(rule.fromPort) && Number(rule.toPort) <= to;
}

function coversPeer(old: SecurityGroupRule, rule: SecurityGroupRule): boolean {
  if (old.peer?.kind !== 'cidr-ip' || rule.peer?.kind !== 'cidr-ip') {
    return JSON.stringify(old.peer) === JSON.stringify(rule.peer);
  }
  const [oldRange, range] = [parseIpRange(old.peer.ip), parseIpRange(rule.peer.ip)];
  return oldRange && range ? contains(oldRange, range) : old.peer.ip === rule.peer.ip;
}
