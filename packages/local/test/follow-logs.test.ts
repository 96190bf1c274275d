import { ClientException } from '@aws-sdk/client-batch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECSClient } from '@aws-sdk/client-ecs';
import { resourceNames } from '@infra/commands/app';
import { followLogs } from '../src/follow-logs';
import { answerCommands, type Answers } from '@infra/operate/test/support/answer-commands';

const names = resourceNames('dev');
const POLLS = 3;

/** Lines that are shown in some polls with these answers. */
async function shownLines(answers: Answers, adviceOnFailedJob?: string): Promise<string[]> {
  const lines: string[] = [];
  const end = new AbortController();
  let polls = 0;
  answerCommands({
    FilterLogEvents: {},
    ListJobs: {},
    ...answers,
    DescribeServices: () => {
      polls += 1;
      if (polls === POLLS) end.abort();
      return answers['DescribeServices'] ?? {};
    },
  });
  await followLogs(names, (line) => lines.push(line), end.signal, adviceOnFailedJob);
  return lines;
}

beforeEach(() => {
  process.env['AWS_REGION'] = 'ap-northeast-1';
});

afterEach(() => {
  jest.restoreAllMocks();
});

const JOB = { jobId: '1', jobName: 'users', statusReason: 'CannotPullContainerError: app:latest: not found' };
const NO_QUEUE = new ClientException({ message: 'Job queue does not exist', $metadata: {} });

it.each([
  {
    title: 'a job that failed before it could log is shown once',
    jobs: { jobSummaryList: [JOB] },
    lines: ['The import job users (1) failed: CannotPullContainerError: app:latest: not found'],
  },
  { title: 'an environment without an import has no job queue', jobs: NO_QUEUE, lines: [] },
])('$title', async ({ jobs, lines }) => {
  expect(await shownLines({ ListJobs: jobs })).toEqual(lines);
});

it('without --job, a failed job is followed by the advice that names the option', async () => {
  const [failure, advice] = await shownLines(
    { ListJobs: { jobSummaryList: [JOB] } },
    'begin again with --job <folder>',
  );
  expect(failure).toMatch(/^The import job users \(1\) failed: /);
  expect(advice).toBe('begin again with --job <folder>');
});

it('all polls of a service have one client, which is destroyed at the end', async () => {
  const destroyOfLogs = jest.spyOn(CloudWatchLogsClient.prototype, 'destroy');
  const destroyOfEcs = jest.spyOn(ECSClient.prototype, 'destroy');
  await shownLines({});
  const { send } = Object.getPrototypeOf(ECSClient.prototype) as { readonly send: jest.Mock };
  const clients = new Set(send.mock.contexts);
  expect(send.mock.calls.length).toBeGreaterThan(clients.size);
  expect(clients.size).toBe(3);
  expect(destroyOfLogs).toHaveBeenCalledTimes(1);
  expect(destroyOfEcs).toHaveBeenCalledTimes(1);
});
