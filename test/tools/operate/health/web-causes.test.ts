import { CONTAINER_NAME } from '../../../../lib/contract';
import { QUESTIONS } from '../../../../tools/operate/health/questions/all';
import type { Answers } from '../../support/answer-commands';
import { ago, askQuestion, environmentWith } from './aws-answers';

/** Two tasks are wanted, and one runs: the answer says why by what ECS says. */
const oneTaskMissing = (events: readonly object[]) =>
  environmentWith({
    service: {
      runningCount: 1,
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', createdAt: ago(1) }],
      events,
    },
  });

const stoppedTask = (stoppedReason: string, reason: string, stoppedAt: Date): Answers => ({
  ListTasks: { taskArns: ['task'] },
  DescribeTasks: { tasks: [{ stoppedReason, stoppedAt, containers: [{ name: CONTAINER_NAME, reason }] }] },
});

const OUT_OF_MEMORY = 'OutOfMemoryError: Container killed due to memory usage';
const CAPACITY =
  '(service s) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in ' +
  'a different availability zone.';
const QUOTA =
  "(service s) was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.";
const STEADY = '(service s) has reached a steady state.';
const DATABASE = (DBInstanceStatus: string): Answers => ({
  DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: 'db', DBInstanceStatus }] },
});

interface Cause {
  readonly title: string;
  readonly answers?: Answers;
  readonly events?: readonly object[];
  readonly says: RegExp;
  readonly fix: RegExp;
}

const CAUSES: readonly Cause[] = [
  {
    title: 'AWS has no capacity',
    events: [{ message: CAPACITY, createdAt: ago(0.5) }],
    says: /^1 of 2 web tasks run\. ECS says: .*Capacity is unavailable/,
    fix: /^wait: AWS has no capacity/,
  },
  {
    title: 'the quota of vCPUs is reached, however many steady states ECS has reported since',
    events: [
      { message: STEADY, createdAt: ago(0.1) },
      { message: QUOTA, createdAt: ago(0.5) },
    ],
    says: /^1 of 2 web tasks run\. ECS says: .*limit on the number of vCPUs/,
    fix: /^aws service-quotas request-service-quota-increase .* --desired-value 29 /,
  },
  {
    title: 'a task ended for want of memory',
    answers: stoppedTask('Essential container in task exited', OUT_OF_MEMORY, ago(0.5)),
    says: /^1 of 2 web tasks run\. Essential container in task exited, OutOfMemoryError/,
    fix: /^raise webService\.size\.memory in lib\/config\/prod\.ts, and deploy$/,
  },
  {
    title: 'what was before the present deployment is no reason',
    answers: stoppedTask('Essential container in task exited', OUT_OF_MEMORY, ago(2)),
    events: [{ message: CAPACITY, createdAt: ago(2) }],
    says: /^1 of 2 web tasks run\.$/,
    fix: /^what the application says\. /,
  },
  {
    title: 'the database is rebooting',
    answers: DATABASE('rebooting'),
    says: /^1 of 2 web tasks run\.$/,
    fix: /^the database first: wait until it is available$/,
  },
  {
    title: 'the database is stopped',
    answers: DATABASE('stopped'),
    says: /^1 of 2 web tasks run\.$/,
    fix: /^the database first: aws rds start-db-instance /,
  },
];

test.each(CAUSES)('$title: the application is not blamed', async ({ answers = {}, events = [], says, fix }) => {
  const noTask = stoppedTask('Scaling activity initiated by deployment', '', ago(0.5));
  const answer = await askQuestion(
    'healthy',
    { ...noTask, ...DATABASE('available'), ...answers },
    oneTaskMissing(events),
  );
  expect(answer).toMatchObject({
    result: 'wrong',
    says: expect.stringMatching(says) as string,
    fix: expect.stringMatching(fix) as string,
  });
});

/** A deployment that ECS has given up, with the events of it. */
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

test.each([
  {
    title: 'the reason of its last task, and not that it has failed',
    answers: stoppedTask('Essential container in task exited', 'CannotStartContainerError', ago(0.5)),
    says: 'Essential container in task exited, CannotStartContainerError',
  },
  {
    title: 'nothing, where no task has ended',
    answers: stoppedTask('Scaling activity initiated by deployment', '', ago(0.5)),
    says: '',
  },
])('a deployment that failed shows $title', async ({ answers, says }) => {
  const answer = await askQuestion('healthy', { ...DATABASE('available'), ...answers }, failedDeployment);
  const fault =
    'The deployment of v1 fails: ECS deployment circuit breaker: tasks failed to start. Nothing else serves.';
  expect(answer?.says).toBe(`${fault} ${says}`.trimEnd());
});

test('an import that ended for want of memory asks for more of it', async () => {
  const container = { reason: OUT_OF_MEMORY, exitCode: 137 };
  const ListJobs = ({ jobStatus }: { readonly jobStatus: string }) => ({
    jobSummaryList:
      jobStatus === 'FAILED'
        ? [
            {
              status: 'FAILED',
              jobDefinition: 'arn:…:job-definition/the jobDefinition:7',
              statusReason: 'Essential container in task exited',
              stoppedAt: ago(1).getTime(),
              container,
            },
          ]
        : [],
  });
  expect(await askQuestion('import', { ListJobs })).toMatchObject({
    result: 'wrong',
    says: expect.stringContaining(`Essential container in task exited: ${OUT_OF_MEMORY}, exit code 137.`) as string,
    fix: 'raise userImport.size.memory in lib/config/prod.ts, and deploy',
  });
});

test.each([
  { title: 'starting', status: 'starting' },
  { title: 'rebooting', status: 'rebooting' },
  { title: 'upgrading', status: 'upgrading' },
])('a database that is $title is the cause, while web tasks are wanted', async ({ status }) => {
  expect(await askQuestion('database', DATABASE(status))).toMatchObject({
    result: 'wrong',
    says: `The database db is ${status}: until it is available, the application cannot work.`,
    fix: 'wait until it is available',
  });
});

test.each([
  { title: 'is unconfirmed', subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Endpoint: 'ops@example.com' }] },
  { title: 'is gone', subscriptions: [] },
])('doctor names the subscription of the alarms that $title: no alarm would be mailed', async ({ subscriptions }) => {
  const question = QUESTIONS.find(({ id }) => id === 'alarm-subscription');
  expect(question?.firstAskedBy).toBe('doctor');
  const answers = { ListSubscriptionsByTopic: { Subscriptions: subscriptions } };
  expect(await askQuestion('alarm-subscription', answers)).toMatchObject({ result: 'wrong' });
});

test.each([{ id: 'secrets-app' }, { id: 'database-url' }])(
  '$id: a secret that waits for its deletion is restored, and no right is missing',
  async ({ id }) => {
    const arn = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:url';
    const secrets = [{ name: 'DATABASE_URL', valueFrom: arn }];
    const taskDefinition = {
      taskDefinitionArn: 'x/task:1',
      containerDefinitions: [{ name: CONTAINER_NAME, image: 'registry/app:v1', secrets }],
    };
    const answers: Answers = {
      ...DATABASE('available'),
      DescribeTaskDefinition: { taskDefinition },
      DescribeSecret: { DeletedDate: ago(1) },
    };
    expect(await askQuestion(id, answers)).toMatchObject({
      result: 'wrong',
      says: 'The secret DATABASE_URL of the web tasks waits for its deletion.',
      fix: `aws secretsmanager restore-secret --region ap-northeast-1 --secret-id ${arn}`,
    });
  },
);
