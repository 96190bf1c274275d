import { isIP } from 'node:net';

/** A range of IP addresses: its first address and the number of leading bits that all of its addresses share. */
export interface IpRange {
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefix: number;
}

/** Reads a range in CIDR notation; `undefined` if it is none, or if its address is not the first one of the range. */
export function parseIpRange(cidr: string): IpRange | undefined {
  const [, address = '', length = ''] = /^([^/%]+)\/(0|[1-9]\d{0,2})$/.exec(cidr) ?? [];
  const version = isIP(address);
  if (version === 0) return undefined;
  const prefix = Number(length);
  const bits = bitsOf(address);
  if (prefix > bits.length || bits.includes('1', prefix)) return undefined;
  return { family: version === 4 ? 'ipv4' : 'ipv6', address, prefix };
}

/** Whether every address of `inner` is one of `outer`; a range contains itself. */
export function contains(outer: IpRange, inner: IpRange): boolean {
  return (
    outer.family === inner.family &&
    outer.prefix <= inner.prefix &&
    bitsOf(inner.address).startsWith(bitsOf(outer.address).slice(0, outer.prefix))
  );
}

/** Whether the ranges share an address. Then one contains the other: ranges in CIDR notation never overlap partly. */
export function overlap(one: IpRange, other: IpRange): boolean {
  return contains(one, other) || contains(other, one);
}

/** The 32 or 128 bits of a valid address. */
function bitsOf(address: string): string {
  if (isIP(address) === 4) return binary(address.split('.').map(Number), 8);
  // As a URL writes it, an IPv4 address at the end is hexadecimal like the rest; only `::` remains to be filled up.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::').map(groupsOf);
  const [head = [], tail = []] = groups;
  return binary([...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail], 16);
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
}

function binary(numbers: readonly number[], width: number): string {
  return numbers.map((number) => number.toString(2).padStart(width, '0')).join('');
}
