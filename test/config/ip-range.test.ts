import { contains, type Ipv4Range, isPrivate, overlap, parseIpv4Range } from '../../lib/config/ip-range';

function range(cidr: string): Ipv4Range {
  const parsed = parseIpv4Range(cidr);
  if (!parsed) throw new Error(`${cidr} is not a range`);
  return parsed;
}

test.each([
  { cidr: '10.0.0.0/16', first: '10.0.0.0', prefix: 16 },
  { cidr: '0.0.0.0/0', first: '0.0.0.0', prefix: 0 },
  { cidr: '255.255.255.255/32', first: '255.255.255.255', prefix: 32 },
])('$cidr is read', ({ cidr, first, prefix }) => {
  const parsed = range(cidr);
  expect(parsed.firstAddress.toString()).toBe(first);
  expect(parsed.prefix).toBe(prefix);
});

const MALFORMED = [
  '',
  '10.0.0.0',
  '10.0.0.0/16/16',
  ' 10.0.0.0/16',
  '10.0.0.0/16\n',
  '10.0.0/16',
  '10.0.0.256/32',
  '010.0.0.0/16',
  '0x0a.0.0.0/16',
  '10.0.0.0/33',
  '10.0.0.0/08',
  '10.0.0.0/８',
];

test.each(MALFORMED)('%j is not a range', (cidr) => {
  // AWS would refuse it, or read it as another range than its reader.
  expect(parseIpv4Range(cidr)).toBeUndefined();
});

test.each(['::/0', '::ffff:10.0.0.0/104'])('%s is IPv6, which no VPC here has', (cidr) => {
  expect(parseIpv4Range(cidr)).toBeUndefined();
});

test.each(['10.0.0.1/16', '10.0.128.0/16', '128.0.0.0/0'])(
  '%s, whose address is not the first one, is not a range',
  (cidr) => {
    expect(parseIpv4Range(cidr)).toBeUndefined();
  },
);

test.each([
  { outer: '10.0.0.0/16', inner: '10.0.0.0/16', isEqual: true },
  { outer: '10.0.0.0/16', inner: '10.0.255.0/24', isEqual: false },
  { outer: '0.0.0.0/0', inner: '203.0.113.7/32', isEqual: false },
])('$outer contains $inner, and both overlap', ({ outer, inner, isEqual }) => {
  expect(contains(range(outer), range(inner))).toBe(true);
  expect(contains(range(inner), range(outer))).toBe(isEqual);
  expect(overlap(range(outer), range(inner))).toBe(true);
  expect(overlap(range(inner), range(outer))).toBe(true);
});

test.each([
  { first: '10.0.0.0/16', second: '10.1.0.0/24' },
  { first: '10.0.0.0/17', second: '10.0.128.0/17' },
])('$first and $second share no address', ({ first, second }) => {
  expect(contains(range(first), range(second))).toBe(false);
  expect(contains(range(second), range(first))).toBe(false);
  expect(overlap(range(first), range(second))).toBe(false);
});

test.each([
  { cidr: '10.0.0.0/8', expected: true },
  { cidr: '172.31.255.0/24', expected: true },
  { cidr: '192.168.0.0/16', expected: true },
  { cidr: '192.168.0.0/15', expected: false },
  { cidr: '9.255.0.0/16', expected: false },
  { cidr: '0.0.0.0/0', expected: false },
])('$cidr is private: $expected', ({ cidr, expected }) => {
  expect(isPrivate(range(cidr))).toBe(expected);
});
