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
  return isWithin(PRIVATE_RANGES, range);
}

/** Other ranges that no client on the internet has (www.iana.org/assignments/iana-ipv4-special-registry, RFC 6890). */
const SPECIAL_RANGES = [
  '0.0.0.0/8', // This network.
  '100.64.0.0/10', // Shared by the clients of a provider, behind its own address.
  '127.0.0.0/8', // Loopback.
  '169.254.0.0/16', // Link-local.
  '192.0.0.0/24', // Protocols.
  '192.0.2.0/24', // Documentation, as are two more below (RFC 5737).
  '198.18.0.0/15', // Benchmarks.
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4', // Multicast.
  '240.0.0.0/4', // Reserved, and broadcast.
];

/** True if every address of a range is of a kind that no client on the internet has, but for private ones. */
export function isSpecial(range: Ipv4Range): boolean {
  return isWithin(SPECIAL_RANGES, range);
}

function isWithin(cidrs: readonly string[], range: Ipv4Range): boolean {
  return cidrs.some((cidr) => {
    const outer = parseIpv4Range(cidr);
    return outer !== undefined && contains(outer, range);
  });
}
