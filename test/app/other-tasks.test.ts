import { Match, Template } from 'aws-cdk-lib/assertions';
import { Duration, Size } from 'aws-cdk-lib/core';
import { createStacks } from '../../lib/create-stacks';
import type { EnvironmentConfig } from '../../lib/config/environment';
import type { JobConfig, WorkerConfig } from '../../lib/config/sections/other-tasks';
import { brokenRules } from '../../lib/config/validate';
import { dev, prod } from '../support/configs';
import { newApp } from '../support/synth';

const job: JobConfig = {
  name: 'reminders',
  command: ['node', 'reminders.js'],
  time: '10:00',
  days: 'every-day',
  size: { cpu: 256, memory: Size.mebibytes(512) },
  timeout: Duration.minutes(30),
};
const worker: WorkerConfig = {
  name: 'mails',
  command: ['node', 'worker.js'],
  desiredCount: 2,
  size: { cpu: 256, memory: Size.mebibytes(512) },
  stopTimeout: Duration.seconds(60),
  healthCheck: {
    command: ['node', 'working.js'],
    interval: Duration.seconds(30),
    startPeriod: Duration.seconds(60),
  },
};

function build(config: EnvironmentConfig): Template {
  const [stack] = createStacks(newApp(), { test: config });
  if (!stack) throw new Error('There is no stack');
  return Template.fromStack(stack);
}

const withTasks = build({ ...dev, jobs: [job], workers: [worker] });

test('a job has the web image at the released tag, and the secrets of the web tasks', () => {
  withTasks.hasResourceProperties('AWS::Batch::JobDefinition', {
    JobDefinitionName: 'prooflink-test-jobs-reminders',
    ContainerProperties: {
      Command: job.command,
      Image: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
      Secrets: Match.arrayWith([Match.objectLike({ Name: 'NEXTAUTH_SECRET' })]),
    },
  });
});

test('no job starts before there is a web image', () => {
  withTasks.hasResourceProperties('AWS::Scheduler::Schedule', {
    Name: 'prooflink-test-jobs-reminders',
    State: { 'Fn::If': ['HasAppImage', 'ENABLED', 'DISABLED'] },
  });
});

test('a job waits for the web service: a version that is rolled back does not run at night', () => {
  const [webService] = Object.keys(
    withTasks.findResources('AWS::ECS::Service', { Properties: { ServiceName: 'prooflink-test-service' } }),
  );
  withTasks.hasResource('AWS::Batch::JobDefinition', {
    Properties: { JobDefinitionName: 'prooflink-test-jobs-reminders' },
    DependsOn: Match.arrayWith([webService]),
  });
});

test('a worker that crashes fails its deployment: it has a health check, and failures are not counted from zero', () => {
  withTasks.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Family: 'prooflink-test-worker-mails',
    ContainerDefinitions: [
      Match.objectLike({
        Command: worker.command,
        HealthCheck: Match.objectLike({ Command: ['CMD', 'node', 'working.js'] }),
      }),
    ],
  });
  withTasks.hasResourceProperties('AWS::ECS::Service', {
    ServiceName: 'prooflink-test-worker-mails',
    LoadBalancers: [],
    DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true, ResetOnHealthyTask: false } },
  });
});

test('office hours stop and start workers, too: without a database they would crash all night', () => {
  for (const action of ['stop', 'start']) {
    withTasks.hasResourceProperties('AWS::Scheduler::Schedule', { Name: `prooflink-test-${action}-worker-mails` });
  }
});

test('a job that fails has an alarm', () => {
  const alarmed = build({ ...prod, jobs: [{ ...job, time: '02:00' }], workers: [worker] });
  alarmed.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'prooflink-test-job-failed' });
});

test.each([
  { field: 'jobs[0].name', jobs: [{ ...job, name: 'Reminders' }] },
  { field: 'jobs[1]', jobs: [job, job] },
  { field: 'jobs[0].command', jobs: [{ ...job, command: [] }] },
  { field: 'jobs[0].time', jobs: [{ ...job, time: '03:00' as const }] },
  { field: 'workers[0].name', workers: [{ ...worker, name: 'a_b' }] },
  { field: 'workers[0].desiredCount', workers: [{ ...worker, desiredCount: 0 }] },
  { field: 'workers[0].stopTimeout', workers: [{ ...worker, stopTimeout: Duration.minutes(3) }] },
  {
    field: 'workers[0].healthCheck.command',
    workers: [{ ...worker, healthCheck: { ...worker.healthCheck, command: [] } }],
  },
  {
    field: 'workers[0].healthCheck.interval',
    workers: [{ ...worker, healthCheck: { ...worker.healthCheck, interval: Duration.seconds(1) } }],
  },
])('$field is refused before AWS refuses it', ({ field, ...tasks }) => {
  expect(brokenRules('dev', { ...dev, ...tasks })).toEqual([expect.stringContaining(`${field}: `)]);
});
