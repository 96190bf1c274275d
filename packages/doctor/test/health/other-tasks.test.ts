import { jobPart, workerPart } from '@infra/commands/app';
import { stackWith } from '@infra/operate/test/support/parts';
import { testEnvironments } from '@infra/testing/environments';
import { ago, askQuestion, environmentWith } from './aws-answers';

const { jobs, workers } = testEnvironments.testweekdays;
const resources = stackWith(
  { jobsQueue: 'queue' },
  { 'arn:service/cluster/mails': workerPart('mails'), 'arn:job-definition/reminders:2': jobPart('reminders') },
);
const environment = environmentWith({ config: { jobs, workers }, resources });

test('a worker without tasks is a fault, and the end of its last one is the reason', async () => {
  const service = { serviceName: 'mails', desiredCount: 2, runningCount: 1 };
  const task = { startedAt: ago(0.5), stoppedAt: ago(0.1), stoppedReason: 'Task failed container health checks' };
  const answers = { DescribeServices: { services: [service] }, DescribeTasks: { tasks: [task] } };
  expect(await askQuestion('workers', answers, environment)).toMatchObject({
    result: 'wrong',
    says: 'mails: 1 of 2 tasks run (Task failed container health checks).',
    fix: 'npm run prooflink -- restart prod',
  });
});

test.each([
  { title: 'failed', stoppedAt: ago(1), result: 'wrong' },
  { title: 'succeeded after one that failed', stoppedAt: ago(3), result: 'well' },
])('the last run of a job counts: one that $title', async ({ stoppedAt, result }) => {
  const run = { jobDefinition: 'arn:job-definition/reminders:1', statusReason: 'exit' };
  const ListJobs = ({ jobStatus: status }: { readonly jobStatus: string }) => {
    const end = status === 'FAILED' ? stoppedAt : ago(2);
    return { jobSummaryList: [{ ...run, status, stoppedAt: end.getTime() }] };
  };
  expect(await askQuestion('jobs', { ListJobs }, environment)).toMatchObject({ result });
});
