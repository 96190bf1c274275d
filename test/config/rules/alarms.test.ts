import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';
import { prod } from '../../support/configs/prod';
import { mostConnections } from '../../../lib/config/rules/database-classes';
import { testAccepted, testRules, withField } from '../../support/config';

const largest = withField(prod, 'database.instanceType', new InstanceType('r7g.16xlarge'));

testRules('alarms: nobody is told, or an alarm never fires', [
  ['alarms.email', 'ops', 'ops is not an email address; write a single one, as in ops@example.com', prod],
  ['alarms.email', 'a@example.com,b@example.com', 'a@example.com,b@example.com is not an email', prod],
  ['alarms.webCpuPercent', 0, '0 is not a percentage from 1 to 100', prod],
  ['alarms.webCpuPercent', 0.8, '0.8 is not a percentage from 1 to 100; 60 is 60 %', prod],
  ['alarms.databaseCpuPercent', 0.99, '0.99 is not a percentage from 1 to 100', prod],
  ['alarms.databaseCpuPercent', 101, '101 is not a percentage', prod],
  ['alarms.http5xxCount', 0.5, '0.5 is not a whole number', prod],
  ['alarms.databaseConnections', -1, '-1 is not a whole number', prod],
  [
    'alarms.databaseConnections',
    450,
    '450 is never exceeded: db.t4g.medium takes 450 connections; write fewer, as in 360',
    prod,
  ],
  ['alarms.databaseConnections', 5000, '5000 is never exceeded: db.r7g.16xlarge takes 5000 connections', largest],
  ['alarms.databaseConnections', 5001, '5001 is not a whole number from 1 to 5000', largest],
  [
    'alarms.databaseFreeStorage',
    Size.gibibytes(100),
    '100 GiB is the whole disk or more, so that the alarm always fires; write less than database.allocatedStorage, 100',
    prod,
  ],
  ['alarms.databaseFreeStorage', Size.mebibytes(100 * 1024 + 1), '100.0009765625 GiB is the whole disk or more', prod],
  ['database.allocatedStorage', Size.gibibytes(20.1), '20.1 GiB is not a whole number of GiB from 20', prod],
  [
    'webService.healthCheckGracePeriod',
    Duration.millis(240_500),
    '240.5 seconds is longer than the alarm on unhealthy targets waits, which would roll the release back; write 240',
    prod,
  ],
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
  ['webService.healthCheckGracePeriod', Duration.seconds(240), prod],
  ['alarms.databaseFreeStorage', Size.mebibytes(100 * 1024 - 1), prod],
  ['alarms.databaseCpuPercent', 1, prod],
  ['alarms.databaseConnections', 449, prod],
  ['alarms.databaseConnections', 4999, largest],
]);

describe('PostgreSQL takes as many connections as RDS documents for the memory of its class', () => {
  test.each([
    ['t4g.micro', 112],
    ['t3.small', 225],
    ['t4g.2xlarge', 3604],
    ['m5.large', 901],
    ['r6g.large', 1802],
    ['r6g.xlarge', 3604],
    ['x2g.large', 3604],
    ['x2iedn.xlarge', 5000],
    ['m7i.48xlarge', 5000],
    ['t2.micro', undefined],
    ['m7g.24xlarge', undefined],
  ])('%s: %s', (instanceClass, connections) => {
    expect(mostConnections(instanceClass)).toBe(connections);
  });
});
