import { contains, type IpRange, overlap, parseIpRange } from '../../lib/config/ip-range';

function range(cidr: string): IpRange {
  const parsed = parseIpRange(cidr);
  if (!parsed) throw new Error(`${cidr} is not a range`);
  return parsed;
}

test.each([
  ['10.0.0.0/16', { family: 'ipv4', address: '10.0.0.0', prefix: 16 }],
  ['0.0.0.0/0', { family: 'ipv4', address: '0.0.0.0', prefix: 0 }],
  ['255.255.255.255/32', { family: 'ipv4', address: '255.255.255.255', prefix: 32 }],
  ['::/0', { family: 'ipv6', address: '::', prefix: 0 }],
  ['2001:db8::/32', { family: 'ipv6', address: '2001:db8::', prefix: 32 }],
  ['2001:db8:1:2:3:4:5:6/128', { family: 'ipv6', address: '2001:db8:1:2:3:4:5:6', prefix: 128 }],
  ['::ffff:10.0.0.0/104', { family: 'ipv6', address: '::ffff:10.0.0.0', prefix: 104 }],
])('%s is read', (cidr, expected) => {
  expect(parseIpRange(cidr)).toEqual(expected);
});

describe('what AWS would refuse, or read as another range than its reader, is not a range', () => {
  test.each([
    ...['', '/', '10.0.0.0', '10.0.0.0/', '/16', '10.0.0.0/16/16', ' 10.0.0.0/16', '10.0.0.0/16\n', '10.0.0/16'],
    ...['10.0.0.256/32', '010.0.0.0/16', '10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/160', '10.0.0.0/-1', '10.0.0.0/1e1'],
    ...['10.0.0.0/８', 'example.com/16', '2001:db8::/129', '2001:db8::/1000', '2001:db8/32', 'fe80::%eth0/64', ':::/0'],
    ...['0.0.0.0/0/0', '0.0.0.0/-1', '::%lo/0'],
  ])('%j', (cidr) => {
    expect(parseIpRange(cidr)).toBeUndefined();
  });

  test.each(['10.0.0.1/16', '10.0.128.0/16', '128.0.0.0/0', '2001:db8::1/64', '8000::/0', '::ffff:10.0.0.1/104'])(
    '%s, whose address is not the first one',
    (cidr) => {
      expect(parseIpRange(cidr)).toBeUndefined();
    },
  );
});

test.each([
  ['10.0.0.0/16', '10.0.0.0/16', true, true],
  ['10.0.0.0/16', '10.0.255.0/24', true, false],
  ['10.0.0.0/16', '10.0.0.0/24', true, false],
  ['10.0.0.0/16', '10.1.0.0/24', false, false],
  ['10.0.0.0/17', '10.0.128.0/17', false, false],
  ['0.0.0.0/0', '203.0.113.7/32', true, false],
  ['2001:db8::/32', '2001:db8:1::/48', true, false],
  ['2001:db8::/32', '2001:db9::/48', false, false],
  ['0:0:0:0:0:0:0:0/0', '2001:db8::1/128', true, false],
  ['::/96', '::1/128', true, false],
  ['2001:db8::a:0/112', '2001:db8:0:0:0:0:a:1/128', true, false],
  ['1::/16', '::1:0/112', false, false],
  // Families are apart, although IPv6 has a way to write an IPv4 address.
  ['0.0.0.0/0', '::/0', false, false],
  ['::/0', '10.0.0.0/16', false, false],
  ['::ffff:10.0.0.0/104', '10.0.0.0/16', false, false],
])('%s contains %s: %s, and the other way round: %s', (one, other, forth, back) => {
  const [a, b] = [range(one), range(other)];
  expect([contains(a, b), contains(b, a)]).toEqual([forth, back]);
  expect([overlap(a, b), overlap(b, a)]).toEqual([forth || back, forth || back]);
});
