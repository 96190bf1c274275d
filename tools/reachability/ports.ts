/** Ports of a protocol; `-1` is every protocol, with every port. */
export interface Ports {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** What both allow; `undefined` where that is nothing. */
export function commonPorts(one: Ports, other: Ports): Ports | undefined {
  if (one.protocol === '-1') return other;
  if (other.protocol === '-1') return one;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return one.protocol === other.protocol && from <= to ? { protocol: one.protocol, from, to } : undefined;
}

export function portsText({ protocol, from, to }: Ports): string {
  if (protocol === '-1') return 'all';
  return `${protocol} ${from === to ? String(from) : `${String(from)}-${String(to)}`}`;
}

/** Whether two IPv4 ranges share an address. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [bounds(one), bounds(other)];
  return a.first <= b.last && b.first <= a.last;
}

/** Whether all of a range lies within another; what is no IPv4 range lies in none. */
export function within(inner: string, outer: string): boolean {
  if (!/^[\d.]+\/\d+$/.test(inner)) return false;
  const [a, b] = [bounds(inner), bounds(outer)];
  return b.first <= a.first && a.last <= b.last;
}

function bounds(cidr: string): { first: number; last: number } {
  const [address = '', length = '32'] = cidr.split('/');
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}
