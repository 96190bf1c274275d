import { IPv4 } from 'ipaddr.js';

/** A range of IPv4 addresses in CIDR notation. */
export interface Ipv4Range {
  readonly cidr: string;
  readonly firstAddress: IPv4;
  /** Number of leading bits that all addresses of the range share. */
  readonly prefix: number;
}

/** Reads a range in CIDR notation; `undefined` if it is none, or if its address is not the first one of the range. */
export function parseIpv4Range(cidr: string): Ipv4Range | undefined {
  // The library also reads a length with leading zeros, as in 10.0.0.0/08.
  if (!IPv4.isValidCIDRFourPartDecimal(cidr) || /\/0\d/.test(cidr)) return undefined;
  const [address, prefix] = IPv4.parseCIDR(cidr);
  const firstAddress = IPv4.networkAddressFromCIDR(cidr);
  if (address.toString() !== firstAddress.toString()) return undefined;
  return { cidr, firstAddress, prefix };
}

/** True if every address of `inner` is one of `outer`; a range contains itself. */
export function contains(outer: Ipv4Range, inner: Ipv4Range): boolean {
  return outer.prefix <= inner.prefix && inner.firstAddress.match(outer.firstAddress, outer.prefix);
}

/** True if the ranges share an address. Then one contains the other: ranges in CIDR notation never overlap partly. */
export function overlap(range: Ipv4Range, other: Ipv4Range): boolean {
  return contains(range, other) || contains(other, range);
}

/** Ranges of private addresses (RFC 1918): what a VPC may use without hiding a part of the internet. */
export const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** True if every address of a range is private. */
export function isPrivate(range: Ipv4Range): boolean {
  return kindOf(range) === 'private';
}

/** True if every address of a range is of a kind that no client on the internet has, but for private ones. */
export function isSpecial(range: Ipv4Range): boolean {
  // Reserved. Its last address is of another kind than the others: broadcast.
  if (range.firstAddress.match(IPv4.parseCIDR('240.0.0.0/4'))) return true;
  const kind = kindOf(range);
  return kind !== undefined && kind !== 'private' && kind !== 'unicast';
}

/** The kind that all addresses of a range have, such as `loopback`; `undefined` if they have several. */
function kindOf({ cidr, firstAddress }: Ipv4Range): string | undefined {
  const kind = firstAddress.range();
  return IPv4.broadcastAddressFromCIDR(cidr).range() === kind ? kind : undefined;
}
