import { functionOf, type NamedResource, referencedIds, type Resources } from '@infra/common/template';
import { isRecord } from '@infra/common/values';
import { conditionalItems } from '../read/conditional-items';
import { readableValue } from '../read/normalized-text';
import { isIpRange } from './ip-range';
import type { Ports } from './ports';

/** Traffic that a security group allows, in or out. */
export interface Rule extends Ports {
  readonly group: string;
  readonly direction: Direction;
  /** An address range, a prefix list, or the logical ID of a group. */
  readonly peer: string;
  /** Conditions of the template under which it exists. */
  readonly conditions: readonly string[];
}

export type Direction = 'in' | 'out';

type RuleProperties = Readonly<Record<string, unknown>>;

const PEER = /^(CidrIp(v6)?|(Source|Destination)(SecurityGroup|PrefixList)Id)$/;
const PROTOCOL_OR_PORT = /^(IpProtocol|FromPort|ToPort)$/;
const KNOWN_PROTOCOL_OR_PORT = /^(-?\d+|tcp|udp|icmp|icmpv6)$/;
const PROTOCOL_NAMES: ReadonlyMap<string, string> = new Map([
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
]);
const PORT = /^-?\d+$/;
/** End of a condition of an item: whether it holds. */
const TRUTH = / (holds|does not hold)$/;
/** Bounds of ports that are unknown. */
const LOWEST_PORT = 0;
const HIGHEST_PORT = 65535;

/** End of a path to one rule, or to all rules, of a group; not to a value within a rule. */
const WHOLE_RULES = /gress(\[|$)/;

/** AWS lets everything out of a group without outbound rules. */
const EVERYTHING: RuleProperties = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };

/** Every rule of every group, inline or separate. */
export function readRules(resources: Resources): Rule[] {
  const ingress = separateRules('Ingress', 'in', resources);
  const egress = separateRules('Egress', 'out', resources);
  const groupsWithEgress = new Set(egress.map(({ group }) => group));
  const groups = resources.ofType('AWS::EC2::SecurityGroup');
  const inline = groups.flatMap((group) => {
    const hasSeparateEgress = groupsWithEgress.has(group.id);
    return inlineRules(group, hasSeparateEgress, resources);
  });
  return [...ingress, ...egress, ...inline];
}

function separateRules(type: 'Ingress' | 'Egress', direction: Direction, resources: Resources): Rule[] {
  const rules = resources.ofType(`AWS::EC2::SecurityGroup${type}`);
  return rules.flatMap(({ properties, conditions }) => {
    const [group = ''] = referencedIds(properties['GroupId']);
    return rulesFor({ group, direction, conditions }, properties, resources);
  });
}

function inlineRules(resource: NamedResource, hasSeparateEgress: boolean, resources: Resources): Rule[] {
  const { SecurityGroupIngress, SecurityGroupEgress } = resource.properties;
  const egress = rulesInList('out', resource, SecurityGroupEgress, resources);
  const isOpen = egress.length === 0 && !hasSeparateEgress;
  const effectiveEgress = isOpen ? rulesInList('out', resource, EVERYTHING, resources) : egress;
  return [...rulesInList('in', resource, SecurityGroupIngress, resources), ...effectiveEgress];
}

/** The rules of a list, in every branch of a condition. Results of other functions are unknown at synth. */
function rulesInList(
  direction: Direction,
  { id, conditions: ofGroup }: NamedResource,
  list: unknown,
  resources: Resources,
): Rule[] {
  return conditionalItems(list).flatMap(([item, ofItem]) => {
    const conditions = [...ofGroup, ...withoutTruth(ofItem)];
    const isRule = isRecord(item) && !functionOf(item);
    return isRule ? rulesFor({ group: id, direction, conditions }, item, resources) : [];
  });
}

