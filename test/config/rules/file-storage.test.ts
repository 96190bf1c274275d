import { Duration } from 'aws-cdk-lib/core';
import { dev, prod } from '../../support/configs';
import { refuses, takes } from '../../support/config';

const ORIGINS = 'fileStorage.extraCorsOrigins';

refuses('files are lost or kept for ever, or browsers are refused', dev, [
  ['fileStorage.versioning', '{ off: "" } gives no reason', { off: '' }],
  ['fileStorage.noncurrentVersionExpiration', '0 days is not a whole', Duration.days(0)],
  ['fileStorage.importExpiration', '0.0416', Duration.hours(1)],
  [`${ORIGINS}[0]`, 'is not an origin; write scheme', 'https://a.example.com/x', 'https://a.example.com/'],
  [`${ORIGINS}[0]`, 'is not an origin; write scheme', 'https://*.*.example.com', 'https://a"b.example.com'],
  [`${ORIGINS}[0]`, 'is not an origin; write scheme', 'ftp://a.example.com', 'ftp://https:8080'],
  [`${ORIGINS}[0]`, 'is not an origin; write scheme', 'https://a.example.com:443', 'https://10.0.0.256'],
]);
refuses('browsers are let in from anywhere', prod, [[ORIGINS, 'has a wildcard', ['https://*.example.com'], ['*']]]);

takes('what S3 and browsers take', dev, [
  ['fileStorage.noncurrentVersionExpiration', Duration.days(36500)],
  [ORIGINS, ['*', 'https://*', 'https://*.example.com', 'http://*:3000']],
]);
takes('what S3 and browsers take', prod, [
  [ORIGINS, ['https://a.example.com', 'http://[::1]:3000', 'http://10.0.0.255:8080']],
]);
