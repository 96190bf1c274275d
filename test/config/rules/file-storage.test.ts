import { Duration } from 'aws-cdk-lib/core';
import { dev, prod } from '../../support/configs';
import { refuses, takes } from '../../support/config';

const ORIGINS = 'fileStorage.extraCorsOrigins';

refuses('files are lost or kept for ever, or browsers are refused', dev, [
  { field: 'fileStorage.versioning', values: [{ off: '' }], says: '{ off: "" } gives no reason' },
  { field: 'fileStorage.noncurrentVersionExpiration', values: [Duration.days(0)], says: '0 days is not a whole' },
  { field: 'fileStorage.importExpiration', values: [Duration.hours(1)], says: '0.0416' },
  {
    field: `${ORIGINS}[0]`,
    values: [
      'https://a.example.com/',
      'https://*.*.example.com',
      'https://a"b.example.com',
      'ftp://a.example.com',
      'ftp://https:8080',
      'https://a.example.com:443',
      'https://10.0.0.256',
    ],
    says: 'is not an origin; write scheme',
  },
]);
refuses('browsers are let in from anywhere', prod, [
  { field: ORIGINS, values: [['https://*.example.com'], ['*']], says: 'has a wildcard' },
]);

takes('what S3 and browsers take', dev, [
  { field: 'fileStorage.noncurrentVersionExpiration', values: [Duration.days(36500)] },
  { field: ORIGINS, values: [['*', 'https://*', 'https://*.example.com', 'http://*:3000']] },
]);
takes('what S3 and browsers take', prod, [
  { field: ORIGINS, values: [['https://a.example.com', 'http://[::1]:3000', 'http://10.0.0.255:8080']] },
]);
