import { omitKeys } from '@infra/common/values';
import { runOfficeHours } from '../../../tools/operate/office-hours';
import { answerCommands } from '../support/answer-commands';
import { stackAnswers } from '../support/parts';

const SERVICE = 'arn:aws:ecs:ap-northeast-1:123456789012:service/prooflink-dev-cluster/prooflink-dev-service';

/** The office hours, and an import with a schedule of its own. */
const PARTS = {
  webService: SERVICE,
  targetGroup: 'targets',
  database: 'prooflink-dev-db',
  importSchedule: 'prooflink-dev-user-import',
  startDatabase: 'prooflink-dev-start-database',
  startTasks: 'prooflink-dev-start-web-tasks',
  stopTasks: 'prooflink-dev-stop-web-tasks',
  stopDatabase: 'prooflink-dev-stop-database',
};

/** Time of each schedule: database and web tasks start and stop in an order that matters. */
const TIMES: Readonly<Record<string, string>> = {
  [PARTS.startDatabase]: 'cron(0 9 ? * MON-FRI *)',
  [PARTS.startTasks]: 'cron(15 9 ? * MON-FRI *)',
  [PARTS.stopTasks]: 'cron(0 22 ? * MON-FRI *)',
  [PARTS.stopDatabase]: 'cron(5 22 ? * MON-FRI *)',
};

/** Lets AWS answer with a web service that never changes, and with the parts of a stack; returns what AWS is asked. */
function serviceStays(service: object, parts: Partial<typeof PARTS> = PARTS) {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  let databaseStatus = 'available';
  return answerCommands({
    DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'UPDATE_COMPLETE' }] },
    ...stackAnswers(parts),
    DescribeDBInstances: ({ DBInstanceIdentifier }: { DBInstanceIdentifier: string }) => ({
      DBInstances: [{ DBInstanceIdentifier, DBInstanceStatus: databaseStatus }],
    }),
    StartDBInstance: () => (databaseStatus = 'available'),
    StopDBInstance: () => (databaseStatus = 'stopped'),
    GetSchedule: ({ Name }: { Name: string }) => ({
      Name,
      State: 'ENABLED',
      ScheduleExpression: TIMES[Name],
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      Target: { Input: JSON.stringify({ DesiredCount: Name.includes('start') ? 1 : 0 }) },
    }),
    UpdateService: {},
    DescribeServices: { services: [service] },
    ListTasks: {},
    DescribeTargetHealth: {},
  });
}

const FAILED = [{ status: 'PRIMARY', rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start.' }];
const UNDERWAY = [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }];

afterEach(() => jest.restoreAllMocks());

test('tasks that are not healthy in time are no success, and the next command is named', async () => {
  serviceStays({ desiredCount: 1, runningCount: 1, deployments: UNDERWAY });
  expect(await runOfficeHours('dev', 'start', 0)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'The web tasks did not come to rest in 0 minutes. What is wrong: npm run prooflink -- doctor dev\n',
  });
});

test('tasks on which ECS has given up are not waited for', async () => {
  serviceStays({ desiredCount: 1, runningCount: 0, deployments: FAILED });
  expect(await runOfficeHours('dev', 'start')).toMatchObject({
    exitCode: 1,
    stderr: 'The web tasks do not start: tasks failed to start. What is wrong: npm run prooflink -- doctor dev\n',
  });
});

test('a service whose deployment has failed still goes to sleep', async () => {
  const asked = serviceStays({ desiredCount: 0, runningCount: 0, deployments: FAILED });
  expect((await runOfficeHours('dev', 'stop')).exitCode).toBe(0);
  expect(asked['UpdateService']).toMatchObject([{ desiredCount: 0 }]);
});

describe('an import that has a schedule', () => {
  const scheduleNames = (asked: Record<string, unknown[]>) =>
    asked['GetSchedule']?.map((input) => (input as { Name: string }).Name);
  const hours = [PARTS.startDatabase, PARTS.startTasks, PARTS.stopTasks, PARTS.stopDatabase];

  test('is no part of the office hours: stop asks for theirs alone, and stops database and web tasks once', async () => {
    const asked = serviceStays({ desiredCount: 0, runningCount: 0 });
    expect((await runOfficeHours('dev', 'stop')).exitCode).toBe(0);
    expect(scheduleNames(asked)).toEqual(hours);
    expect(asked['UpdateService']).toMatchObject([{ service: 'prooflink-dev-service', desiredCount: 0 }]);
    expect(asked['StopDBInstance']).toEqual([{ DBInstanceIdentifier: PARTS.database }]);
  });

  test('gives an environment that always runs no evening: stop leaves prod alone', async () => {
    const { webService, targetGroup, database, importSchedule } = PARTS;
    const asked = serviceStays(
      { desiredCount: 2, runningCount: 2 },
      { webService, targetGroup, database, importSchedule },
    );
    await expect(runOfficeHours('prod', 'stop')).rejects.toThrow(
      'prod has no office hours: it always runs (officeHours in lib/config).',
    );
    expect(Object.keys(asked)).toEqual(['DescribeStacks', 'ListStackResources', 'GetTemplate']);
  });
});

test('a schedule that the config has and the stack lacks is not found, and nothing is stopped', async () => {
  const others = omitKeys(PARTS, 'stopTasks');
  const asked = serviceStays({ desiredCount: 1, runningCount: 1 }, others);
  await expect(runOfficeHours('dev', 'stop')).rejects.toThrow(
    'ProoflinkDev has no AWS::Scheduler::Schedule at the construct path OfficeHours/StopTasks.',
  );
  expect(Object.keys(asked)).not.toContain('UpdateService');
  expect(Object.keys(asked)).not.toContain('StopDBInstance');
});
