import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import { prod } from '../../../lib/config/prod';
import { testRules } from '../../support/config';

const LONG = 'a'.repeat(40);

testRules('access: the certificate is never issued, or browsers are refused, or let in from anywhere', [
  ['loadBalancer.openPorts', [443], 'loadBalancer.openPorts: 443 lacks 80, where the application answers'],
  ['loadBalancer.openPorts', [80], 'loadBalancer.openPorts: 80 lacks 443, where the application answers', prod],
  ['loadBalancer.openPorts[0]', 22, 'loadBalancer.openPorts[0]: 22 is none of 80, 443'],
  ['loadBalancer.openPorts[1]', 80, 'loadBalancer.openPorts[1]: 80 stands here twice'],
  ['loadBalancer.deregistrationDelay', Duration.hours(2), 'loadBalancer.deregistrationDelay: 7200 seconds are not'],
  [
    'loadBalancer.domain.domainName',
    'prooflink.example.org',
    'prooflink.example.org lies outside its zone, example.com',
    prod,
  ],
  ['loadBalancer.domain.domainName', 'evilexample.com', 'evilexample.com lies outside its zone, example.com', prod],
  ['loadBalancer.domain.domainName', 'Prüf.example.com', '"Prüf.example.com" is no domain name in small letters', prod],
  ['loadBalancer.domain.domainName', `${LONG}.${LONG}.example.com`, 'characters; a certificate takes 64', prod],
  [
    'loadBalancer.domain.hostedZoneName',
    'example.com.',
    'loadBalancer.domain.hostedZoneName: example.com. is no',
    prod,
  ],
  ['loadBalancer.domain.hostedZoneId', '/hostedzone/Z0123456', '/hostedzone/Z0123456 is no id of a hosted zone', prod],
  ['loadBalancer.domain.sslPolicy', SslPolicy.TLS13_10, 'ELBSecurityPolicy-TLS13-1-0-2021-06 is none of ELBSec', prod],
  ['fileStorage.extraCorsOrigins[0]', 'https://a.example.com/x', 'https://a.example.com/x is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'https://a.example.com/', 'https://a.example.com/ is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'https://*.*.example.com', 'https://*.*.example.com is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'https://a"b.example.com', 'https://a"b.example.com is no origin'],
  ['fileStorage.extraCorsOrigins[0]', 'ftp://a.example.com', 'ftp://a.example.com is no origin'],
  ['fileStorage.extraCorsOrigins', ['https://*.example.com'], 'https://*.example.com has a wildcard', prod],
  ['fileStorage.extraCorsOrigins', ['*'], 'fileStorage.extraCorsOrigins[0]: * has a wildcard', prod],
]);
