import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClientException } from '@aws-sdk/client-batch';
import { temporaryFolder } from '@infra/common/testing';
import { runImport } from '../../src/import/import-users';
import { answerCommands } from '../support/answer-commands';
import { stackAnswers } from '../support/parts';

jest.mock('@infra/commands/pause', () => ({ pause: () => Promise.resolve() }));

const users = join(temporaryFolder('import-'), 'users.csv');
writeFileSync(users, 'email,name\nann@example.com,Ann\n');
const PARTS = { database: 'prooflink-dev-db', jobQueue: 'import-queue', jobDefinition: 'import-definition:1' };
const STACK = {
  DescribeStacks: { Stacks: [{ StackName: 'ProoflinkDev', StackStatus: 'CREATE_COMPLETE' }] },
  ...stackAnswers(PARTS),
};
const AVAILABLE = { DescribeDBInstances: { DBInstances: [{ DBInstanceStatus: 'available' }] } };

beforeEach(() => jest.spyOn(console, 'log').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

/** Follows an import whose job has failed with these details; returns the exit code of the command. */
async function followFailed(details: object): Promise<number> {
  const jobDefinition = 'arn:…:job-definition/import-definition:7';
  answerCommands({ ...STACK, DescribeJobs: { jobs: [{ status: 'FAILED', jobDefinition, ...details }] } });
  return await runImport('dev', { jobId: 'job' });
}

test('while the database takes no connections no job is begun', async () => {
  const database = { DBInstanceStatus: 'starting' };
  const asked = answerCommands({ ...STACK, DescribeDBInstances: { DBInstances: [database] } });
  await expect(runImport('dev', { csvPath: users })).rejects.toThrow(
    'The database is starting: the job would find none. First: wait until it is available',
  );
  expect(Object.keys(asked)).not.toContain('SubmitJob');
});

test.each([
  { title: 'no exit code, as after a timeout', exitCode: undefined },
  { title: '0, as after a timeout', exitCode: 0 },
  { title: '3, which the command has for “not known”', exitCode: 3 },
])('a job that failed is not imported, whatever its own exit code is: $title', async ({ exitCode }) => {
  expect(await followFailed({ container: { exitCode } })).toBe(1);
});

test.each([
  { statusReason: 'Essential container in task exited', isHinted: true },
  // AWS Batch kills a job whose time is over by the same signal.
  { statusReason: 'Job attempt duration exceeded timeout', isHinted: false },
])('a job that was killed hints at its memory: $isHinted ($statusReason)', async ({ statusReason, isHinted }) => {
  await followFailed({ statusReason, container: { exitCode: 137 } });
  const lines = jest.mocked(console.log).mock.calls.map(([line]) => String(line));
  expect(lines.some((line) => line.includes('raise userImport.size.memory in lib/config/dev.ts'))).toBe(isHinted);
});

test('a failed job that did not start has no log', async () => {
  await followFailed({});
  expect(jest.mocked(console.log).mock.lastCall?.[0]).toBe('Not imported. It did not start, and has no log.');
});

test('a job that did not start on a local AWS may have no image there: the option is named that gives it one', async () => {
  jest.replaceProperty(process, 'env', { ...process.env, AWS_ENDPOINT_URL: 'http://localhost:1' });
  await followFailed({});
  expect(jest.mocked(console.log).mock.lastCall?.[0]).toContain('deploy:local -- --job <folder>');
});

test('a job of another definition is no import: it is neither followed nor called one', async () => {
  const job = { status: 'SUCCEEDED', jobDefinition: 'arn:…:job-definition/reminders:1' };
  answerCommands({ ...STACK, DescribeJobs: { jobs: [job] } });
  await expect(runImport('dev', { jobId: 'job' })).rejects.toThrow(
    'The job job is one of reminders, and imports are jobs of import-definition. ' +
      'Its state: aws batch describe-jobs --jobs job --region ap-northeast-1',
  );
});

test('two people with one file name in one second import both files: neither replaces the other', async () => {
  jest.spyOn(Date.prototype, 'toISOString').mockReturnValue('2026-01-23T01:02:03.000Z');
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const asked = answerCommands({
    ...STACK,
    ...AVAILABLE,
    PutObject: {},
    SubmitJob: { jobId: 'job' },
    DescribeJobs: { jobs: [{ status: 'SUCCEEDED' }] },
  });
  await runImport('dev', { csvPath: users });
  await runImport('dev', { csvPath: users });
  const [first, second] = asked['PutObject'] as { Key: string }[];
  expect(first?.Key).not.toBe(second?.Key);
});

test('a job that AWS refuses has not begun, and the queue is not asked', async () => {
  const refusal = new ClientException({ message: 'JobQueue does not exist', $metadata: { httpStatusCode: 400 } });
  const asked = answerCommands({ ...STACK, ...AVAILABLE, PutObject: {}, SubmitJob: refusal });
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  await expect(runImport('dev', { csvPath: users })).rejects.toThrow(
    'No import was begun: ClientException: JobQueue does not exist',
  );
  expect(Object.keys(asked)).not.toContain('ListJobs');
});

test('a job that the queue shows late, after a lost answer, is followed', async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const summaries = [[], [{ jobId: 'late job' }]];
  const asked = answerCommands({
    ...STACK,
    ...AVAILABLE,
    PutObject: {},
    SubmitJob: new Error('socket hang up'),
    ListJobs: () => ({ jobSummaryList: summaries.shift() }),
    DescribeJobs: { jobs: [{ status: 'SUCCEEDED' }] },
  });
  expect(await runImport('dev', { csvPath: users })).toBe(0);
  const [{ jobName }] = asked['SubmitJob'] as [{ jobName: string }];
  const filters = [{ name: 'JOB_NAME', values: [jobName] }];
  expect(asked['ListJobs']).toMatchObject([{ filters }, { filters }]);
  expect(asked['DescribeJobs']).toMatchObject([{ jobs: ['late job'] }]);
});

test('a job that cannot be followed any more may go on: that is neither “not imported” nor “not begun”', async () => {
  let printed = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((printed += String(text))));
  answerCommands({ ...STACK, DescribeJobs: new Error('socket hang up') });
  expect(await runImport('dev', { jobId: 'job' })).toBe(3);
  expect(printed).toBe(
    'The job could not be followed: Error: socket hang up\n' +
      'It may go on. To see how it goes: npm run prooflink -- import dev --job job\n',
  );
});
