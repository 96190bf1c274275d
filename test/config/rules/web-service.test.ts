import { Duration, Size } from 'aws-cdk-lib/core';
import { dev } from '../../support/configs/dev';
import { prod } from '../../support/configs/prod';
import { brokenRules } from '../../../lib/config/validate';
import { withField, testAccepted, testRules } from '../../support/config';

testRules('web service: ECS refuses the task, or scaling never works', [
  ['webService.size.memory', Size.gibibytes(8), '8 GiB does not go with 512 CPU units; Fargate'],
  ['webService.size.memory', Size.mebibytes(1025), '1.0009765625 GiB does not go with 512'],
  ['webService.size.cpu', 500, '500 is not one of 256, 512'],
  ['webService.tasks.mode', 'Scaled', 'Scaled is not one of fixed, scaled'],
  ['webService.tasks.desiredCount', 0, '0 is not a whole number from 1'],
  ['webService.tasks.desiredCount', 5001, '5001 is not a whole number from 1 to 5000'],
  ['webService.tasks.desiredCount', Number.NaN, 'NaN is not a whole number'],
  ['webService.tasks.minCapacity', 5, '5 is above maxCapacity, 4; write that or less', prod],
  ['webService.tasks.minCapacity', 0, '0 is not a whole number', prod],
  ['webService.tasks.maxCapacity', 1e9, '1000000000 is not a whole number', prod],
  ['webService.tasks.targetCpuPercent', 101, '101 is not a percentage', prod],
  ['webService.tasks.targetRequestsPerMinute', 0.5, '0.5 is not a whole number from 1 to 1000000', prod],
  ['webService.tasks.targetCpuPercent', 0.6, '0.6 is not a percentage from 1 to 100; 60 is 60 %', prod],
  ['webService.zones', 'second', 'second is not one of first, all'],
  ['webService.healthCheckGracePeriod', Duration.millis(1500), '1.5 seconds is not a whole number of seconds'],
  ['webService.zones', ['all\nprod: x'], '"all\\nprod: x" is not one of first, all'],
]);

testAccepted('web service: what ECS takes', [
  ['webService.tasks.desiredCount', 5000],
  [
    'webService.tasks',
    { mode: 'scaled', minCapacity: 3, maxCapacity: 3, targetCpuPercent: 100, targetRequestsPerMinute: 1 },
    prod,
  ],
  ['webService.healthCheckGracePeriod', Duration.seconds(0)],
]);

const migration = (command: string[], timeout = Duration.minutes(30)) => ({ command, timeout });

testRules('a migration that cannot run stops every release', [
  ['webService.migration', migration([]), '"" names no program'],
  [
    'webService.migration',
    migration(['npx prisma', 'migrate deploy']),
    "npx prisma migrate deploy names no program; write a word each, as in ['npx', 'prisma', 'migrate', 'deploy']",
  ],
  ['webService.migration', migration(['npx', '']), '"" is not a word of a command'],
  ['webService.migration', migration(['sh', '-c', 'a\nb']), '"a\\nb" is not a word of a command'],
  ['webService.migration', migration(['sh', 'x'.repeat(1998)]), 'it has 2001 characters of 2000; put a script into'],
  ['webService.migration', migration(['npx'], Duration.seconds(90)), '1.5 minutes is not a whole number of minutes'],
  [
    'webService.migration',
    migration(['npx'], Duration.hours(3)),
    '180 minutes is not a whole number of minutes from 1',
  ],
]);

testAccepted('a migration that can run', [
  ['webService.migration', migration(['npx', 'prisma', 'migrate', 'deploy'])],
  ['webService.migration', migration(['sh', 'x'.repeat(1997)])],
  ['webService.migration', migration(['sh', '-c', 'npx prisma migrate deploy && node seed.js'], Duration.hours(2))],
]);

describe('Fargate has no task of another memory beside this CPU', () => {
  test.each([
    { cpu: 256, taken: [0.5, 1, 2], refused: [0.25, 1.5, 3], list: '0.5, 1, 2 GiB' },
    { cpu: 512, taken: [1, 4], refused: [0.5, 5], list: '1, 2, 3, 4 GiB' },
    { cpu: 1024, taken: [2, 8], refused: [1, 9], list: '2, 3, 4, 5, 6, 7, 8 GiB' },
    { cpu: 2048, taken: [4, 16], refused: [3, 17], list: '4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 GiB' },
    { cpu: 4096, taken: [8, 9, 30], refused: [7, 31], list: '26, 27, 28, 29, 30 GiB' },
    {
      cpu: 8192,
      taken: [16, 20, 60],
      refused: [12, 17, 64],
      list: '16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60 GiB',
    },
    {
      cpu: 16384,
      taken: [32, 40, 120],
      refused: [24, 36, 128],
      list: '32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120 GiB',
    },
  ])('$cpu', ({ cpu, taken, refused, list }) => {
    const broken = (gibibytes: number) =>
      brokenRules('dev', withField(dev, 'webService.size', { cpu, memory: Size.gibibytes(gibibytes) }));
    expect(taken.flatMap(broken)).toEqual([]);
    for (const memory of refused) expect(broken(memory)).toEqual([expect.stringContaining(list)]);
  });
});

testRules('a task that starts slowly is turned back by the alarm on unhealthy targets', [
  [
    'webService.healthCheckGracePeriod',
    Duration.seconds(241),
    '241 seconds is longer than the alarm on unhealthy targets waits, which would roll the release back; write 240 or',
    prod,
  ],
]);
