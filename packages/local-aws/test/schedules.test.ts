import { IAM } from '@aws-sdk/client-iam';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { type AutomationExecution, SSM } from '@aws-sdk/client-ssm';
import { Account } from './support/account';
import { describeDatabase } from './support/databases';
import { databaseIn, trusting } from './support/resources';
import { until } from './support/until';

const account = Account.shared({ usedBefore: true });
const iam = new IAM(account.client);
const scheduler = new Scheduler(account.client);
const ssm = new SSM(account.client);

const DATABASE = 'shop';
const SCHEDULE = 'stop-database';
const ON_DOCUMENT = 'arn:aws:ssm:ap-northeast-1::document/AWS-StopRdsInstance';
const ON_EXECUTION = 'arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*';

/** Replaces the policy of a role. */
async function grant(RoleName: string, Action: string[], Resource: string[]): Promise<void> {
  const statement = { Effect: 'Allow', Action, Resource };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.putRolePolicy({ RoleName, PolicyName: 'rights', PolicyDocument });
}

async function createRole(RoleName: string, service: string): Promise<string> {
  const AssumeRolePolicyDocument = JSON.stringify(trusting(service));
  const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument });
  return Role?.Arn ?? '';
}

let automationRole: string;
let schedulerRole: string;

const mayStart = (...resources: string[]) =>
  grant('schedules', ['ssm:StartAutomationExecution', 'iam:PassRole'], [automationRole, ...resources]);
const mayStop = () => grant('automation', ['rds:DescribeDBInstances', 'rds:StopDBInstance'], ['*']);

beforeAll(async () => {
  await account.deploy('database', databaseIn(DATABASE));
  automationRole = await createRole('automation', 'ssm.amazonaws.com');
  schedulerRole = await createRole('schedules', 'scheduler.amazonaws.com');
  await scheduler.createSchedule({
    Name: SCHEDULE,
    ScheduleExpression: 'cron(0 22 * * ? *)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: 'arn:aws:scheduler:::aws-sdk:ssm:startAutomationExecution',
      RoleArn: schedulerRole,
      Input: JSON.stringify({
        DocumentName: 'AWS-StopRdsInstance',
        Parameters: { InstanceId: [DATABASE], AutomationAssumeRole: [automationRole] },
      }),
    },
  });
});

/** Status of the database. */
async function databaseStatus(): Promise<string | undefined> {
  return (await describeDatabase(account, DATABASE))?.DBInstanceStatus;
}

/** The newest execution, once it has ended. */
async function endedExecution(): Promise<AutomationExecution> {
  const execution = async () => {
    const { AutomationExecutionMetadataList: [newest] = [] } = await ssm.describeAutomationExecutions({});
    const { AutomationExecutionId } = newest ?? {};
    return (await ssm.getAutomationExecution({ AutomationExecutionId })).AutomationExecution ?? {};
  };
  return await until(execution, ({ ExecutionEndTime }) => ExecutionEndTime !== undefined);
}

// The tests are the life of one schedule: each begins where the one before has ended.

test.each([
  {
    title: 'a right on the document alone starts no automation: IAM evaluates its execution, too',
    resources: [ON_DOCUMENT, 'arn:aws:ssm:ap-northeast-1::automation-definition/AWS-StopRdsInstance:*'],
    denied: `ssm:StartAutomationExecution on resource: ${ON_EXECUTION} because`,
  },
  {
    title: 'nor does a right on the execution of any document',
    resources: [ON_EXECUTION],
    denied: `ssm:StartAutomationExecution on resource: ${ON_DOCUMENT} because`,
  },
])('$title', async ({ resources, denied }) => {
  await mayStart(...resources);
  expect(await account.aws.invokeSchedule(SCHEDULE)).toContain(denied);
  expect(await ssm.describeAutomationExecutions({})).toMatchObject({ AutomationExecutionMetadataList: [] });
  expect(await databaseStatus()).toBe('available');
});

test('an automation has the rights of its own role: without them it fails, with the reason', async () => {
  await mayStart(ON_DOCUMENT, ON_EXECUTION);
  await grant('automation', ['rds:DescribeDBInstances'], ['*']);
  expect(await account.aws.invokeSchedule(SCHEDULE)).toBeUndefined();
  const { AutomationExecutionStatus, FailureMessage } = await endedExecution();
  expect(AutomationExecutionStatus).toBe('Failed');
  expect(FailureMessage).toContain('when calling the StopDBInstance operation');
  expect(await databaseStatus()).toBe('available');
});

test('a schedule that is disabled starts nothing', async () => {
  await mayStop();
  const schedule = await scheduler.getSchedule({ Name: SCHEDULE });
  const { Name, ScheduleExpression, FlexibleTimeWindow, Target } = schedule;
  const enabled = { Name, ScheduleExpression, FlexibleTimeWindow, Target };
  await scheduler.updateSchedule({ ...enabled, State: 'DISABLED' });
  expect(await account.aws.invokeSchedule(SCHEDULE)).toBe('The schedule stop-database is DISABLED.');
  await scheduler.updateSchedule({ ...enabled, State: 'ENABLED' });
});

test('a fault of an operation reaches a schedule, which calls it as any other client does', async () => {
  account.aws.fault({ StartAutomationExecution: 'denied' });
  expect(await account.aws.invokeSchedule(SCHEDULE)).toContain('The caller is not authorized');
  account.aws.fault({});
});

test.each(['stop the database', 'succeed for a stopped one, as AWS’s document does'])('rights on both %s', async () => {
  expect(await account.aws.invokeSchedule(SCHEDULE)).toBeUndefined();
  expect(await endedExecution()).toMatchObject({
    AutomationExecutionStatus: 'Success',
    Parameters: { InstanceId: [DATABASE] },
  });
  expect(await databaseStatus()).toBe('stopped');
});

test('a one-time schedule runs its target at its time, not before, and is gone afterwards', async () => {
  await grant('automation', ['rds:DescribeDBInstances', 'rds:StartDBInstance'], ['*']);
  await mayStart(ON_DOCUMENT.replace('Stop', 'Start'), ON_EXECUTION);
  const { Target } = await scheduler.getSchedule({ Name: SCHEDULE });
  const inAMinute = new Date(Date.now() + 60_000).toISOString().slice(0, 19);
  const once = {
    Name: 'once',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { ...Target, Arn: Target?.Arn, RoleArn: schedulerRole, Input: Target?.Input?.replace('Stop', 'Start') },
    ActionAfterCompletion: 'DELETE',
  } as const;
  await expect(scheduler.createSchedule({ ...once, ScheduleExpression: 'at(tomorrow)' })).rejects.toThrow(
    'at(tomorrow)',
  );
  await scheduler.createSchedule({ ...once, ScheduleExpression: `at(${inAMinute})` });
  expect(await databaseStatus()).toBe('stopped');
  account.aws.wait(60);
  const names = async () => {
    const { Schedules = [] } = await scheduler.listSchedules({});
    return Schedules.map(({ Name }) => Name);
  };
  expect(await until(names, (found) => !found.includes('once'))).toEqual([SCHEDULE]);
  expect(await until(databaseStatus, (status) => status === 'available')).toBe('available');
});
