import { CONTAINER_NAME } from '@infra/commands/app';
import type { Answers } from '@infra/operate/test/support/answer-commands';
import { ago, askQuestion, environmentWith } from './aws-answers';

/** A deployment of an hour ago wants two tasks, of which one runs; the events are what ECS says of it. */
const oneTaskMissing = (events: readonly object[]) =>
  environmentWith({
    service: {
      runningCount: 1,
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', createdAt: ago(1) }],
      events,
    },
  });

/** Moments in hours ago: after the deployment began, and before. */
const SINCE_DEPLOYMENT = ago(0.5);
const BEFORE_DEPLOYMENT = ago(2);

/** Answers of ECS on the task that ended last. */
const stoppedTask = (stoppedReason: string, reason: string, stoppedAt: Date): Answers => ({
  ListTasks: { taskArns: ['task'] },
  DescribeTasks: { tasks: [{ stoppedReason, stoppedAt, containers: [{ name: CONTAINER_NAME, reason }] }] },
});

/** Every deployment ends tasks so: it is no fault. */
const endedByDeployment = stoppedTask('Scaling activity initiated by deployment', '', SINCE_DEPLOYMENT);

const outOfMemoryAt = (stoppedAt: Date) => stoppedTask('Essential container in task exited', OUT_OF_MEMORY, stoppedAt);

const databaseIs = (DBInstanceStatus: string): Answers => ({
  DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: 'db', DBInstanceStatus }] },
});

/** Texts of ECS. */
const OUT_OF_MEMORY = 'OutOfMemoryError: Container killed due to memory usage';
const NO_CAPACITY =
  '(service s) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in ' +
  'a different availability zone.';
const QUOTA_REACHED =
  "(service s) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.";
const STEADY = '(service s) has reached a steady state.';

/**
 * The most vCPUs that run at once. A release doubles those of the web tasks (dev: one task of 0.5, prod: four of 1); the
 * import jobs may have 4 in dev and 16 in prod (maxvCpus).
 */
const VCPUS_OF_DEV = 2 * 0.5 + 4;
const VCPUS_OF_PROD = 2 * 4 + 16;

const RAISE_QUOTA = new RegExp(
  `^aws service-quotas request-service-quota-increase .* --desired-value ${VCPUS_OF_DEV + VCPUS_OF_PROD} `,
);

/** A reason why one of two web tasks does not run, as AWS shows it, and what the doctor makes of it. */
interface Cause {
  readonly title: string;
  readonly answers?: Answers;
  readonly events?: readonly object[];
  readonly says: RegExp;
  readonly fix: RegExp;
}

const CAUSES: readonly Cause[] = [
  {
    title: 'AWS has no capacity: wait',
    events: [{ message: NO_CAPACITY, createdAt: SINCE_DEPLOYMENT }],
    says: /^1 of 2 web tasks run\. ECS says: .*Capacity is unavailable/,
    fix: /^wait: AWS has no capacity/,
  },
  {
    title:
      'the quota of vCPUs is reached, though ECS says "steady state" since: raise it to what dev and prod may want together',
    events: [
      { message: STEADY, createdAt: ago(0.1) },
      { message: QUOTA_REACHED, createdAt: SINCE_DEPLOYMENT },
    ],
    says: /^1 of 2 web tasks run\. ECS says: .*limit on the number of vCPUs/,
    fix: RAISE_QUOTA,
  },
  {
    title: 'a task ran out of memory: raise the memory of its size',
    answers: outOfMemoryAt(SINCE_DEPLOYMENT),
    says: /^1 of 2 web tasks run\. Essential container in task exited, OutOfMemoryError/,
    fix: /^raise webService\.size\.memory in lib\/config\/prod\.ts, and deploy$/,
  },
  {
    // "What the application says" was the advice, of an application that has not started.
    title: 'ECS could not start the last one, and nothing that it needs is missing now: restart',
    answers: stoppedTask('CannotPullContainerError: pull access denied', '', SINCE_DEPLOYMENT),
    says: /^1 of 2 web tasks run\. CannotPullContainerError/,
    fix: /npm run prooflink -- restart prod$/,
  },
  {
    title: 'capacity and memory lacked only before this deployment: look at what the application says',
    answers: outOfMemoryAt(BEFORE_DEPLOYMENT),
    events: [{ message: NO_CAPACITY, createdAt: BEFORE_DEPLOYMENT }],
    says: /^1 of 2 web tasks run\.$/,
    fix: /^what the application says\. /,
  },
];

test.each(CAUSES)('a web task is missing, and $title', async ({ answers = {}, events = [], says, fix }) => {
  const aws = { ...endedByDeployment, ...databaseIs('available'), ...answers };
  expect(await askQuestion('healthy', aws, oneTaskMissing(events))).toMatchObject({
    result: 'wrong',
    says: expect.stringMatching(says) as string,
    fix: expect.stringMatching(fix) as string,
  });
});

/** A deployment that ECS has given up, and rolls back. Its two events repeat that, and say no reason. */
const failedDeployment = environmentWith({
  service: {
    runningCount: 1,
    deployments: [
      {
        status: 'PRIMARY',
        rolloutState: 'FAILED',
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
        createdAt: ago(1),
      },
    ],
    events: [
      { message: '(service s) rolling back to deployment ecs-svc/1.', createdAt: ago(0.4) },
      { message: '(service s) (deployment ecs-svc/2) deployment failed: tasks failed to start.', createdAt: ago(0.5) },
    ],
  },
});

const DEPLOYMENT_FAILS =
  'The deployment of v1 fails: ECS deployment circuit breaker: tasks failed to start. Nothing else serves.';

test.each([
  {
    title: 'repeats no event as its reason if no task has failed: the events only say that it failed',
    lastTask: endedByDeployment,
    says: DEPLOYMENT_FAILS,
  },
])('a deployment that failed $title', async ({ lastTask, says }) => {
  const answer = await askQuestion('healthy', { ...databaseIs('available'), ...lastTask }, failedDeployment);
  expect(answer?.says).toBe(says);
});

test('an import job that ran out of memory is reported, with the field to raise: the next one would fail, too', async () => {
  const failedJob = {
    status: 'FAILED',
    // The name of the tests' job definition is `the jobDefinition` (aws-answers.ts).
    jobDefinition: 'arn:…:job-definition/the jobDefinition:7',
    statusReason: 'Essential container in task exited',
    stoppedAt: ago(1).getTime(),
    container: { reason: OUT_OF_MEMORY, exitCode: 137 },
  };
  const ListJobs = ({ jobStatus }: { readonly jobStatus: string }) => ({
    jobSummaryList: jobStatus === 'FAILED' ? [failedJob] : [],
  });
  expect(await askQuestion('import', { ListJobs })).toMatchObject({
    result: 'wrong',
    says: expect.stringContaining(`Essential container in task exited: ${OUT_OF_MEMORY}, exit code 137.`) as string,
    fix: 'raise userImport.size.memory in lib/config/prod.ts, and deploy',
  });
});

test.each([
  { title: 'is unconfirmed', subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Endpoint: 'ops@example.com' }] },
  { title: 'is gone', subscriptions: [] },
])('a subscription of the alarms that $title is a fault: no alarm would be mailed', async ({ subscriptions }) => {
  const answers = { ListSubscriptionsByTopic: { Subscriptions: subscriptions } };
  expect(await askQuestion('alarm-subscription', answers)).toMatchObject({ result: 'wrong' });
});
