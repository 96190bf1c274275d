import { ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { followJob } from '../../src/import/follow-job';
import { answerCommands } from '../support/answer-commands';

jest.mock('../../src/deployed/advice', () => ({ doctorAdvice: () => 'Ask why it waits' }));

const UNTIL_ITS_END = 'Waiting since 09:00 for its end (Tokyo).';
const UNTIL_ITS_START = 'Waiting since 09:00 for the start of the job (Tokyo).';

interface Page {
  readonly nextToken?: string;
}

afterEach(() => jest.restoreAllMocks());

/** Follows a job whose states AWS answers one after the other; a log of two pages grows a line with each. */
async function followed(jobs: readonly object[], at = 0) {
  jest.spyOn(Date, 'now').mockReturnValue(at);
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void) => setImmediate(work)) as never);
  let looks = 0;
  const options = { 'awslogs-group': '/aws/batch/prooflink-dev' };
  answerCommands({
    DescribeJobs: () => ({ jobs: jobs.slice(looks, ++looks) }),
    DescribeJobDefinitions: ({ nextToken }: Page) =>
      nextToken === undefined
        ? { jobDefinitions: [], nextToken: 'more' }
        : { jobDefinitions: [{ containerProperties: { logConfiguration: { options } } }] },
    GetLogEvents: ({ nextToken = '0' }: Page) => {
      if (looks === 1) throw new ResourceNotFoundException({ message: 'no stream', $metadata: {} });
      const from = Number(nextToken);
      const events = from < looks ? [{ message: `line ${from}\n` }] : [];
      return { events, nextForwardToken: `${Math.min(from + 1, looks)}` };
    },
  });
  const lines: string[] = [];
  const ended = followJob({
    region: 'ap-northeast-1',
    jobId: 'job',
    environmentName: 'dev',
    showLine: (line) => lines.push(line),
  });
  return { job: await ended, lines };
}

test.each([
  { status: 'RUNNABLE', ends: false },
  { status: 'FAILED', ends: true },
])('$status ends it: $ends', async ({ status, ends }) => {
  const { job, lines } = await followed([{ status }, { status: 'SUCCEEDED' }]);
  expect(job.status).toBe(ends ? status : 'SUCCEEDED');
  expect(lines.map((line) => line.replace(/\. Waiting.*/, ''))).toEqual(ends ? [status] : [status, 'SUCCEEDED']);
});

test('each attempt of a job has a log of its own, and all of them are shown', async () => {
  const attempt = (logStreamName: string) => ({ container: { logStreamName } });
  const ended = { status: 'SUCCEEDED', ...attempt('import/2'), attempts: [attempt('import/1'), attempt('import/2')] };
  const { lines } = await followed([{ status: 'RUNNING' }, ended]);
  expect(lines).toEqual([`RUNNING. ${UNTIL_ITS_END}`, 'SUCCEEDED', '  line 0', '  line 1', '  line 0', '  line 1']);
});

test.each([
  [60_001, [`RUNNABLE. ${UNTIL_ITS_START} Ask why it waits`, 'SUCCEEDED']],
  [60_000, [`RUNNABLE. ${UNTIL_ITS_START}`, 'SUCCEEDED']],
])('after %s ms without room it is said once who knows why', async (at, says) => {
  const waits = { status: 'RUNNABLE', createdAt: 0 };
  expect((await followed([waits, waits, { status: 'SUCCEEDED' }], at)).lines).toEqual(says);
});

test('a job that runs is waited for until AWS Batch ends it, by its timeout', async () => {
  const runs = { status: 'RUNNING', startedAt: 0, timeout: { attemptDurationSeconds: 1800 } };
  const { lines } = await followed([runs, { status: 'SUCCEEDED' }]);
  expect(lines[0]).toBe('RUNNING. Waiting since 09:00 for its end, until 09:30 at the latest (Tokyo).');
});

test('a job that Batch has forgotten is no end', async () => {
  await expect(followed([{ status: 'RUNNING' }])).rejects.toThrow('AWS Batch knows no job job');
});
