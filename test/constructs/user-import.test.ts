import { at, deployed } from '../support/deployed';
import { text } from '../support/template';

describe('an environment without a user import', () => {
  const stack = deployed('testlean');

  test('has nothing of AWS Batch', () => {
    const types = Object.values(stack.template.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('AWS::Batch::') || type === 'AWS::Events::Rule')).toEqual([]);
    expect(JSON.stringify(stack.template)).not.toMatch(
      /-batch-(sg|execution-role|task-role)|batch:SubmitJob|BATCH_JOB/,
    );
  });

  test('lets the web tasks alone reach the database', () => {
    const sources = stack
      .all('AWS::EC2::SecurityGroupIngress')
      .map(({ properties }) => properties['SourceSecurityGroupId']);
    expect(sources).toEqual(['prooflink-testlean-alb-sg', 'prooflink-testlean-ecs-sg']);
  });

  test('has no command and no alarm for it', () => {
    expect([stack.output('SubmitImport'), stack.output('ImportLogs')]).toEqual([undefined, undefined]);
    expect(stack.all('AWS::CloudWatch::Alarm').map(({ name }) => name)).not.toContain(
      'prooflink-testlean-import-failed',
    );
  });
});

test('the web application is told the job and the queue on which it starts imports', () => {
  const stack = deployed('dev');
  const environment = at(
    stack.one('AWS::ECS::TaskDefinition', 'Web/TaskDefinition').properties,
    'ContainerDefinitions.0.Environment',
  );
  expect(environment).toEqual(
    expect.arrayContaining([
      { Name: 'BATCH_JOB_QUEUE', Value: 'prooflink-dev-job-queue' },
      { Name: 'BATCH_JOB_DEFINITION', Value: 'prooflink-dev-user-import' },
    ]),
  );
});

test('a deploy leaves the revision alone with which a job waits', () => {
  expect(deployed('dev').one('AWS::Batch::JobDefinition').properties['ResourceRetentionPolicy']).toEqual({
    SkipDeregisterOnUpdate: true,
  });
});

test('the compute environment has no update policy: AWS refuses it for Fargate on the first update', () => {
  expect(deployed('dev').one('AWS::Batch::ComputeEnvironment').properties).not.toHaveProperty('UpdatePolicy');
});

describe('a scheduled import', () => {
  const stack = deployed('testweekdays');
  const schedule = stack.one('AWS::Scheduler::Schedule', 'prooflink-testweekdays-user-import').properties;

  test('starts at Japan’s time, and no retry reaches into the night', () => {
    expect(schedule).toMatchObject({
      ScheduleExpression: 'cron(30 10 ? * MON-FRI *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
    });
    expect(at(schedule, 'Target.RetryPolicy')).toEqual({ MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 900 });
  });

  test('submits the newest revision of this job on this queue, with the key to read', () => {
    expect(at(schedule, 'Target.Arn')).toMatch(/:aws-sdk:batch:submitJob$/);
    expect(JSON.parse(text(at(schedule, 'Target.Input')))).toEqual({
      JobName: 'user-import',
      JobQueue: 'prooflink-testweekdays-job-queue',
      JobDefinition: 'prooflink-testweekdays-user-import',
      ContainerOverrides: { Environment: [{ Name: 'IMPORT_FILE_KEY', Value: 'imports/users.csv' }] },
    });
  });

  test('is not there where none is asked for', () => {
    const names = deployed('dev')
      .all('AWS::Scheduler::Schedule')
      .map(({ name }) => name);
    expect(names).not.toContain('prooflink-dev-user-import');
  });
});
