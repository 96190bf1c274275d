import fs from 'node:fs';
import type { JobDetail } from '@aws-sdk/client-batch';
import { jobPart } from '@infra/commands/app';
import { runJob } from '../../src/import/run-job';
import { answerCommands } from '../support/answer-commands';
import { stackAnswers } from '../support/parts';

jest.mock('@infra/commands/pause', () => ({ pause: () => Promise.resolve() }));
jest.mock('@infra/commands/environment-config', () => ({
  configOf: () => ({
    region: 'ap-northeast-1',
    jobs: [{ name: 'reminders' }],
  }),
}));

const RELEASED_STACK = {
  StackName: 'ProoflinkDev',
  StackStatus: 'CREATE_COMPLETE',
  Parameters: [{ ParameterKey: 'AppImageTag', ParameterValue: 'v1' }],
};
const PARTS = { database: 'db', jobsQueue: 'queue' };
const JOB_DEFINITIONS = { 'reminders:2': jobPart('reminders') };

/** Lets AWS run the job `reminders` of dev, and describe it; returns what AWS is asked. */
function answerWithJob(
  describeJobs: () => { readonly jobs: readonly Partial<JobDetail>[] },
  submitJob = () => ({ jobId: 'job-1' }),
) {
  return answerCommands({
    DescribeStacks: { Stacks: [RELEASED_STACK] },
    ...stackAnswers(PARTS, JOB_DEFINITIONS),
    DescribeDBInstances: { DBInstances: [{ DBInstanceStatus: 'available' }] },
    SubmitJob: submitJob,
    DescribeJobs: describeJobs,
  });
}

let stdout: jest.SpyInstance;
let stderr: jest.SpyInstance;
beforeEach(() => {
  stdout = jest.spyOn(console, 'log').mockReturnValue();
  stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

test.each<{ readonly title: string; readonly job: Partial<JobDetail>; readonly exitCode: number }>([
  {
    title: 'its own',
    job: { status: 'FAILED', container: { exitCode: 7 } },
    exitCode: 7,
  },
  {
    title: '1 if it was stopped and ended with 0',
    job: { status: 'FAILED', container: { exitCode: 0 } },
    exitCode: 1,
  },
  {
    title: '1 if it did not start',
    job: { status: 'FAILED' },
    exitCode: 1,
  },
  {
    title: '0 if it succeeded',
    job: { status: 'SUCCEEDED' },
    exitCode: 0,
  },
])('the exit code of a job is $title', async ({ job, exitCode }) => {
  const asked = answerWithJob(() => ({ jobs: [job] }));
  expect(await runJob('dev', 'reminders')).toBe(exitCode);
  expect(asked['SubmitJob']).toMatchObject([{ jobQueue: 'queue', jobDefinition: 'reminders:2' }]);
});

test('a job that AWS Batch no longer lists has an unknown end', async () => {
  answerWithJob(() => ({ jobs: [] }));
  expect(await runJob('dev', 'reminders')).toBe(3);
  expect(stderr).toHaveBeenCalledWith(expect.stringContaining('To see how it goes: aws batch describe-jobs'));
});

test('Ctrl-C leaves the job to itself, and says how to see and to end it', async () => {
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  answerWithJob(() => {
    process.emit('SIGINT');
    return { jobs: [{ status: 'SUCCEEDED' }] };
  });
  await runJob('dev', 'reminders');
  expect(exit).toHaveBeenCalledWith(130);
  expect(stdout).toHaveBeenCalledWith(
    expect.stringMatching(/The job goes on without you\.[^]* describe-jobs .*job-1[^]* terminate-job .*job-1 /),
  );
});

test('Ctrl-C while AWS Batch has not answered says that a job may have begun, then how to see and to end it', async () => {
  const write = jest.spyOn(fs, 'writeSync').mockReturnValue(0);
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  answerWithJob(
    () => ({ jobs: [{ status: 'SUCCEEDED' }] }),
    () => {
      process.emit('SIGINT');
      return { jobId: 'job-1' };
    },
  );
  await runJob('dev', 'reminders');
  expect(write).toHaveBeenCalledWith(2, expect.stringContaining('A job may have begun: waiting for AWS Batch'));
  expect(exit).toHaveBeenCalledWith(130);
  expect(stdout).toHaveBeenCalledWith(expect.stringMatching(/describe-jobs .*job-1[^]* terminate-job .*job-1 /));
});

test('a job that the config does not have is refused, with those that it has', async () => {
  await expect(runJob('dev', 'mails')).rejects.toThrow('dev has no job mails. There is: reminders');
});
