import { ImageNotFoundException } from '@aws-sdk/client-ecr';
import { ago, askQuestion, describeAnswers, dev } from './aws-answers';

const GIBIBYTE = 1024 ** 3;
const THIRTY_DAYS = 30 * 24 * 3_600_000;

/** CloudWatch's bytes of a load balancer, for a request that asks for thirty days. */
function transferredInThirtyDays(gibibytes: number) {
  return {
    GetMetricData: ({ StartTime, EndTime }: { readonly StartTime: Date; readonly EndTime: Date }) => {
      const isThirtyDays = EndTime.getTime() - StartTime.getTime() === THIRTY_DAYS;
      return { MetricDataResults: [{ Values: isThirtyDays ? [gibibytes * GIBIBYTE, 0] : [] }] };
    },
  };
}

// packages/cost/src/usage.ts assumes one GiB of dev.
describeAnswers('transfer', [
  {
    title: 'more than twice the transfer that lib/config assumes is a fault: the costs are not those of the table',
    aws: transferredInThirtyDays(3),
    environment: dev,
    result: 'wrong',
    says: '3 GiB went through the load balancer in 30 days, and 1 GiB are assumed.',
    fix: 'a CDN such as CloudFront before it, if users load that much; and dataOut in packages/cost/src/usage.ts',
  },
]);

// dev: 2 × 1 task of half a vCPU and 4 of imports. prod: 2 × 4 tasks of one, and 16.
describeAnswers('quotas', [
  {
    title: 'the quota of a new account is too small for prod',
    aws: { GetServiceQuota: { Quota: { Value: 6 } } },
    result: 'wrong',
    says: "Fargate's quota is 6 vCPUs; prod may want 24 at once, and all environments of its region in lib/config 29.",
    fix: /^aws service-quotas request-service-quota-increase .* --desired-value 29 /,
  },
]);

const databaseWith = (fields: object) => ({
  DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: 'db', ...fields }] },
});

describeAnswers('backup', [
  {
    title: 'a backup of five hours ago is a fault',
    aws: databaseWith({ InstanceCreateTime: ago(99), LatestRestorableTime: ago(5) }),
    result: 'wrong',
    says: 'The database db could be restored to 2026-11-26 07:00 (Tokyo) at the latest: its log has not been saved since.',
  },
  {
    title: 'no backup of a database older than a day is a fault',
    aws: databaseWith({ InstanceCreateTime: ago(25) }),
    result: 'wrong',
    says: 'There is no backup of the database db. RDS makes the first one within a day.',
  },
]);

/** AWS Backup with a plan of so many hours, and a restore test that took 24 minutes, so many hours ago. */
function restoreTests(planHours: number, testHours: readonly number[]) {
  const RestoreJobs = testHours.map((hours) => ({ CreationDate: ago(hours + 0.4), CompletionDate: ago(hours) }));
  return {
    GetRestoreTestingPlan: { RestoreTestingPlan: { RestoreTestingPlanArn: 'plan', CreationTime: ago(planHours) } },
    ListRestoreJobs: ({ ByRestoreTestingPlanArn }: { readonly ByRestoreTestingPlanArn: string }) => ({
      RestoreJobs: ByRestoreTestingPlanArn === 'plan' ? RestoreJobs : [],
    }),
  };
}

describeAnswers('restore-test', [
  {
    title: 'the last restore test is named with its minutes, whatever the order of AWS',
    aws: restoreTests(2000, [48, 24, 720]),
    result: 'well',
    says: 'The last restore test ended at 2026-11-25 12:00 (Tokyo), and took 24 minutes.',
  },
  {
    title: 'no restore test in sixty days is a fault',
    aws: restoreTests(61 * 24, []),
    result: 'wrong',
    says: 'No restore test ended well in 60 days.',
    fix: 'AWS Backup, “Restore testing” has its reason; “Restoring a backup” in docs/runbook.md restores one by hand',
  },
  {
    title: 'no restore test of a newer plan is none yet',
    aws: restoreTests(59 * 24, []),
    result: 'look',
    says: 'No restore test ended well in 60 days.',
  },
]);

/** CloudWatch on the states of alarms by name. */
function alarmStates(states: Readonly<Record<string, string>>) {
  const MetricAlarms = Object.entries(states).map(([AlarmName, StateValue]) => ({
    AlarmName,
    StateValue,
    StateReason: 'too much',
    StateUpdatedTimestamp: ago(1),
  }));
  return { DescribeAlarms: { MetricAlarms } };
}

describeAnswers('alarms', [
  {
    title: 'an alarm that fires is named with its reason',
    aws: alarmStates({ cpu: 'OK', memory: 'ALARM' }),
    result: 'wrong',
    says: '1 of 2 alarms in ALARM:\nmemory since 2026-11-26 11:00 (Tokyo): too much',
    fix: /^the causes above, .*; what the metric did: https:.*\/the dashboard$/,
  },
]);

