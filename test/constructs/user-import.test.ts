import { Part } from '../../lib/contract';
import { deployed } from '../support/deployed';
import { pathOf } from '../support/template';

describe('an environment without a user import', () => {
  const stack = deployed('testlean');

  test('has no resource of it', () => {
    const paths = Object.values(stack.template.Resources).map(pathOf);
    expect(paths.filter((path) => /^(UserImport|Alarms\/FailedImports)\//.test(path))).toEqual([]);
  });

  test.each([
    { title: 'security group', word: '-batch-sg' },
    { title: 'execution role', word: '-batch-execution-role' },
    { title: 'task role', word: '-batch-task-role' },
    { title: 'right to start imports', word: 'StartImports' },
    { title: 'variable for them', word: 'BATCH_JOB' },
    { title: 'command that submits one', word: 'SubmitImport' },
    { title: 'command for their logs', word: 'ImportLogs' },
    { title: 'alarm on failed ones', word: 'import-failed' },
  ])('names no $title', ({ word }) => {
    expect(JSON.stringify(stack.template)).not.toContain(word);
  });

  test('lets the web tasks alone reach its database', () => {
    const rules = stack.all('AWS::EC2::SecurityGroupIngress').map(({ properties }) => properties);
    const sources = rules.map(({ SourceSecurityGroupId: source }) => source);
    expect(sources).toEqual(['prooflink-testlean-alb-sg', 'prooflink-testlean-ecs-sg']);
  });
});

test('the web application’s environment names the job and the queue of imports', () => {
  const path = 'ContainerDefinitions.0.Environment';
  expect(deployed('dev').partAt(Part.webTaskDefinition, path)).toEqual(
    expect.arrayContaining([
      { Name: 'BATCH_JOB_QUEUE', Value: 'prooflink-dev-job-queue' },
      { Name: 'BATCH_JOB_DEFINITION', Value: 'prooflink-dev-user-import' },
    ]),
  );
});

test('a deploy leaves the revision alone with which a job waits', () => {
  expect(deployed('dev').partAt(Part.jobDefinition, 'ResourceRetentionPolicy')).toEqual({
    SkipDeregisterOnUpdate: true,
  });
});

test('the compute environment has no update policy: AWS refuses it for Fargate on the first update', () => {
  expect(deployed('dev').part(Part.computeEnvironment).properties).not.toHaveProperty('UpdatePolicy');
});

describe('a scheduled import', () => {
  const schedule = (path: string) => deployed('testweekdays').partAt(Part.importSchedule, path);

  test('starts at Japan’s time, and no retry reaches into the night', () => {
    expect(schedule('ScheduleExpression')).toBe('cron(30 10 ? * MON-FRI *)');
    expect(schedule('ScheduleExpressionTimezone')).toBe('Asia/Tokyo');
    expect(schedule('Target.RetryPolicy')).toEqual({ MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 900 });
  });

  test('submits the newest revision of this job on this queue, with the key to read', () => {
    expect(schedule('Target.Arn')).toMatch(/:aws-sdk:batch:submitJob$/);
    expect(JSON.parse(schedule('Target.Input') as string)).toEqual({
      JobName: 'user-import',
      JobQueue: 'prooflink-testweekdays-job-queue',
      JobDefinition: 'prooflink-testweekdays-user-import',
      ContainerOverrides: { Environment: [{ Name: 'IMPORT_FILE_KEY', Value: 'imports/users.csv' }] },
    });
  });
});
