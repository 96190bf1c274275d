import type { DeployedStack } from '../../src/deployed/deployed-stack';
import { parseCronExpression } from '@infra/common/eventbridge-cron';
import { readSchedules } from '../../src/deployed/schedules';
import { whileAwsAnswers } from '../support/answer-commands';
import { stackWith } from '../support/parts';

/** EventBridge accepts this expression, and croner does not. */
const UNREADABLE = 'cron(0/15 * ? * SUN *)';
const PARTS = {
  startDatabase: 'dev-start-database',
  startTasks: 'dev-start-tasks',
  stopTasks: 'dev-stop-tasks',
  stopDatabase: 'dev-stop-database',
  importSchedule: 'dev-user-import',
};
const EXPRESSIONS: Readonly<Record<string, string>> = {
  'dev-start-tasks': 'cron(15 9 * * ? *)',
  'dev-stop-tasks': UNREADABLE,
  'dev-start-database': 'cron(0 9 * * ? *)',
  'dev-stop-database': 'cron(5 22 * * ? *)',
};
const NOON = new Date('2026-11-26T12:00:00Z');

const stack = {
  details: { StackName: 'ProoflinkDev' },
  ...stackWith(PARTS),
  client: (Class: new (config: object) => unknown) => new Class({ region: 'ap-northeast-1' }),
} as unknown as DeployedStack;

const GetSchedule = ({ Name }: { Name: string }) => ({
  Name,
  State: 'ENABLED',
  ScheduleExpression: EXPRESSIONS[Name],
});

test('a schedule whose expression cannot be read has no runs, and the other ones are still read', async () => {
  const schedules = await whileAwsAnswers({ GetSchedule }, () =>
    readSchedules(stack, { officeHours: undefined }, NOON),
  );
  expect(schedules.map(({ name, lastRun, nextRun }) => ({ name, lastRun, nextRun }))).toEqual([
    { name: 'dev-stop-tasks', lastRun: undefined, nextRun: undefined },
    {
      name: 'dev-start-database',
      lastRun: new Date('2026-11-26T09:00:00Z'),
      nextRun: new Date('2026-11-27T09:00:00Z'),
    },
    {
      name: 'dev-start-tasks',
      lastRun: new Date('2026-11-26T09:15:00Z'),
      nextRun: new Date('2026-11-27T09:15:00Z'),
    },
    {
      name: 'dev-stop-database',
      lastRun: new Date('2026-11-25T22:05:00Z'),
      nextRun: new Date('2026-11-26T22:05:00Z'),
    },
  ]);
});

test('croner still refuses that expression', () => {
  expect(() => parseCronExpression(UNREADABLE)).toThrow();
});
