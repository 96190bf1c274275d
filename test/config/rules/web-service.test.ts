import { Duration, Size } from 'aws-cdk-lib/core';
import { brokenRules } from '../../../lib/config/validate';
import { dev, prod } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const GRACE = 'webService.healthCheckGracePeriod';
const MIGRATION = 'webService.migration';
const migration = (command: string[], timeout = Duration.minutes(30)) => ({ command, timeout });

refuses('ECS refuses the task', dev, [
  {
    field: 'webService.size.memory',
    values: [Size.gibibytes(8)],
    says: '8 GiB does not go with 512 CPU units; Fargate',
  },
  { field: 'webService.size.cpu', values: [500], says: 'is not one of 256, 512' },
  { field: 'webService.tasks.mode', values: ['Scaled'], says: 'is not one of fixed, scaled', breaksMore: true },
  {
    field: 'webService.tasks.desiredCount',
    values: [0, 5001, Number.NaN],
    says: 'is not a whole number from 1 to 5000',
  },
  { field: 'webService.zones', values: ['second'], says: 'is not one of first, all' },
  { field: GRACE, values: [Duration.millis(1500)], says: '1.5 seconds is not a whole number of seconds' },
  { field: 'webService.failedTasks', values: [1, 201], says: 'is not a whole number from 2 to 200' },
]);
refuses('scaling never works', prod, [
  { field: 'webService.tasks.minCapacity', values: [5], says: 'is above maxCapacity, 4; write that or less' },
  { field: 'webService.tasks.minCapacity', values: [0], says: 'is not a whole number' },
  {
    field: 'webService.tasks.targetCpuPercent',
    values: [0.6, 101],
    says: 'is not a percentage from 1 to 100; 60 is 60 %',
  },
  { field: 'webService.tasks.targetRequestsPerMinute', values: [0.5], says: 'is not a whole number from 1 to 1000000' },
]);
refuses('the alarm on unhealthy targets rolls a task back that starts slowly', prod, [
  {
    field: GRACE,
    values: [Duration.seconds(241)],
    says: '241 seconds is longer than the alarm on unhealthy targets waits, which would roll the release back; write 240 or',
  },
]);
refuses('a migration that cannot run stops every release', dev, [
  { field: MIGRATION, values: [migration([])], says: '"" names no program' },
  {
    field: MIGRATION,
    values: [migration(['npx prisma', 'migrate deploy'])],
    says: "npx prisma migrate deploy names no program; write a word each, as in ['npx', 'prisma', 'migrate', 'deploy']",
  },
  { field: MIGRATION, values: [migration(['npx', ''])], says: '"" is not a word of a command' },
  {
    field: MIGRATION,
    values: [migration(['sh', 'x'.repeat(1998)])],
    says: 'it has 2001 characters of 2000; put a script into',
  },
  {
    field: MIGRATION,
    values: [migration(['npx'], Duration.hours(3))],
    says: '180 minutes is not a whole number of minutes from 1',
  },
]);

const whole = { mode: 'scaled', minCapacity: 3, maxCapacity: 3, targetCpuPercent: 79, targetRequestsPerMinute: 1 };
takes('what scaling takes', prod, [{ field: 'webService.tasks', values: [whole] }]);
takes('what ECS takes', dev, [
  { field: 'webService.tasks.desiredCount', values: [5000] },
  { field: GRACE, values: [Duration.seconds(0)] },
  {
    field: MIGRATION,
    values: [migration(['npx', 'prisma', 'migrate', 'deploy']), migration(['sh', 'x'.repeat(1997)])],
  },
  {
    field: MIGRATION,
    values: [migration(['sh', '-c', 'npx prisma migrate deploy && node seed.js'], Duration.hours(2))],
  },
]);

test('a target of 100 % CPU is never exceeded, so that scaling adds no task', () => {
  const values = { 'webService.tasks.targetCpuPercent': 100, alarms: undefined };
  expect(brokenWith(prod, values)).toEqual([
    'prod: webService.tasks.targetCpuPercent: 100 % is never exceeded; write less than 100, as in 60',
  ]);
});

test.each([
  { cpu: 256, taken: [0.5, 1, 2], refused: [0.25, 1.5, 3], list: '0.5, 1, 2 GiB' },
  { cpu: 2048, taken: [4, 16], refused: [3, 17], list: '4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 GiB' },
  { cpu: 8192, taken: [16, 20, 60], refused: [12, 17, 64], list: '16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60 GiB' },
])('Fargate has no task of another memory beside $cpu CPU units', ({ cpu, taken, refused, list }) => {
  const broken = (gibibytes: number) =>
    brokenRules('dev', withField(dev, 'webService.size', { cpu, memory: Size.gibibytes(gibibytes) }));
  expect(taken.flatMap(broken)).toEqual([]);
  for (const memory of refused) expect(broken(memory)).toEqual([expect.stringContaining(list)]);
});
