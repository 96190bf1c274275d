import type { DeployedStack } from '../../../tools/deployed/deployed-stack';
import { parseCronExpression } from '../../../tools/deployed/eventbridge-cron';
import { readSchedules } from '../../../tools/deployed/schedules';
import { whileAwsAnswers } from '../support/answer-commands';

/** EventBridge accepts this expression, and croner does not. */
const UNREADABLE = 'cron(0/15 * ? * SUN *)';
const EXPRESSIONS: Readonly<Record<string, string>> = {
  'dev-start-tasks': 'cron(15 9 * * ? *)',
  'dev-stop-tasks': UNREADABLE,
};
const NOON = new Date('2026-11-26T12:00:00Z');

const stack = {
  physicalIdsOf: () => Object.keys(EXPRESSIONS),
  client: (Class: new (config: object) => unknown) => new Class({ region: 'ap-northeast-1' }),
} as unknown as DeployedStack;

const GetSchedule = ({ Name }: { Name: string }) => ({
  Name,
  State: 'ENABLED',
  ScheduleExpression: EXPRESSIONS[Name],
});

test('a schedule whose expression cannot be read has no runs, and the other ones are still read', async () => {
  const schedules = await whileAwsAnswers({ GetSchedule }, () => readSchedules(stack, NOON));
  expect(schedules.map(({ name, lastRun, nextRun }) => ({ name, lastRun, nextRun }))).toEqual([
    { name: 'dev-stop-tasks', lastRun: undefined, nextRun: undefined },
    {
      name: 'dev-start-tasks',
      lastRun: new Date('2026-11-26T09:15:00Z'),
      nextRun: new Date('2026-11-27T09:15:00Z'),
    },
  ]);
});

test('croner still refuses that expression', () => {
  expect(() => parseCronExpression(UNREADABLE)).toThrow();
});
