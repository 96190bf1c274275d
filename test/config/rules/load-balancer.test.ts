import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { prod } from '../../../lib/config/prod';
import { bent, testAccepted, testRules } from '../../support/config';

/** A name of a number of characters in the zone example.com. */
const nameOf = (length: number) => `${'a'.repeat(length - '.example.com'.length)}.example.com`;

/** Prod under another name, in that name's own zone. */
const called = (name: string) => bent(prod, 'loadBalancer.domain.hostedZoneName', name);

testRules('access: the certificate is never issued, or browsers are refused, or let in from anywhere', [
  ['loadBalancer.openPorts', [443], 'loadBalancer.openPorts: 443 lacks 80, where the application answers'],
  ['loadBalancer.openPorts', [80], 'loadBalancer.openPorts: 80 lacks 443, where the application answers', prod],
  ['loadBalancer.openPorts', [80, 8080], 'loadBalancer.openPorts: 80, 8080 lacks 443', prod],
  ['loadBalancer.openPorts[0]', 22, 'loadBalancer.openPorts[0]: 22 is none of 80, 443'],
  ['loadBalancer.openPorts[1]', 80, 'loadBalancer.openPorts[1]: 80 stands here twice'],
  [
    'loadBalancer.deregistrationDelay',
    Duration.seconds(3601),
    'loadBalancer.deregistrationDelay: 3601 seconds are not whole seconds from 0 to 3600',
  ],
  [
    'loadBalancer.domain.domainName',
    'prooflink.example.org',
    'prooflink.example.org lies outside its zone, example.com',
    prod,
  ],
  ['loadBalancer.domain.domainName', 'evilexample.com', 'evilexample.com lies outside its zone, example.com', prod],
  ['loadBalancer.domain.domainName', 'Prüf.example.com', '"Prüf.example.com" is no domain name in small letters', prod],
  ['loadBalancer.domain.domainName', nameOf(65), 'example.com has 65 characters; a certificate takes 64', prod],
  [
    'loadBalancer.domain.hostedZoneName',
    'example.com.',
    'loadBalancer.domain.hostedZoneName: example.com. is no',
    prod,
  ],
  ['loadBalancer.domain.hostedZoneId', '/hostedzone/Z0123456', '/hostedzone/Z0123456 is no id of a hosted zone', prod],
  ['loadBalancer.domain.hostedZoneId', 'Z0123456/', 'Z0123456/ is no id of a hosted zone', prod],
  ['loadBalancer.domain.sslPolicy', SslPolicy.TLS13_10, 'ELBSecurityPolicy-TLS13-1-0-2021-06 is none of ELBSec', prod],
  ['fileStorage.extraCorsOrigins[0]', 'https://a.example.com/x', 'https://a.example.com/x is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'https://a.example.com/', 'https://a.example.com/ is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'https://*.*.example.com', 'https://*.*.example.com is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'https://a"b.example.com', 'https://a"b.example.com is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'ftp://a.example.com', 'ftp://a.example.com is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'ftp://https:8080', 'ftp://https:8080 is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'https://a.example.com:443', 'https://a.example.com:443 is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'https://10.0.0.256', 'https://10.0.0.256 is no origin'],
  ['fileStorage.extraCorsOrigins', ['https://*.example.com'], 'https://*.example.com has a wildcard', prod],
  ['fileStorage.extraCorsOrigins', ['*'], 'fileStorage.extraCorsOrigins[0]: * has a wildcard', prod],
]);

testAccepted('access: what ACM, the load balancer, S3 and browsers take', [
  ['loadBalancer.openPorts', [443, 80]],
  ['loadBalancer.deregistrationDelay', Duration.seconds(0)],
  ['loadBalancer.deregistrationDelay', Duration.seconds(3600)],
  ['loadBalancer.domain.domainName', 'example.com', prod],
  ['loadBalancer.domain.domainName', nameOf(64), prod],
  ['loadBalancer.domain.domainName', 'a.b-2.example.com', prod],
  ['loadBalancer.domain.domainName', 'proof.example.jp', called('example.jp')],
  ['loadBalancer.domain.domainName', 'proof.example.museum', called('example.museum')],
  ['loadBalancer.domain.domainName', 'proof.xn--fsq.xn--q9jyb4c', called('xn--fsq.xn--q9jyb4c')],
  ['fileStorage.extraCorsOrigins', ['https://a.example.com', 'http://[::1]:3000', 'http://10.0.0.255:8080'], prod],
  ['fileStorage.extraCorsOrigins', ['*', 'https://*', 'https://*.example.com', 'http://*:3000']],
]);
