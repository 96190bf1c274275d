/** Ports of a protocol; `-1` is every protocol, with every port. */
export interface Ports {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** Ports that both allow; `undefined` if there are none. */
export function commonPorts(one: Ports, other: Ports): Ports | undefined {
  if (one.protocol === '-1') return other;
  if (other.protocol === '-1') return one;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return one.protocol === other.protocol && from <= to ? { protocol: one.protocol, from, to } : undefined;
}

export function portsText({ protocol, from, to }: Ports): string {
  if (protocol === '-1') return 'all';
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}
