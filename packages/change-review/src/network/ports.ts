/** Ports of a protocol; `-1` is every protocol, with every port. */
export interface Ports {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** Text of ports that are known only at the deployment, which may be any of the range. */
  readonly unknown?: string | undefined;
}

const EVERY_PROTOCOL = '-1';

/** Ports that both ranges have; `undefined` if there are none. */
export function commonPorts(one: Ports, other: Ports): Ports | undefined {
  if (one.protocol === EVERY_PROTOCOL) return other;
  if (other.protocol === EVERY_PROTOCOL) return one;
  if (one.protocol !== other.protocol) return undefined;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  const unknown = one.unknown ?? other.unknown;
  return from <= to ? { protocol: one.protocol, from, to, unknown } : undefined;
}

/** True if a range has all ports of another one. */
export function includesPorts(wide: Ports, narrow: Ports): boolean {
  const common = commonPorts(wide, narrow);
  const isWholeRange = common?.from === narrow.from && common.to === narrow.to;
  return isWholeRange && portsText(common) === portsText(narrow);
}

export function isEveryPort({ protocol }: Ports): boolean {
  return protocol === EVERY_PROTOCOL;
}

export function portsText(ports: Ports): string {
  if (isEveryPort(ports)) return 'all';
  const { protocol, from, to, unknown } = ports;
  if (unknown !== undefined) return `${protocol} ${unknown}`;
  // ICMP has a type and a code in their place; the code -1 is every one.
  const range = from < to ? `${from}-${to}` : from;
  return `${protocol} ${range}`;
}
