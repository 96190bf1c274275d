import { Duration, Size } from 'aws-cdk-lib/core';
import { mostConnections } from '../../../lib/config/rules/database-classes';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const inSlack = withField(prod, 'alarms.slack', { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' });
const FREE = 'alarms.databaseFreeStorage';

refuses('no mail is sent, or an alarm never fires', prod, [
  {
    field: 'alarms.email',
    values: ['ops', '@example.com', 'the ops@example.com', 'a@b.jp,c@b.jp'],
    says: 'is not an email address; write a single one, as in ops@example.com',
  },
  { field: 'alarms.webCpuPercent', values: [0, 0.8], says: 'is not a percentage from 1 to 100; 60 is 60 %' },
  { field: 'alarms.webMemoryPercent', values: [0.8, 101], says: 'is not a percentage from 1 to 100' },
  {
    field: 'alarms.responseTime',
    values: [Duration.seconds(61)],
    says: '61 seconds is not a whole number of seconds from 1 to 60',
  },
  { field: 'alarms.databaseCpuPercent', values: [0.99, 101], says: 'is not a percentage from 1 to 100' },
  { field: 'alarms.http5xxCount', values: [0.5], says: 'is not a whole number from 1 to 1000000' },
  { field: 'alarms.databaseConnections', values: [-1], says: 'is not a whole number' },
  {
    field: 'alarms.databaseConnections',
    values: [450],
    says: 'is never exceeded: db.t4g.medium takes 450 connections; write fewer, as in 360',
  },
  {
    field: FREE,
    values: [Size.gibibytes(100)],
    says: '100 GiB is the whole disk or more, so that the alarm always fires; write less than database.allocatedStorage, 100',
  },
  { field: FREE, values: [Size.gibibytes(0)], says: '0 bytes is not a whole number of bytes above zero' },
]);
refuses('AWS knows no such channel', inSlack, [
  {
    field: 'alarms.slack.workspaceId',
    values: ['prooflink', 'C0123ABCD'],
    says: 'is not an id of Slack; write one such as T0',
  },
  {
    field: 'alarms.slack.channelId',
    values: ['#alarms', 'c0123abcd'],
    says: 'is not an id of Slack; write one such as C0',
  },
]);

takes('what SNS and CloudWatch take', prod, [
  { field: 'alarms.email', values: ['ops+prod@a.mail-2.example.co.jp'] },
  { field: 'alarms.webCpuPercent', values: [99, 60.5] },
  { field: FREE, values: [Size.bytes(1), Size.mebibytes(100 * 1024 - 1)] },
  { field: 'webService.healthCheckGracePeriod', values: [Duration.seconds(240)] },
  { field: 'alarms.databaseCpuPercent', values: [1] },
  { field: 'alarms.databaseConnections', values: [449] },
]);
test('an alarm on CPU above 100 % never fires: utilization ends there', () => {
  expect(brokenWith(prod, { 'alarms.databaseCpuPercent': 100 })).toEqual([
    'prod: alarms.databaseCpuPercent: 100 % is never exceeded; write less than 100, as in 80',
  ]);
});

test('an alarm on CPU at the target of the scaling is refused', () => {
  // It would fire while all is as it should be.
  expect(brokenWith(prod, { 'alarms.webCpuPercent': 60 })).toEqual([
    'prod: alarms.webCpuPercent: 60 % is not above webService.tasks.targetCpuPercent, 60, at which ' +
      'scaling keeps the CPU; write more, as in 80',
  ]);
});

test('a fixed number of tasks has no target: its alarm may be low', () => {
  expect(brokenWith(dev, { alarms: { ...prod.alarms, databaseConnections: 80, webCpuPercent: 20 } })).toEqual([]);
});

test.each([
  { instanceClass: 't4g.micro', connections: 112 },
  { instanceClass: 't4g.2xlarge', connections: 3604 },
  { instanceClass: 'm5.large', connections: 901 },
  { instanceClass: 'x2iedn.xlarge', connections: 5000 },
  { instanceClass: 'c6gd.large', connections: undefined },
  { instanceClass: 't4g.micros', connections: undefined },
])('PostgreSQL takes $connections connections with the memory of $instanceClass', (row) => {
  expect(mostConnections(row.instanceClass)).toBe(row.connections);
});
