import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { prod } from '../../support/configs/prod';
import { withField, testAccepted, testRules } from '../../support/config';

/** A name of a number of characters in the zone example.com. */
const nameOf = (length: number) => `${'a'.repeat(length - '.example.com'.length)}.example.com`;

/** Prod under another name, in that name's own zone. */
const called = (name: string) => withField(prod, 'loadBalancer.domain.hostedZoneName', name);

/** A number of ranges of one address each. */
const manyRanges = (number: number) => Array.from({ length: number }, (_, index) => `203.0.113.${index}/32`);

testRules('load balancer: nobody reaches the application, or the certificate is never issued', [
  ['loadBalancer.openPorts', [443], '443 lacks 80, on which the application is reached; add it'],
  ['loadBalancer.openPorts', [80], '80 lacks 443, on which the application is reached; add it', prod],
  ['loadBalancer.openPorts', [80, 8080], '80, 8080 lacks 443', prod],
  ['loadBalancer.openPorts[0]', 22, '22 is not one of 80, 443'],
  ['loadBalancer.openPorts[1]', 80, '80 is listed twice; list each value once'],
  [
    'loadBalancer.allowedRanges',
    [],
    'lists no range, so that nobody reaches the application; write 0.0.0.0/0 for everyone',
  ],
  ['loadBalancer.allowedRanges[0]', '203.0.113.7', '203.0.113.7 is not an IPv4 range; write the first address and'],
  ['loadBalancer.allowedRanges[0]', '203.0.113.7/24', '203.0.113.7/24 is not an IPv4 range'],
  ['loadBalancer.allowedRanges[0]', '::/0', '::/0 is not an IPv4 range'],
  [
    'loadBalancer.allowedRanges[0]',
    '192.168.0.0/24',
    '192.168.0.0/24 is private, and everybody comes from the internet, with a public address; write that',
  ],
  [
    'loadBalancer.allowedRanges',
    ['203.0.113.0/24', '0.0.0.0/0'],
    '0.0.0.0/0 overlaps 203.0.113.0/24 of loadBalancer.allowedRanges[0]; write ranges that share no address',
  ],
  [
    'loadBalancer.allowedRanges',
    manyRanges(31),
    '31 ranges on 2 open ports are 62 rules; a security group takes 60, so write fewer',
  ],
  [
    'loadBalancer.deregistrationDelay',
    Duration.seconds(3601),
    '3601 seconds is not a whole number of seconds from 0 to 3600',
  ],
  [
    'loadBalancer.domain.domainName',
    'prooflink.example.org',
    'prooflink.example.org lies outside its zone, example.com; write a name that ends',
    prod,
  ],
  [
    'loadBalancer.domain.domainName',
    'evilexample.com',
    'evilexample.com lies outside its zone, example.com; write a name that ends',
    prod,
  ],
  [
    'loadBalancer.domain.domainName',
    'Prüf.example.com',
    '"Prüf.example.com" is not a domain name; write lowercase',
    prod,
  ],
  ['loadBalancer.domain.domainName', nameOf(65), `${nameOf(65)} has 65 characters; a certificate takes up to 64`, prod],
  ['loadBalancer.domain.hostedZoneName', 'example.com.', 'example.com. is not a', prod],
  [
    'loadBalancer.domain.hostedZoneId',
    '/hostedzone/Z0123456',
    '/hostedzone/Z0123456 is not the id of a hosted zone; write Z and',
    prod,
  ],
  ['loadBalancer.domain.hostedZoneId', 'Z0123456/', 'Z0123456/ is not the id of a hosted zone; write Z and', prod],
  [
    'loadBalancer.domain.sslPolicy',
    SslPolicy.TLS13_10,
    'ELBSecurityPolicy-TLS13-1-0-2021-06 is not one of ELBSec',
    prod,
  ],
  ...[SslPolicy.TLS13_11, SslPolicy.LEGACY, SslPolicy.TLS12].map((policy): [string, SslPolicy, string, typeof prod] => [
    'loadBalancer.domain.sslPolicy',
    policy,
    `${policy} is not one of ELBSec`,
    prod,
  ]),
]);

testAccepted('load balancer: what it and ACM take', [
  ['loadBalancer.openPorts', [443, 80]],
  ['loadBalancer.allowedRanges', ['203.0.113.7/32', '198.51.100.0/24']],
  ['loadBalancer.allowedRanges', manyRanges(30)],
  ['loadBalancer.deregistrationDelay', Duration.seconds(0)],
  ['loadBalancer.deregistrationDelay', Duration.seconds(3600)],
  ['loadBalancer.domain.domainName', 'example.com', prod],
  ['loadBalancer.domain.domainName', nameOf(64), prod],
  ['loadBalancer.domain.domainName', 'a.b-2.example.com', prod],
  ['loadBalancer.domain.domainName', 'proof.example.jp', called('example.jp')],
  ['loadBalancer.domain.domainName', 'proof.example.museum', called('example.museum')],
  ['loadBalancer.domain.domainName', 'proof.xn--fsq.xn--q9jyb4c', called('xn--fsq.xn--q9jyb4c')],
]);
