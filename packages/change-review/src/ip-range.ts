import { isIP } from 'node:net';
import { IPv4, IPv6, parseCIDR } from 'ipaddr.js';

/** The first address of a range and the number of leading bits that all of its addresses share. */
type IpRange = readonly [address: IPv4 | IPv6, prefix: number];

const ranges = new Map<string, IpRange | undefined>();

/** Reads a range in CIDR notation; `undefined` if it is none, or if its address is not the first one of the range. */
function parse(cidr: string): IpRange | undefined {
  const [address = '', ...lengths] = cidr.split('/');
  // The library also reads `10.1` and `/08`; an IPv6 address may name a network interface, as in fe80::1%eth0.
  if (isIP(address) === 0 || address.includes('%') || !/^(0|[1-9]\d*)$/.test(lengths.join('/'))) return undefined;
  const family = isIP(address) === 4 ? IPv4 : IPv6;
  if (!family.isValidCIDR(cidr)) return undefined;
  const range = parseCIDR(cidr);
  return family.networkAddressFromCIDR(cidr).toString() === range[0].toString() ? range : undefined;
}

function rangeOf(cidr: string): IpRange | undefined {
  if (!ranges.has(cidr)) ranges.set(cidr, parse(cidr));
  return ranges.get(cidr);
}

/** True if a text is a range that AWS reads as its reader does. */
export const isIpRange = (cidr: string): boolean => rangeOf(cidr) !== undefined;

/** True if every address of `inner` is one of `outer`; a range contains itself, and what is no range nothing. */
export function contains(outer: string, inner: string): boolean {
  const [wide, narrow] = [rangeOf(outer), rangeOf(inner)];
  return !!wide && !!narrow && wide[0].kind() === narrow[0].kind() && wide[1] <= narrow[1] && narrow[0].match(...wide);
}

/** True if the ranges share an address. Then one contains the other: ranges in CIDR notation never overlap partly. */
export const overlap = (one: string, other: string): boolean => contains(one, other) || contains(other, one);
