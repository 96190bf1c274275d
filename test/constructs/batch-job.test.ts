import { Match, Template } from 'aws-cdk-lib/assertions';
import { JobQueue } from 'aws-cdk-lib/aws-batch';
import { Duration, Size } from 'aws-cdk-lib/core';
import { BatchJob, type BatchContainerProps, type BatchJobProps } from '../../lib/constructs/batch-job';
import { jobContainer, newStack, secretArn } from '../support/construct';

const JOB_DEFINITION = 'AWS::Batch::JobDefinition';
const SCHEDULE = 'AWS::Scheduler::Schedule';

function build(props: Partial<BatchJobProps> = {}, container: Partial<BatchContainerProps> = {}) {
  const stack = newStack();
  const job = new BatchJob(stack, 'Job', {
    container: { ...jobContainer(stack), ...container },
    jobName: 'report',
    jobDefinitionName: 'test-report',
    logGroupName: 'test-report-logs',
    roleNames: undefined,
    command: ['node', 'report.js'],
    size: { cpu: 512, memory: Size.gibibytes(1) },
    timeout: Duration.minutes(20),
    databaseVariable: undefined,
    settings: undefined,
    variables: {},
    sessionSecret: undefined,
    ...props,
  });
  return { stack, job };
}

const template = Template.fromStack(build().stack);

test('a deploy leaves the revision alone with which a job waits', () => {
  // AWS Batch fails a job whose revision is deregistered.
  template.hasResourceProperties(JOB_DEFINITION, { ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true } });
});

test('the job definition waits for all policies of its roles', () => {
  // A job that is submitted earlier may not read its secrets.
  const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
  expect(policies).toHaveLength(2);
  const [definition] = Object.values(template.findResources(JOB_DEFINITION)) as { DependsOn: string[] }[];
  expect(definition?.DependsOn).toEqual(expect.arrayContaining(policies));
});

test('a job is stopped after its time', () => {
  // A job that hangs would cost, and keep its connections to the database.
  template.hasResourceProperties(JOB_DEFINITION, { Timeout: { AttemptDurationSeconds: 1200 } });
});

test('a job reads the database’s URL under the name of its config, too', () => {
  Template.fromStack(build({ databaseVariable: 'POSTGRES_URL' }).stack).hasResourceProperties(JOB_DEFINITION, {
    ContainerProperties: {
      Secrets: [Match.objectLike({ Name: 'DATABASE_URL' }), Match.objectLike({ Name: 'POSTGRES_URL' })],
    },
  });
});

test('a further job needs no names for its roles', () => {
  template.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName: Match.absent() }, 2);
});

test('jobs run on the processor that their image was built for', () => {
  // On another one no program in it starts.
  Template.fromStack(build({}, { cpuArchitecture: 'ARM64' }).stack).hasResourceProperties(JOB_DEFINITION, {
    ContainerProperties: { RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' } },
  });
});

describe('settings', () => {
  const databaseUrl = { Name: 'DATABASE_URL', ValueFrom: secretArn('database-url') };

  test('are the job’s own: variables as they are, secrets by their key of the one secret', () => {
    const settings = { variables: { LDAP_HOST: 'ldap.example.com' }, secrets: ['LDAP_BIND_SECRET'] };
    Template.fromStack(build({ settings }).stack).hasResourceProperties(JOB_DEFINITION, {
      ContainerProperties: {
        Environment: Match.arrayWith([{ Name: 'LDAP_HOST', Value: 'ldap.example.com' }]),
        Secrets: [databaseUrl, { Name: 'LDAP_BIND_SECRET', ValueFrom: `${secretArn('settings')}:LDAP_BIND_SECRET::` }],
      },
    });
  });

  test('of another container are not read', () => {
    template.hasResourceProperties(JOB_DEFINITION, { ContainerProperties: { Secrets: [databaseUrl] } });
  });
});

describe('a schedule of the job', () => {
  const { stack, job } = build();
  job.startAt({
    queue: JobQueue.fromJobQueueArn(stack, 'Queue', 'arn:aws:batch:ap-northeast-1:123456789012:job-queue/queue'),
    queueName: 'queue',
    time: '10:30',
    days: 'weekdays',
    variables: { MONTH: 'last' },
  });
  const scheduled = Template.fromStack(stack);

  test('starts it at Japan’s time, and no retry reaches into the night', () => {
    scheduled.hasResourceProperties(SCHEDULE, {
      ScheduleExpression: 'cron(30 10 ? * MON-FRI *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      Target: { RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 900 } },
    });
  });

  test('submits its newest revision, with its variables', () => {
    scheduled.hasResourceProperties(SCHEDULE, {
      Target: {
        Arn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':aws-sdk:batch:submitJob$')])] },
        Input: Match.serializedJson(
          Match.objectLike({
            JobName: 'report',
            JobDefinition: 'test-report',
            ContainerOverrides: { Environment: [{ Name: 'MONTH', Value: 'last' }] },
          }),
        ),
      },
    });
  });
});
