import { contains, isIpRange, overlap } from '../src/network/ip-range';

const NO_RANGES = [
  { title: 'an address', cidr: '10.0.0.0' },
  { title: 'two lengths', cidr: '10.0.0.0/16/16' },
  { title: 'three numbers', cidr: '10.0.0/16' },
  { title: 'a number with a leading zero', cidr: '010.0.0.0/16' },
  { title: 'a length above 32', cidr: '10.0.0.0/33' },
  { title: 'a length with a leading zero', cidr: '10.0.0.0/08' },
  { title: 'an address within the range', cidr: '10.0.0.1/16' },
  { title: 'an IPv6 address within the range', cidr: '2001:db8::1/64' },
  { title: 'the name of an interface', cidr: 'fe80::%eth0/64' },
  { title: 'an IPv4 address within the range, written as IPv6', cidr: '::ffff:10.0.0.1/104' },
];

describe('a text that AWS would refuse, or read as another range than its reader, is no range', () => {
  test.each(NO_RANGES)('$title', ({ cidr }) => {
    expect(isIpRange(cidr)).toBe(false);
    expect(contains('0.0.0.0/0', cidr)).toBe(false);
    expect(contains(cidr, '10.0.0.0/16')).toBe(false);
  });
});

const PAIRS = [
  {
    title: 'a range contains itself',
    one: '10.0.0.0/16',
    other: '10.0.0.0/16',
    oneContainsOther: true,
    otherContainsOne: true,
  },
  {
    title: 'a range contains a longer prefix of its own',
    one: '10.0.0.0/16',
    other: '10.0.255.0/24',
    oneContainsOther: true,
    otherContainsOne: false,
  },
  {
    title: 'a range does not contain its neighbour',
    one: '10.0.0.0/16',
    other: '10.1.0.0/24',
    oneContainsOther: false,
    otherContainsOne: false,
  },
  {
    title: 'the range of all contains one address',
    one: '0.0.0.0/0',
    other: '203.0.113.7/32',
    oneContainsOther: true,
    otherContainsOne: false,
  },
  {
    title: 'a range of IPv6 contains a longer prefix of its own',
    one: '2001:db8::/32',
    other: '2001:db8:1::/48',
    oneContainsOther: true,
    otherContainsOne: false,
  },
  {
    title: 'a range of IPv6 does not contain one whose text only ends alike',
    one: '1::/16',
    other: '::1:0/112',
    oneContainsOther: false,
    otherContainsOne: false,
  },
  {
    title: 'the ranges of all of both families are apart',
    one: '0.0.0.0/0',
    other: '::/0',
    oneContainsOther: false,
    otherContainsOne: false,
  },
  {
    title: 'a range of IPv4 addresses in the notation of IPv6 stays apart from IPv4',
    one: '::ffff:10.0.0.0/104',
    other: '10.0.0.0/16',
    oneContainsOther: false,
    otherContainsOne: false,
  },
];

test.each(PAIRS)('$title', ({ one, other, oneContainsOther, otherContainsOne }) => {
  expect(isIpRange(one)).toBe(true);
  expect(isIpRange(other)).toBe(true);
  expect(contains(one, other)).toBe(oneContainsOther);
  expect(contains(other, one)).toBe(otherContainsOne);
  expect(overlap(one, other)).toBe(oneContainsOther || otherContainsOne);
});