/** A rule, once for each peer that a function may give. */
function rulesFor(
  rule: Pick<Rule, 'group' | 'direction' | 'conditions'>,
  properties: RuleProperties,
  resources: Resources,
): Rule[] {
  const peers = peersIn(properties);
  const from = resources.defaultOf(properties['FromPort']);
  const to = resources.defaultOf(properties['ToPort']);
  const ports: Ports = {
    protocol: protocolOf(properties['IpProtocol']),
    from: knownPort(from) ?? LOWEST_PORT,
    to: knownPort(to) ?? HIGHEST_PORT,
    unknown: unknownPorts(from, to),
  };
  const knownPeers = peers.length > 0 ? peers : [{ peer: 'unknown', conditions: [] }];
  return knownPeers.map(({ peer, conditions }) => {
    return { ...rule, peer, ...ports, conditions: [...rule.conditions, ...conditions] };
  });
}

/** AWS reads the name of a protocol in any case, or its number. */
function protocolOf(value: unknown): string {
  const name = String(value).toLowerCase();
  return PROTOCOL_NAMES.get(name) ?? name;
}

/** A port; undefined for the result of a function. A parameter has its default here. */
function knownPort(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && PORT.test(value) ? Number(value) : undefined;
}

/** Text of ports of which one is the result of a function. */
function unknownPorts(...ports: readonly unknown[]): string | undefined {
  const areKnown = ports.every((port) => port === undefined || knownPort(port) !== undefined);
  if (areKnown) return undefined;
  const texts = ports.map((port) => {
    const [name, argument] = functionOf(port) ?? [];
    return name === 'Ref' ? `\${${String(argument)}}` : readableValue(port);
  });
  return [...new Set(texts)].join('-');
}

function withoutTruth(conditions: readonly string[]): string[] {
  return conditions.map((condition) => condition.replace(TRUTH, ''));
}

function peersIn(properties: RuleProperties): Pick<Rule, 'peer' | 'conditions'>[] {
  const peers: Pick<Rule, 'peer' | 'conditions'>[] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (!PEER.test(name)) continue;
    for (const [item, conditionsOfItem] of conditionalItems(value)) {
      const [peer] = referencedIds(item);
      if (peer !== undefined) peers.push({ peer, conditions: withoutTruth(conditionsOfItem) });
    }
  }
  return peers;
}

/** True if a value of a rule, or rules as a whole, are read here. The result of a function is not. */
export function isRuleRead(path: string, value: unknown): boolean {
  const name = path.split('.').at(-1) ?? '';
  if (!WHOLE_RULES.test(name)) return value === undefined || isPropertyRead(name, value);
  const rules = conditionalItems(value);
  return rules.every(([rule]) => isRecord(rule) && isWholeRuleRead(rule));
}

function isWholeRuleRead(rule: RuleProperties): boolean {
  const properties = Object.entries(rule);
  return properties.every(([property, value]) => isPropertyRead(property, value));
}

function isPropertyRead(property: string, value: unknown): boolean {
  if (property === 'Description') return true;
  if (PROTOCOL_OR_PORT.test(property)) return KNOWN_PROTOCOL_OR_PORT.test(String(value));
  const namesGroupOrPeer = property === 'GroupId' || PEER.test(property);
  return namesGroupOrPeer && typeof value === 'string';
}

/** Peer of a rule that is no group of the template, and no range of addresses. */
interface UnknownPeer {
  /** Name of the group that has the rule. */
  readonly name: string;
  readonly peer: string;
}

/** Problems with rules whose peer is not in the template, or is a range that AWS would read as another one. */
export function unknownPeers(resources: Resources): UnknownPeer[] {
  const groups = resources.ofType('AWS::EC2::SecurityGroup');
  const groupIds = new Set(groups.map(({ id }) => id));
  const unknownRules = readRules(resources).filter(({ peer }) => {
    const isOutsideAddress = isIpRange(peer) || isPrefixList(peer);
    return !isOutsideAddress && !groupIds.has(peer);
  });
  return unknownRules.map(({ group, peer }) => ({ name: resources.nameOf(group), peer }));
}

export function isPrefixList(peer: string): boolean {
  return peer.startsWith('pl-');
}
