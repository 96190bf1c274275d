import { isIP } from 'node:net';
import { IPv4, IPv6, parseCIDR } from 'ipaddr.js';

/** A range of addresses. */
interface IpRange {
  /** The first address. */
  readonly address: IPv4 | IPv6;
  /** Number of leading bits that all addresses share. */
  readonly prefixLength: number;
}

const PREFIX_LENGTH = /^(0|[1-9]\d*)$/;

const ranges = new Map<string, IpRange | undefined>();

/** True if a text is a range as AWS reads it. */
export function isIpRange(cidr: string): boolean {
  return rangeOf(cidr) !== undefined;
}

/** True if every address of `inner` is in `outer`. A range contains itself; a text that is no range contains nothing. */
export function contains(outer: string, inner: string): boolean {
  const wide = rangeOf(outer);
  const narrow = rangeOf(inner);
  if (!wide || !narrow) return false;
  const isSameFamily = wide.address.kind() === narrow.address.kind();
  const isWider = wide.prefixLength <= narrow.prefixLength;
  return isSameFamily && isWider && narrow.address.match(wide.address, wide.prefixLength);
}

/** True if the ranges share an address. Then one contains the other: ranges in CIDR notation never overlap partly. */
export function overlap(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}

function rangeOf(cidr: string): IpRange | undefined {
  if (!ranges.has(cidr)) ranges.set(cidr, parse(cidr));
  return ranges.get(cidr);
}

/** Reads a range in CIDR notation; `undefined` if it is none, or if its address is not the first one of the range. */
function parse(cidr: string): IpRange | undefined {
  const [address = '', ...lengths] = cidr.split('/');
  const family = isIP(address);
  // An IPv6 address may name a network interface, as in fe80::1%eth0.
  if (family === 0 || address.includes('%')) return undefined;
  // The library also reads `10.1` and `/08`.
  if (!PREFIX_LENGTH.test(lengths.join('/'))) return undefined;
  const parser = family === 4 ? IPv4 : IPv6;
  if (!parser.isValidCIDR(cidr)) return undefined;
  const [firstAddress, prefixLength] = parseCIDR(cidr);
  const networkAddress = parser.networkAddressFromCIDR(cidr);
  const isFirstAddress = networkAddress.toString() === firstAddress.toString();
  return isFirstAddress ? { address: firstAddress, prefixLength } : undefined;
}
