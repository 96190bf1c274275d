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
    fix: /^wait: ECS tries again by itself$/,
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
    fix: /^what this reason names, unless it was for a moment; then: npm run prooflink -- restart prod$/,
  },
  {
    // "What the application says" was the advice, of an application that has not started.
    title: 'its subnet has no free address: the command that shows them decides',
    answers: stoppedTask(
      "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-1': " +
        'InsufficientFreeAddressesInSubnet',
      '',
      SINCE_DEPLOYMENT,
    ),
    says: /InsufficientFreeAddressesInSubnet$/,
    fix: /^the subnet has no free address.*aws ec2 describe-subnets .*\n.*“No free addresses” in docs\/runbook\.md$/,
  },
  {
    title: 'the role of ECS is gone: prepare creates it',
    events: [
      {
        message: '(service s) failed to launch a task. Unable to assume the service linked role.',
        createdAt: SINCE_DEPLOYMENT,
      },
    ],
    says: /Unable to assume the service linked role/,
    fix: /aws iam get-role --role-name AWSServiceRoleForECS\nnpm run prooflink -- prepare\n/,
  },
  {
    title: 'the disk of its task is full: the size of the images decides',
    answers: stoppedTask(
      'CannotPullContainerError: write /var/lib/layer.tar: no space left on device',
      '',
      SINCE_DEPLOYMENT,
    ),
    says: /no space left on device$/,
    fix: /together they have 20 GiB.*aws ecr describe-images .*imageSizeInBytes/,
  },
  {
    title: 'the database has no connection left, which only a line of its log says',
    answers: {
      ...stoppedTask('Essential container in task exited', '', SINCE_DEPLOYMENT),
      GetLogEvents: { events: [{ message: 'FATAL: sorry, too many clients already' }, { message: 'GET / 500' }] },
    },
    says: /Its log ends with:\n {2}FATAL: sorry, too many clients already$/,
    fix: /^fewer connections of each task.*aws cloudwatch get-metric-statistics .* DatabaseConnections /,
  },
  {
    title: 'ECS only balances zones: that is no reason',
    events: [
      {
        message: '(service s) is AZ balanced with 1 tasks in ap-northeast-1a, 1 tasks in ap-northeast-1c.',
        createdAt: SINCE_DEPLOYMENT,
      },
    ],
    says: /^1 of 2 web tasks run\.$/,
    fix: /^what the application says\. /,
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

/** Two tasks of a deployment that run for days; the load balancer gets no answer of one of them. */
const WITHOUT_ANSWER: Answers = {
  ListTasks: ({ desiredStatus }: { readonly desiredStatus: string }) => ({
    taskArns: desiredStatus === 'RUNNING' ? ['a/b/slow'] : [],
  }),
  DescribeTasks: {
    tasks: [{ taskArn: 'a/b/slow', attachments: [{ details: [{ name: 'privateIPv4Address', value: '10.0.1.7' }] }] }],
  },
  DescribeTargetHealth: {
    TargetHealthDescriptions: [
      { Target: { Id: '10.0.1.8' }, TargetHealth: { State: 'healthy' } },
      {
        Target: { Id: '10.0.1.7' },
        TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
      },
    ],
  },
  GetLogEvents: { events: [{ message: 'SELECT took 31 s' }] },
};

// "It must listen on port 3000" was the advice: it had, for days.
test('an application that has run for days answers late: the database’s CPU decides, and its own log is shown', async () => {
  const environment = environmentWith({
    service: { deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', createdAt: ago(72) }] },
  });
  expect(await askQuestion('healthy', { ...databaseIs('available'), ...WITHOUT_ANSWER }, environment)).toMatchObject({
    result: 'wrong',
    says: '1 of 2 targets are not healthy. Target.Timeout Request timed out\nIts log ends with:\n  SELECT took 31 s',
    fix: expect.stringMatching(
      /^the application answered before: .* CPUUtilization .*\nOtherwise .*aws logs tail /,
    ) as string,
  });
});

// ECS never resets the number of failed tasks (`ResetOnHealthyTask: false`): "The deployment of v1 fails" was the answer.
test.each([
  { title: 'while another task of it runs, is underway', runningCount: 1, result: 'underway' },
  { title: 'and no other task of it runs, fails', runningCount: 0, result: 'wrong' },
])('a deployment after one failed pull, $title', async ({ runningCount, result }) => {
  const deployment = {
    status: 'PRIMARY',
    rolloutState: 'IN_PROGRESS',
    failedTasks: 1,
    runningCount,
    createdAt: ago(0.6),
  };
  const environment = environmentWith({ service: { runningCount, deployments: [deployment] } });
  const failedPull = stoppedTask('CannotPullContainerError: i/o timeout', '', SINCE_DEPLOYMENT);
  expect(await askQuestion('healthy', { ...databaseIs('available'), ...failedPull }, environment)).toMatchObject({
    result,
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

test('the load balancer got no answer of a version that was never healthy: it must listen on that port', async () => {
  const aws = {
    ...databaseIs('available'),
    ...stoppedTask('Task failed ELB health checks in (target-group arn:tg)', '', SINCE_DEPLOYMENT),
    DescribeTargetGroups: { TargetGroups: [{ HealthCheckPath: '/api/health', Port: 3000 }] },
  };
  const { says, fix } = (await askQuestion('healthy', aws, failedDeployment)) ?? {};
  expect(says).not.toContain('deployment failed');
  expect(fix).toMatch(/^the application: it must listen on port 3000 of 0\.0\.0\.0\. /);
});

test('an unconfirmed subscription of the alarms is a fault: no alarm would be mailed', async () => {
  const Subscriptions = [{ SubscriptionArn: 'PendingConfirmation', Endpoint: 'ops@example.com' }];
  const answer = await askQuestion('alarm-subscription', { ListSubscriptionsByTopic: { Subscriptions } });
  expect(answer).toMatchObject({ result: 'wrong' });
});
