import { contains, isIpRange, overlap } from '../src/network/ip-range';

test.each([
  ...['', '10.0.0.0', '10.0.0.0/16/16', '10.0.0/16', '010.0.0.0/16', '10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/-1'],
  ...['10.0.0.1/16', '128.0.0.0/0', '2001:db8::/129', '2001:db8::1/64', 'fe80::%eth0/64', '::ffff:10.0.0.1/104'],
])('%j, which AWS would refuse or read as another range than its reader, is no range', (cidr) => {
  expect(isIpRange(cidr)).toBe(false);
  expect(contains('0.0.0.0/0', cidr) || contains(cidr, '10.0.0.0/16')).toBe(false);
});

test.each([
  ['10.0.0.0/16', '10.0.0.0/16', true, true],
  ['10.0.0.0/16', '10.0.255.0/24', true, false],
  ['10.0.0.0/16', '10.1.0.0/24', false, false],
  ['0.0.0.0/0', '203.0.113.7/32', true, false],
  ['2001:db8::/32', '2001:db8:1::/48', true, false],
  ['1::/16', '::1:0/112', false, false],
  // Families are apart, although IPv6 has a way to write an IPv4 address.
  ['0.0.0.0/0', '::/0', false, false],
  ['::ffff:10.0.0.0/104', '10.0.0.0/16', false, false],
] as const)('%s contains %s: %s, and the other way round: %s', (one, other, forth, back) => {
  expect([isIpRange(one), isIpRange(other)]).toEqual([true, true]);
  expect([contains(one, other), contains(other, one)]).toEqual([forth, back]);
  expect(overlap(one, other)).toBe(forth || back);
});