describeAnswers('budget', [
  {
    title: 'a budget that is spent is a fault',
    aws: {
      DescribeBudget: {
        Budget: {
          BudgetLimit: { Amount: '60.0' },
          CalculatedSpend: { ActualSpend: { Amount: '61.2' }, ForecastedSpend: { Amount: '80' } },
        },
      },
    },
    result: 'wrong',
    says: 'USD 61.2 of 60 are spent this month, and 80 are forecast.',
    fix: 'Cost Explorer, by service, beside npm run prooflink -- cost prod',
  },
]);

/** An earlier revision of the import's job definition. */
const OF_IMPORT = { jobDefinition: 'arn:…:job-definition/the jobDefinition:7' };
/** A job definition that a team has added to the queue of the import. */
const OF_REMINDERS = { jobDefinition: 'arn:…:job-definition/reminders:1' };

/** AWS Batch's jobs by status: it answers an empty page first, and then a job a page. */
function batchJobs(jobsByStatus: Readonly<Record<string, readonly object[]>>) {
  return {
    ListJobs: ({ jobStatus, nextToken = '0' }: { readonly jobStatus: string; readonly nextToken?: string }) => {
      const jobs = jobsByStatus[jobStatus] ?? [];
      const page = Number(nextToken);
      return {
        jobSummaryList: jobs.slice(Math.max(0, page - 1), page).map((job) => ({ ...job, status: jobStatus })),
        nextToken: page < jobs.length ? String(page + 1) : undefined,
      };
    },
  };
}

const importStopped = (stoppedAt: Date) => ({
  jobDefinition: OF_IMPORT.jobDefinition,
  jobId: 'j1',
  stoppedAt: stoppedAt.getTime(),
  startedAt: stoppedAt.getTime() - 1000,
  statusReason: 'exit 1',
});

/** An import that ended before it started, such as one whose image or secret is missing. */
const importWithoutStart = (stoppedAt: Date) => ({
  ...importStopped(stoppedAt),
  startedAt: undefined,
  statusReason: 'CannotPullContainerError: not found',
});

describeAnswers('import', [
  {
    title: 'an import that did not start has no log to be read',
    aws: batchJobs({ FAILED: [importWithoutStart(ago(1))] }),
    result: 'wrong',
    // The job has no name.
    says: /\bj1\b.* failed at 2026-11-26 11:00 \(Tokyo\): CannotPullContainerError: not found\.$/,
    fix:
      'set right what the reason above names, such as a missing image or secret: the job did not start, and has no log. ' +
      'Then: npm run prooflink -- import prod <file.csv>',
  },
  {
    title: 'an import that ran out of memory says which field to raise: the next one would fail, too',
    aws: batchJobs({
      FAILED: [
        { ...importStopped(ago(1)), container: { reason: 'OutOfMemoryError: Container killed', exitCode: 137 } },
      ],
    }),
    result: 'wrong',
    says: /exit 1: OutOfMemoryError: Container killed, exit code 137\.$/,
    fix: 'raise userImport.size.memory in lib/config/prod.ts, and deploy',
  },
  {
    title: 'a later job of another definition is no import',
    aws: batchJobs({ SUCCEEDED: [importStopped(ago(5))], FAILED: [{ ...importStopped(ago(1)), ...OF_REMINDERS }] }),
    result: 'well',
    says: /2026-11-26 07:00/,
  },
]);

const CREATED_AN_HOUR_AGO = { createdAt: ago(1).getTime() };

describeAnswers('jobs-start', [
  {
    title: 'an import waits for vCPUs; a job of another definition does not count',
    aws: batchJobs({
      RUNNABLE: [
        { ...OF_IMPORT, ...CREATED_AN_HOUR_AGO },
        { ...OF_REMINDERS, ...CREATED_AN_HOUR_AGO },
      ],
    }),
    result: 'wrong',
    says: '1 import job RUNNABLE, since 2026-11-26 11:00 (Tokyo).',
    fix: 'wait until others are done, or raise userImport.maxvCpus in lib/config/prod.ts',
  },
]);

test('on a local AWS no release pushes the import’s image: an option of deploy:local does', async () => {
  const notFound = new ImageNotFoundException({ message: 'no image', $metadata: {} });
  jest.replaceProperty(process, 'env', { ...process.env, AWS_ENDPOINT_URL: 'http://localhost:1' });
  const answer = await askQuestion('image-batch', { DescribeImages: notFound });
  jest.restoreAllMocks();
  expect(answer).toMatchObject({ result: 'look', fix: expect.stringContaining('deploy:local -- --job') as string });
});

// "awake until 20:00" would be a promise of schedules that nobody has seen.
test('schedules that AWS refuses to show are no answer on the hours', async () => {
  const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
  await expect(askQuestion('hours', { GetSchedule: denied }, dev)).rejects.toBe(denied);
});
