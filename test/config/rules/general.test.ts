import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Aws, Duration, Size } from 'aws-cdk-lib/core';
import { dev } from '../../../lib/config/dev';
import { prod } from '../../../lib/config/prod';
import { bent, testAccepted, testRules } from '../../support/config';

testRules('operations: nobody is told, logs cost for ever, or the deploy goes to another account', [
  ['account', '12345678901', 'account: 12345678901 is no account number of 12 digits'],
  ['account', '1234567890123', 'account: 1234567890123 is no account number of 12 digits'],
  ['region', 'ap-northest-1', 'region: ap-northest-1 is no region of AWS'],
  ['region', 'cn-north-1', 'region: cn-north-1 is no region of AWS'],
  ['terminationProtection', { off: Aws.REGION }, 'terminationProtection: off without a reason'],
  ['terminationProtection', 'off', 'terminationProtection: off is none of on'],
  ['terminationProtection', { off: '' }, 'terminationProtection: off without a reason'],
  ['keepData', { off: '\t' }, 'keepData: off without a reason'],
  ['keepData', 'destroy', 'keepData: destroy is none of retain'],
  ['logRetention', 4, 'logRetention: 4 days is no retention of CloudWatch'],
  ['logRetention', 'ONE_WEEK', 'logRetention: ONE_WEEK days is no retention of CloudWatch'],
  ['logRetention', RetentionDays.INFINITE, 'logRetention: 9999 days is no retention of CloudWatch'],
  ['fileStorage.versioning', { off: '' }, 'fileStorage.versioning: off without a reason'],
  ['fileStorage.noncurrentVersionExpiration', Duration.days(0), 'noncurrentVersionExpiration: 0 days are not'],
  ['fileStorage.importExpiration', Duration.hours(1), 'fileStorage.importExpiration: 0.0416'],
  ['imageRegistry.keptImages', 0, 'imageRegistry.keptImages: 0 is not a whole number from 1'],
  ['imageRegistry.untaggedExpiration', Duration.days(0), 'imageRegistry.untaggedExpiration: 0 days are not'],
  ['imageRegistry.immutableTags', { off: '' }, 'imageRegistry.immutableTags: off without a reason'],
  ['imageRegistry.scanOnPush', { off: '' }, 'imageRegistry.scanOnPush: off without a reason'],
  ['alarms.email', 'ops', 'alarms.email: ops is no email address', prod],
  ['alarms.email', 'a@example.com,b@example.com', 'alarms.email: a@example.com,b@example.com is no email', prod],
  ['alarms.webCpuPercent', 0, 'alarms.webCpuPercent: 0 is not a percentage above 0 and up to 100', prod],
  ['alarms.databaseCpuPercent', 101, 'alarms.databaseCpuPercent: 101 is not a percentage', prod],
  ['alarms.http5xxCount', 0.5, 'alarms.http5xxCount: 0.5 is not a whole number', prod],
  ['alarms.databaseConnections', -1, 'alarms.databaseConnections: -1 is not a whole number', prod],
  ['alarms.databaseFreeStorage', Size.gibibytes(0), 'alarms.databaseFreeStorage: 0 bytes is no size above zero', prod],
  ['alarms.databaseFreeStorage', Size.bytes(0.5), 'alarms.databaseFreeStorage: 0.5 bytes is no size above zero', prod],
  ['alarms.databaseFreeStorage', Size.gibibytes(0.3), '322122547.2 bytes is no size above zero in whole bytes', prod],
]);

testAccepted('operations: what CloudWatch, S3, ECR and SNS take', [
  ['account', '123456789012'],
  ['region', 'us-east-1', bent(dev, 'network.availabilityZones', ['us-east-1a', 'us-east-1b'])],
  ['logRetention', RetentionDays.TEN_YEARS],
  ['fileStorage.noncurrentVersionExpiration', Duration.days(36500)],
  ['imageRegistry.keptImages', 1],
  ['alarms.email', 'ops+prod@a.mail-2.example.co.jp', prod],
  ['alarms.webCpuPercent', 100, prod],
  ['alarms.databaseFreeStorage', Size.bytes(1), prod],
]);
