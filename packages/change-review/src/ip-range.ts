import { isIP } from 'node:net';
import { IPv4, IPv6, parseCIDR } from 'ipaddr.js';

/** The first address of a range and the number of leading bits that all of its addresses share. */
export type IpRange = readonly [address: IPv4 | IPv6, prefix: number];

const ranges = new Map<string, IpRange | undefined>();

/** Reads a range in CIDR notation; `undefined` if it is none, or if its address is not the first one of the range. */
export function parseIpRange(cidr: string): IpRange | undefined {
  if (!ranges.has(cidr)) ranges.set(cidr, parse(cidr));
  return ranges.get(cidr);
}

function parse(cidr: string): IpRange | undefined {
  const [address = '', ...lengths] = cidr.split('/');
  // The library also reads `10.1` and `/08`; an IPv6 address may name a network interface, as in fe80::1%eth0.
  if (isIP(address) === 0 || address.includes('%') || !/^(0|[1-9]\d*)$/.test(lengths.join('/'))) return undefined;
  const family = isIP(address) === 4 ? IPv4 : IPv6;
  if (!family.isValidCIDR(cidr)) return undefined;
  const range = parseCIDR(cidr);
  return family.networkAddressFromCIDR(cidr).toString() === range[0].toString() ? range : undefined;
}

/** True if every address of `inner` is one of `outer`; a range contains itself. */
export function contains([outer, bits]: IpRange, [inner, innerBits]: IpRange): boolean {
  return outer.kind() === inner.kind() && bits <= innerBits && inner.match(outer, bits);
}

/** True if the ranges share an address. Then one contains the other: ranges in CIDR notation never overlap partly. */
export function overlap(one: IpRange, other: IpRange): boolean {
  return contains(one, other) || contains(other, one);
}
