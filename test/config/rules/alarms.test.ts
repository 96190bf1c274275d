import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Duration, Size } from 'aws-cdk-lib/core';
import { mostConnections } from '../../../lib/config/rules/database-classes';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const largest = withField(prod, 'database.instanceType', new InstanceType('r7g.16xlarge'));
const FREE = 'alarms.databaseFreeStorage';

refuses('no mail is sent, or an alarm never fires', prod, [
  ['alarms.email', 'is not an email address; write a single one, as in ops@example.com', 'ops', 'a@b.jp,c@b.jp'],
  ['alarms.webCpuPercent', 'is not a percentage from 1 to 100; 60 is 60 %', 0, 0.8],
  ['alarms.databaseCpuPercent', 'is not a percentage from 1 to 100', 0.99, 101],
  ['alarms.http5xxCount', 'is not a whole number from 1 to 1000000', 0.5],
  ['alarms.databaseConnections', 'is not a whole number', -1],
  ['alarms.databaseConnections', 'is never exceeded: db.t4g.medium takes 450 connections; write fewer, as in 360', 450],
  [
    FREE,
    '100 GiB is the whole disk or more, so that the alarm always fires; write less than database.allocatedStorage, 100',
    Size.gibibytes(100),
  ],
  [FREE, '100.0009765625 GiB is the whole disk or more', Size.mebibytes(100 * 1024 + 1)],
  [FREE, '0 bytes is not a whole number of bytes above zero', Size.gibibytes(0)],
  [FREE, '0.5 bytes is not a whole number of bytes above zero', Size.bytes(0.5)],
  [FREE, '322122547.2 bytes is not a whole number of bytes above zero', Size.gibibytes(0.3)],
  ['database.allocatedStorage', '20.1 GiB is not a whole number of GiB from 20', Size.gibibytes(20.1)],
  [
    'webService.healthCheckGracePeriod',
    '240.5 seconds is longer than the alarm on unhealthy targets waits, which would roll the release back; write 240',
    Duration.millis(240_500),
  ],
]);
refuses('no mail is sent, or an alarm never fires', largest, [
  ['alarms.databaseConnections', 'is never exceeded: db.r7g.16xlarge takes 5000 connections', 5000],
  ['alarms.databaseConnections', 'is not a whole number from 1 to 5000', 5001],
]);

takes('what SNS and CloudWatch take', prod, [
  ['alarms.email', 'ops+prod@a.mail-2.example.co.jp'],
  ['alarms.webCpuPercent', 99, 60.5],
  [FREE, Size.bytes(1), Size.mebibytes(100 * 1024 - 1)],
  ['webService.healthCheckGracePeriod', Duration.seconds(240)],
  ['alarms.databaseCpuPercent', 1],
  ['alarms.databaseConnections', 449],
]);
takes('what PostgreSQL takes', largest, [['alarms.databaseConnections', 4999]]);

test.each([
  { title: 'the web tasks', field: 'alarms.webCpuPercent' },
  { title: 'the database', field: 'alarms.databaseCpuPercent' },
])('an alarm on the CPU of $title above 100 % never fires: utilization ends there', ({ field }) => {
  expect(brokenWith(prod, { [field]: 100 })).toEqual([
    `prod: ${field}: 100 % is never exceeded; write less than 100, as in 80`,
  ]);
});

test.each([
  { title: 'below', webCpuPercent: 50 },
  { title: 'at', webCpuPercent: 60 },
])('an alarm on CPU $title the target of the scaling fires while all is as it should be', ({ webCpuPercent }) => {
  expect(brokenWith(prod, { 'alarms.webCpuPercent': webCpuPercent })).toEqual([
    `prod: alarms.webCpuPercent: ${webCpuPercent} % is not above webService.tasks.targetCpuPercent, 60, at which ` +
      'scaling keeps the CPU; write more, as in 80',
  ]);
});

test('a fixed number of tasks has no target: its alarm may be low', () => {
  expect(brokenWith(dev, { alarms: { ...prod.alarms, databaseConnections: 80, webCpuPercent: 20 } })).toEqual([]);
});

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
])('PostgreSQL takes as many connections as RDS documents for the memory of %s: %s', (instanceClass, connections) => {
  expect(mostConnections(instanceClass)).toBe(connections);
});
