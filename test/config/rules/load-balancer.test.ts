import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const PORTS = 'loadBalancer.openPorts';
const RANGES = 'loadBalancer.allowedRanges';
const NAME = 'loadBalancer.domain.domainName';
const FIREWALL = 'loadBalancer.firewall';
const POLICY = 'loadBalancer.domain.sslPolicy';

/** Dev with a firewall. */
const guarded = withField(dev, FIREWALL, { mode: 'count', requestsPerAddress: 2_000, signInsPerAddress: 100 });

/** A name of a number of characters in the zone example.com. */
const nameOf = (length: number) => `${'a'.repeat(length - '.example.com'.length)}.example.com`;

/** A number of ranges of one address each. */
const manyRanges = (number: number) => Array.from({ length: number }, (_, index) => `54.249.113.${index}/32`);

refuses('no user reaches the application', dev, [
  { field: PORTS, values: [[443]], says: '443 lacks 80, on which the application is reached; add it' },
  { field: `${PORTS}[0]`, values: [22], says: 'is not one of 80, 443', breaksMore: true },
  { field: `${PORTS}[1]`, values: [80], says: 'is listed twice; list each value once' },
  {
    field: RANGES,
    values: [[]],
    says: 'lists no range, so that nobody reaches the application; write 0.0.0.0/0 for everyone',
  },
  {
    field: `${RANGES}[0]`,
    values: ['54.249.113.7', '54.249.113.7/24', '::/0'],
    says: 'is not an IPv4 range; write the first address and',
  },
  {
    field: `${RANGES}[0]`,
    values: ['192.168.0.0/24'],
    says: 'is private, and everybody comes from the internet, with a public address; write that',
  },
  {
    field: RANGES,
    values: [['54.249.113.0/24', '0.0.0.0/0']],
    says: `0.0.0.0/0 overlaps 54.249.113.0/24 of ${RANGES}[0]; write ranges that share no address`,
  },
  {
    field: RANGES,
    values: [manyRanges(31)],
    says: '31 ranges on 2 open ports are 62 rules; a security group takes 60, so write fewer',
  },
  {
    field: 'loadBalancer.deregistrationDelay',
    values: [Duration.seconds(3601)],
    says: '3601 seconds is not a whole number of seconds from 0 to 3600',
  },
]);
refuses('no user reaches the application, or the certificate is never issued', prod, [
  { field: PORTS, values: [[80]], says: '80 lacks 443, on which the application is reached; add it' },
  {
    field: NAME,
    values: ['prooflink.example.org', 'evilexample.com'],
    says: 'lies outside its zone, example.com; write a name that ends',
  },
  { field: NAME, values: ['Prüf.example.com', 'app.example.com.'], says: 'is not a domain name; write lowercase' },
  { field: NAME, values: [nameOf(65)], says: 'has 65 characters; a certificate takes up to 64' },
  { field: 'loadBalancer.domain.hostedZoneName', values: ['example.com.'], says: 'is not a domain name; write' },
  {
    field: 'loadBalancer.domain.hostedZoneId',
    values: ['/hostedzone/Z0123456', 'Z0123456/'],
    says: 'is not the id of a hosted zone; write Z and',
  },
  {
    field: POLICY,
    values: [SslPolicy.TLS13_10, SslPolicy.TLS13_11, SslPolicy.LEGACY, SslPolicy.TLS12],
    says: 'is not one of ELBSec',
  },
]);

refuses('AWS WAF does not take it, or it does not mean what it says', guarded, [
  { field: `${FIREWALL}.mode`, values: ['off', 'captcha'], says: 'is not one of count, block' },
  {
    field: `${FIREWALL}.requestsPerAddress`,
    values: [10, 2_000_000_001, 100.5],
    says: 'is not a whole number from 11 to 2000000000',
  },
  { field: `${FIREWALL}.signInsPerAddress`, values: [9, 10.5], says: 'is not a whole number from 10 to 2000000000' },
  {
    field: `${FIREWALL}.signInsPerAddress`,
    values: [2_000, 2_001],
    says: 'is not below requestsPerAddress, 2000, which counts sign-ins, too; write less, as in 100',
  },
]);
const EDGE = 'loadBalancer.edge';
const behindCloudFront = withField(dev, EDGE, 'cloudfront');

// Each of them would hold for nobody, or for all users at once.
refuses('CloudFront beside what it makes void', behindCloudFront, [
  {
    field: RANGES,
    values: [['54.249.113.0/24']],
    says: '54.249.113.0/24 cannot hold, since CloudFront lets everybody in',
  },
]);
refuses('a subnet that is too small for the internal load balancer', behindCloudFront, [
  { field: 'network.privateSubnets[0].cidr', values: ['10.0.11.0/28'], says: '10.0.11.0/28 is too small; write a /27' },
]);
refuses('CloudFront beside what it excludes', withField(prod, PORTS, [80, 443]), [
  { field: EDGE, values: ['cloudfront'], says: 'CloudFront takes a domain by a certificate of us-east-1' },
]);
refuses('CloudFront beside what it excludes', guarded, [
  {
    field: EDGE,
    values: ['cloudfront'],
    says: "the firewall counts by address, and all users would share CloudFront's",
  },
]);
test('CloudFront is refused in a region whose prefix list is not known, with the command that prints its id', () => {
  const network = { 'network.availabilityZones': ['us-east-1a', 'us-east-1b'], region: 'us-east-1' };
  const [broken = '', ...others] = brokenWith(behindCloudFront, network);
  expect(others).toEqual([]);
  expect(broken).toMatch(
    /^dev: loadBalancer.edge: the addresses of CloudFront are known in ap-northeast-1, ap-northeast-3,/,
  );
  expect(broken).toContain('aws ec2 describe-managed-prefix-lists');
});

takes('what AWS WAF takes', guarded, [
  { field: `${FIREWALL}.mode`, values: ['count', 'block'] },
  { field: `${FIREWALL}.requestsPerAddress`, values: [101, 2_000_000_000] },
  { field: `${FIREWALL}.signInsPerAddress`, values: [10, 1_999] },
]);

takes('what it takes', dev, [
  { field: PORTS, values: [[443, 80]] },
  { field: RANGES, values: [['54.249.113.7/32', '13.112.100.0/24'], manyRanges(30)] },
  { field: 'loadBalancer.deregistrationDelay', values: [Duration.seconds(0), Duration.seconds(3600)] },
]);
takes('what ACM takes', prod, [{ field: NAME, values: ['example.com', nameOf(64), 'a.b-2.example.com'] }]);
takes('what ACM takes', withField(prod, 'loadBalancer.domain.hostedZoneName', 'xn--fsq.xn--q9jyb4c'), [
  { field: NAME, values: ['proof.xn--fsq.xn--q9jyb4c'] },
]);

test.each(['0.0.0.0/8', '192.0.2.0/24', '240.0.0.0/4'])('a special range, %s, is refused', (cidr) => {
  // No client comes from it, so that nobody reaches the application.
  expect(brokenWith(dev, { [RANGES]: [cidr] })).toEqual([
    `dev: ${RANGES}[0]: ${cidr} is a range that no client on the internet has; write the public address of an office or ` +
      'a VPN, with its length',
  ]);
});

test('ranges beside the special ones, and ranges that contain them, are allowed', () => {
  expect(brokenWith(dev, { [RANGES]: ['100.128.0.0/9', '192.0.3.0/24', '223.255.255.0/24'] })).toEqual([]);
  expect(brokenWith(dev, { [RANGES]: ['192.0.0.0/2'] })).toEqual([]);
});
