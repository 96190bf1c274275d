import { Duration } from 'aws-cdk-lib/core';
import { prod } from '../../support/configs/prod';
import { testAccepted, testRules } from '../../support/config';

testRules('file storage: files are lost or kept for ever, browsers are refused, or let in from anywhere', [
  ['fileStorage.versioning', { off: '' }, '{ off: "" } gives no reason'],
  ['fileStorage.noncurrentVersionExpiration', Duration.days(0), '0 days is not a whole'],
  ['fileStorage.importExpiration', Duration.hours(1), '0.0416'],
  [
    'fileStorage.extraCorsOrigins[0]',
    'https://a.example.com/x',
    'https://a.example.com/x is not an origin; write scheme',
  ],
  [
    'fileStorage.extraCorsOrigins[0]',
    'https://a.example.com/',
    'https://a.example.com/ is not an origin; write scheme',
  ],
  [
    'fileStorage.extraCorsOrigins[0]',
    'https://*.*.example.com',
    'https://*.*.example.com is not an origin; write scheme',
  ],
  [
    'fileStorage.extraCorsOrigins[0]',
    'https://a"b.example.com',
    'https://a"b.example.com is not an origin; write scheme',
  ],
  ['fileStorage.extraCorsOrigins[0]', 'ftp://a.example.com', 'ftp://a.example.com is not an origin; write scheme'],
  ['fileStorage.extraCorsOrigins[0]', 'ftp://https:8080', 'ftp://https:8080 is not an origin; write scheme'],
  [
    'fileStorage.extraCorsOrigins[0]',
    'https://a.example.com:443',
    'https://a.example.com:443 is not an origin; write scheme',
  ],
  ['fileStorage.extraCorsOrigins[0]', 'https://10.0.0.256', 'https://10.0.0.256 is not an origin; write scheme'],
  ['fileStorage.extraCorsOrigins', ['https://*.example.com'], 'https://*.example.com has a wildcard', prod],
  ['fileStorage.extraCorsOrigins', ['*'], '* has a wildcard', prod],
]);

testAccepted('file storage: what S3 and browsers take', [
  ['fileStorage.noncurrentVersionExpiration', Duration.days(36500)],
  ['fileStorage.extraCorsOrigins', ['https://a.example.com', 'http://[::1]:3000', 'http://10.0.0.255:8080'], prod],
  ['fileStorage.extraCorsOrigins', ['*', 'https://*', 'https://*.example.com', 'http://*:3000']],
]);
