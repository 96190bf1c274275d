import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const [PORTS, RANGES] = ['loadBalancer.openPorts', 'loadBalancer.allowedRanges'] as const;
const [NAME, POLICY] = ['loadBalancer.domain.domainName', 'loadBalancer.domain.sslPolicy'] as const;

/** A name of a number of characters in the zone example.com. */
const nameOf = (length: number) => `${'a'.repeat(length - '.example.com'.length)}.example.com`;

/** A number of ranges of one address each. */
const manyRanges = (number: number) => Array.from({ length: number }, (_, index) => `54.249.113.${index}/32`);

refuses('no user reaches the application', dev, [
  [PORTS, '443 lacks 80, on which the application is reached; add it', [443]],
  [`${PORTS}[0]`, 'is not one of 80, 443', 22],
  [`${PORTS}[1]`, 'is listed twice; list each value once', 80],
  [RANGES, 'lists no range, so that nobody reaches the application; write 0.0.0.0/0 for everyone', []],
  [`${RANGES}[0]`, 'is not an IPv4 range; write the first address and', '54.249.113.7', '54.249.113.7/24', '::/0'],
  [
    `${RANGES}[0]`,
    'is private, and everybody comes from the internet, with a public address; write that',
    '192.168.0.0/24',
  ],
  [
    RANGES,
    `0.0.0.0/0 overlaps 54.249.113.0/24 of ${RANGES}[0]; write ranges that share no address`,
    ['54.249.113.0/24', '0.0.0.0/0'],
  ],
  [RANGES, '31 ranges on 2 open ports are 62 rules; a security group takes 60, so write fewer', manyRanges(31)],
  [
    'loadBalancer.deregistrationDelay',
    '3601 seconds is not a whole number of seconds from 0 to 3600',
    Duration.seconds(3601),
  ],
]);
refuses('no user reaches the application, or the certificate is never issued', prod, [
  [PORTS, '80 lacks 443, on which the application is reached; add it', [80]],
  [PORTS, '80, 8080 lacks 443', [80, 8080]],
  [NAME, 'lies outside its zone, example.com; write a name that ends', 'prooflink.example.org', 'evilexample.com'],
  [NAME, 'is not a domain name; write lowercase', 'Prüf.example.com'],
  [NAME, 'has 65 characters; a certificate takes up to 64', nameOf(65)],
  ['loadBalancer.domain.hostedZoneName', 'is not a', 'example.com.'],
  [
    'loadBalancer.domain.hostedZoneId',
    'is not the id of a hosted zone; write Z and',
    '/hostedzone/Z0123456',
    'Z0123456/',
  ],
  [POLICY, 'is not one of ELBSec', SslPolicy.TLS13_10, SslPolicy.TLS13_11, SslPolicy.LEGACY, SslPolicy.TLS12],
]);

takes('what it takes', dev, [
  [PORTS, [443, 80]],
  [RANGES, ['54.249.113.7/32', '13.112.100.0/24'], manyRanges(30)],
  ['loadBalancer.deregistrationDelay', Duration.seconds(0), Duration.seconds(3600)],
]);
takes('what ACM takes', prod, [[NAME, 'example.com', nameOf(64), 'a.b-2.example.com']]);
for (const zone of ['example.jp', 'example.museum', 'xn--fsq.xn--q9jyb4c']) {
  takes('what ACM takes', withField(prod, 'loadBalancer.domain.hostedZoneName', zone), [[NAME, `proof.${zone}`]]);
}

test.each([
  { title: 'this network', cidr: '0.0.0.0/8' },
  { title: 'addresses that providers share', cidr: '100.64.0.0/10' },
  { title: 'the own computer', cidr: '127.0.0.1/32' },
  { title: 'the own link', cidr: '169.254.169.254/32' },
  { title: 'protocols', cidr: '192.0.0.0/24' },
  { title: 'documentation, first', cidr: '192.0.2.0/24' },
  { title: 'benchmarks', cidr: '198.18.0.0/15' },
  { title: 'documentation, second', cidr: '198.51.100.7/32' },
  { title: 'documentation, third', cidr: '203.0.113.0/24' },
  { title: 'multicast', cidr: '224.0.0.0/4' },
  { title: 'reserved', cidr: '240.0.0.0/8' },
  { title: 'broadcast', cidr: '255.255.255.255/32' },
])('a range for $title, $cidr, from which no client comes, so that nobody reaches the application', ({ cidr }) => {
  expect(brokenWith(dev, { [RANGES]: [cidr] })).toEqual([
    `dev: ${RANGES}[0]: ${cidr} is a range that no client on the internet has; write the public address of an office or ` +
      'a VPN, with its length',
  ]);
});

test('ranges beside the special ones, and ranges that contain them, are allowed', () => {
  expect(brokenWith(dev, { [RANGES]: ['100.128.0.0/9', '192.0.3.0/24', '223.255.255.0/24'] })).toEqual([]);
  expect(brokenWith(dev, { [RANGES]: ['192.0.0.0/8'] })).toEqual([]);
});
