import type { Resource } from '@infra/common/template';
import { isTrue, valueAtPath } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { Effect } from '../model/finding';
import { includesPorts, isEveryPort, type Ports, portsText } from '../network/ports';

const NETWORK_ACL_ENTRY = 'AWS::EC2::NetworkAclEntry';

/** Numbers that IANA assigns to protocols which have ports. */
const PROTOCOLS_WITH_PORTS: ReadonlyMap<string, string> = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
]);

const LOWEST_PORT = 0;
const HIGHEST_PORT = 65535;

const EVERY_ADDRESS: ReadonlySet<unknown> = new Set(['0.0.0.0/0', '::/0']);

/** Traffic with every address that an entry of a network ACL allows. */
interface OpenTraffic {
  readonly direction: 'in' | 'out';
  readonly range: string;
  readonly ports: Ports;
}

/** Effect of an entry of a network ACL that newly allows traffic with every address. */
export function networkAclEffects(before: Resource | undefined, after: Resource): Effect[] {
  const openAfter = openTrafficOf(after);
  if (!openAfter) return [];
  const openBefore = before && openTrafficOf(before);
  if (openBefore && coversTraffic(openBefore, openAfter)) return [];
  const { direction, range, ports } = openAfter;
  const message = direction === 'in' ? 'aclOpensIn' : 'aclOpensOut';
  const sentence = wordsOf(message, {
    ports: isEveryPort(ports) ? wordsOf('everyPort') : portsText(ports),
    range,
  });
  return [{ level: 'weaker', sentence }];
}

/** Undefined if an entry denies its traffic, or allows it with some addresses only. */
function openTrafficOf({ Type, Properties = {} }: Resource): OpenTraffic | undefined {
  if (Type !== NETWORK_ACL_ENTRY || Properties['RuleAction'] !== 'allow') return undefined;
  const range = Properties['CidrBlock'] ?? Properties['Ipv6CidrBlock'];
  if (!EVERY_ADDRESS.has(range)) return undefined;
  return {
    direction: isTrue(Properties['Egress']) ? 'out' : 'in',
    range: String(range),
    ports: portsOf(Properties),
  };
}

function portsOf(properties: Readonly<Record<string, unknown>>): Ports {
  const number = String(properties['Protocol']);
  const from = valueAtPath(properties, 'PortRange', 'From');
  const to = valueAtPath(properties, 'PortRange', 'To');
  return {
    protocol: PROTOCOLS_WITH_PORTS.get(number) ?? number,
    from: portOf(from, LOWEST_PORT),
    to: portOf(to, HIGHEST_PORT),
  };
}

/** Intrinsics are unknown at synth: assume the widest range. */
function portOf(value: unknown, widest: number): number {
  const port = Number(value);
  return Number.isInteger(port) ? port : widest;
}

function coversTraffic(wide: OpenTraffic, narrow: OpenTraffic): boolean {
  const isSameWay = wide.direction === narrow.direction && wide.range === narrow.range;
  return isSameWay && includesPorts(wide.ports, narrow.ports);
}
