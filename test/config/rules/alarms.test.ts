import { Size } from 'aws-cdk-lib/core';
import { prod } from '../../../lib/config/prod';
import { testAccepted, testRules } from '../../support/config';

testRules('alarms: nobody is told, or an alarm never rings', [
  ['alarms.email', 'ops', 'ops is not an email address; write a single one, as in ops@example.com', prod],
  ['alarms.email', 'a@example.com,b@example.com', 'a@example.com,b@example.com is not an email', prod],
  ['alarms.webCpuPercent', 0, '0 is not a percentage above 0 and up to 100', prod],
  ['alarms.databaseCpuPercent', 101, '101 is not a percentage', prod],
  ['alarms.http5xxCount', 0.5, '0.5 is not a whole number', prod],
  ['alarms.databaseConnections', -1, '-1 is not a whole number', prod],
  ['alarms.databaseFreeStorage', Size.gibibytes(0), '0 bytes is not a whole number of bytes above zero', prod],
  ['alarms.databaseFreeStorage', Size.bytes(0.5), '0.5 bytes is not a whole number of bytes above zero', prod],
  [
    'alarms.databaseFreeStorage',
    Size.gibibytes(0.3),
    '322122547.2 bytes is not a whole number of bytes above zero',
    prod,
  ],
]);

testAccepted('alarms: what SNS and CloudWatch take', [
  ['alarms.email', 'ops+prod@a.mail-2.example.co.jp', prod],
  ['alarms.webCpuPercent', 100, prod],
  ['alarms.databaseFreeStorage', Size.bytes(1), prod],
]);
