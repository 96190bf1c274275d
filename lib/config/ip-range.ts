import { isIP } from 'node:net';

/** A range of IP addresses: its first address and the number of leading bits that all of its addresses share. */
export interface IpRange {
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefix: number;
}

/** Reads a range in CIDR notation; `undefined` if it is none, or if its address is not the first one of the range. */
export function parseIpRange(cidr: string): IpRange | undefined {
  const slash = cidr.indexOf('/');
  const [address, length] = [cidr.slice(0, slash), cidr.slice(slash + 1)];
  const version = isIP(address);
  // An IPv6 address may name a network interface of the machine, as in fe80::1%eth0.
  if (version === 0 || address.includes('%') || !/^(0|[1-9]\d*)$/.test(length)) return undefined;
  const prefix = Number(length);
  const bits = bitsOf(address);
  if (prefix > bits.length || bits.includes('1', prefix)) return undefined;
  return { family: version === 4 ? 'ipv4' : 'ipv6', address, prefix };
}

/** True if every address of `inner` is one of `outer`; a range contains itself. */
export function contains(outer: IpRange, inner: IpRange): boolean {
  return (
    outer.family === inner.family &&
    outer.prefix <= inner.prefix &&
    bitsOf(inner.address).startsWith(bitsOf(outer.address).slice(0, outer.prefix))
  );
}

/** True if the ranges share an address. Then one contains the other: ranges in CIDR notation never overlap partly. */
export function overlap(one: IpRange, other: IpRange): boolean {
  return contains(one, other) || contains(other, one);
}

/** The 32 or 128 bits of a valid address. */
function bitsOf(address: string): string {
  if (isIP(address) === 4) return binary(address.split('.').map(Number), 8);
  // As a URL writes it, an IPv4 address at the end is hexadecimal like the rest; only `::` remains to be filled up.
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const full = text.replace('::', `:${'0:'.repeat(8 - groupsOf(text).length)}`);
  return binary(groupsOf(full), 16);
}

function groupsOf(text: string): number[] {
  const groups = text.split(':').filter((group) => group !== '');
  return groups.map((group) => parseInt(group, 16));
}

function binary(numbers: readonly number[], width: number): string {
  return numbers.map((number) => number.toString(2).padStart(width, '0')).join('');
}
