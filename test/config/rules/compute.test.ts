import { Duration, Size } from 'aws-cdk-lib/core';
import { dev } from '../../../lib/config/dev';
import { prod } from '../../../lib/config/prod';
import { bent, testRules } from '../../support/config';

testRules('compute: ECS and Batch refuse the task, or scaling never works', [
  ['webService.size.memory', Size.gibibytes(8), 'webService.size.memory: 8 GiB do not go with 512 CPU units; Fargate'],
  ['webService.size.memory', Size.mebibytes(1025), 'webService.size.memory: 1.0009765625 GiB do not go with 512'],
  ['webService.size.cpu', 500, 'webService.size.cpu: 500 is none of 256, 512'],
  ['webService.tasks.mode', 'Scaled', 'webService.tasks.mode: Scaled is none of fixed, scaled'],
  ['webService.tasks.desiredCount', 0, 'webService.tasks.desiredCount: 0 is not a whole number from 1'],
  ['webService.tasks.desiredCount', Number.NaN, 'webService.tasks.desiredCount: NaN is not a whole number'],
  ['webService.tasks.minCapacity', 5, 'webService.tasks.minCapacity: 5 is above maxCapacity, 4', prod],
  ['webService.tasks.minCapacity', 0, 'webService.tasks.minCapacity: 0 is not a whole number', prod],
  ['webService.tasks.maxCapacity', 1e9, 'webService.tasks.maxCapacity: 1000000000 is not a whole number', prod],
  ['webService.tasks.targetCpuPercent', 101, 'webService.tasks.targetCpuPercent: 101 is not a percentage', prod],
  ['webService.zones', 'second', 'webService.zones: second is none of first, all'],
  ['webService.healthCheckGracePeriod', Duration.millis(1500), '1.5 seconds are not whole seconds'],
  ['userImport.timeout', Duration.seconds(59), 'userImport.timeout: 59 seconds are not whole seconds from 60'],
  ['userImport.maxvCpus', 0.5, 'userImport.maxvCpus: 0.5 is not a whole number'],
  ['userImport.maxvCpus', 1, 'userImport.maxvCpus: 1 is less than one job', bent(dev, 'userImport.size.cpu', 2048)],
  ['userImport.size.memory', Size.gibibytes(16), 'userImport.size.memory: 16 GiB do not go with 512 CPU units'],
]);
