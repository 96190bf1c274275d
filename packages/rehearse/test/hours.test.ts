import { dev } from '../../../test/support/configs';
import { stopAndStart } from '../src/hours';
import { aws, beginAnew, called, PLACE } from './calls';

jest.mock('@infra/commands/pause', () => ({ pause: () => Promise.resolve() }));
jest.mock('../src/processes', () => ({
  runProoflink: jest.fn(),
  runProgram: jest.fn(),
  runCdkCli: jest.fn(),
  showProgress: jest.fn(),
}));

const REHEARSAL = { ...PLACE, config: dev, assemblyFolder: '', ownImages: undefined, usersFile: undefined };
const TARGET = {
  Arn: 'arn:aws:scheduler:::aws-sdk:ecs:updateService',
  RoleArn: 'arn:role',
  Input: '{"DesiredCount":1}',
};

/** A schedule that is created. */
interface OnceOnly {
  readonly Name: string;
}

let isObeyed: boolean;
let tasks: number;
let asked: Record<string, unknown[]>;

beforeEach(() => {
  isObeyed = true;
  tasks = 1;
  asked = beginAnew({
    GetSchedule: { GroupName: 'hours', Target: TARGET, ScheduleExpression: 'cron(0 22 * * ? *)' },
    CreateSchedule: ({ Name }: OnceOnly) => {
      if (isObeyed) run(Name);
      return {};
    },
    DescribeServices: () => ({ services: [{ desiredCount: tasks, runningCount: tasks }] }),
  });
  aws.status = 'UPDATE_COMPLETE';
});
afterEach(() => jest.restoreAllMocks());

/** Runs the target of a schedule of this name. */
function run(name: string): void {
  if (name.includes('StopTasks')) tasks = 0;
  if (name.includes('StopDatabase')) aws.database = 'stopped';
  if (name.includes('StartDatabase')) aws.database = 'available';
  if (name.includes('StartTasks')) tasks = 1;
}

test('the database is stopped after the web tasks, and started before them, by one-time schedules', async () => {
  const { seen } = await stopAndStart(REHEARSAL);
  const names = (asked['CreateSchedule'] as OnceOnly[]).map(
    ({ Name }) => /(Stop|Start)(Tasks|Database)/.exec(Name)?.[0],
  );
  expect(names).toEqual(['StopTasks', 'StopDatabase', 'StartDatabase', 'StartTasks']);
  expect(seen).toEqual(['schedules-stop-and-start']);
});

test('a database that its schedule does not stop refutes the row, and is started for the stages behind it', async () => {
  isObeyed = false;
  let minutes = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => (minutes += 1) * 60_000);
  const { failure, refuted } = await stopAndStart(REHEARSAL);
  expect(failure).toBe('30 minutes after its schedule: The database is available; 1 of 1 web task run.');
  expect(refuted?.map(({ row }) => row)).toEqual(['schedules-stop-and-start']);
  expect(called()).toEqual(['doctor', 'start']);
});
