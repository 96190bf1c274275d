import { ClientException } from '@aws-sdk/client-batch';
import { resourceNames } from '@infra/commands/app';
import { followLogs, followServiceEvents } from '../src/follow-logs';
import { answerCommands, type Answers } from '@infra/operate/test/support/answer-commands';

const names = resourceNames('dev');
const POLLS = 3;

/** Lines that are shown in some polls with these answers. */
async function shownLines(answers: Answers): Promise<string[]> {
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
  await followLogs(names, (line) => lines.push(line), end.signal);
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

it('an event that comes with the end of the release is shown: that of the steady state', async () => {
  const end = new AbortController();
  const events: object[] = [];
  const lines: string[] = [];
  answerCommands({
    DescribeServices: () => {
      const answer = { services: [{ events: [...events] }] };
      events.push({ id: 'steady', message: 'has reached a steady state.' });
      end.abort();
      return answer;
    },
  });
  await followServiceEvents(names, (line) => lines.push(line), end.signal);
  expect(lines).toEqual(['has reached a steady state.']);
});
