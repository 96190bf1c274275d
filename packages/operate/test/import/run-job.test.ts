import { jobPart } from '@infra/commands/app';
import { runJob } from '../../src/import/run-job';
import { answerCommands } from '../support/answer-commands';
import { stackAnswers } from '../support/parts';

jest.mock('@infra/commands/pause', () => ({ pause: () => Promise.resolve() }));
jest.mock('@infra/commands/environment-config', () => ({
  configOf: () => ({ region: 'ap-northeast-1', jobs: [{ name: 'reminders' }] }),
}));

const PARAMETERS = [{ ParameterKey: 'AppImageTag', ParameterValue: 'v1' }];
const STACK = {
  DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'CREATE_COMPLETE', Parameters: PARAMETERS }] },
  ...stackAnswers({ database: 'db', jobsQueue: 'queue' }, { 'reminders:2': jobPart('reminders') }),
  DescribeDBInstances: { DBInstances: [{ DBInstanceStatus: 'available' }] },
  SubmitJob: { jobId: 'job' },
};

beforeEach(() => jest.spyOn(console, 'log').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

test.each([
  { title: 'its own', job: { status: 'FAILED', container: { exitCode: 7 } }, exitCode: 7 },
  { title: '1 if it was stopped and ended with 0', job: { status: 'FAILED', container: { exitCode: 0 } }, exitCode: 1 },
  { title: '1 if it did not start', job: { status: 'FAILED' }, exitCode: 1 },
  { title: '0 if it succeeded', job: { status: 'SUCCEEDED' }, exitCode: 0 },
])('the exit code of a job is $title', async ({ job, exitCode }) => {
  const asked = answerCommands({ ...STACK, DescribeJobs: { jobs: [job] } });
  expect(await runJob('dev', 'reminders')).toBe(exitCode);
  expect(asked['SubmitJob']).toMatchObject([{ jobQueue: 'queue', jobDefinition: 'reminders:2' }]);
});

test('a job that AWS Batch no longer lists has an unknown end', async () => {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  answerCommands({ ...STACK, DescribeJobs: { jobs: [] } });
  expect(await runJob('dev', 'reminders')).toBe(3);
  expect(stderr).toHaveBeenCalledWith(expect.stringContaining('To see how it goes: aws batch describe-jobs'));
});

test('a job that the config does not have is refused, with those that it has', async () => {
  await expect(runJob('dev', 'mails')).rejects.toThrow('dev has no job mails. There is: reminders');
});
