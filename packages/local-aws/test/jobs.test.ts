import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { Batch, type JobDetail, type SubmitJobCommandInput } from '@aws-sdk/client-batch';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SNS } from '@aws-sdk/client-sns';
import { Account } from './support/account';
import { prepareAccount } from './support/containers';
import { until } from './support/until';

/** Job that logs its configuration, and then ends as its variables say. */
const PROGRAM = `
console.log('secret', process.env.SECRET, 'file', process.env.FILE, 'argument', process.argv[1]);
if (process.env.EXIT) { console.error('it fails'); process.exit(Number(process.env.EXIT)); }
if (process.env.FOREVER) setInterval(() => {}, 1000);`;

const account = Account.shared({ run: true, usedBefore: true });
const batch = new Batch(account.client);
let containers: Awaited<ReturnType<typeof prepareAccount>>;
let image: string;

/** Creates the queue `jobs`, whose jobs have four vCPUs together. */
async function createQueue(): Promise<void> {
  const { computeEnvironmentArn } = await batch.createComputeEnvironment({
    computeEnvironmentName: 'jobs',
    type: 'MANAGED',
    serviceRole: containers.executionRole,
    computeResources: {
      type: 'FARGATE',
      maxvCpus: 4,
      subnets: containers.subnets,
      securityGroupIds: containers.securityGroups,
    },
  });
  await batch.createJobQueue({
    jobQueueName: 'jobs',
    state: 'ENABLED',
    priority: 1,
    computeEnvironmentOrder: [{ computeEnvironment: computeEnvironmentArn, order: 1 }],
  });
}

interface DefinitionProps {
  readonly executionRole?: string;
  /** Reference to the value of `SECRET`. */
  readonly secret?: string;
}

async function defineJob(
  name: string,
  { executionRole = containers.executionRole, secret = containers.secret }: DefinitionProps = {},
): Promise<void> {
  await batch.registerJobDefinition({
    jobDefinitionName: name,
    type: 'container',
    platformCapabilities: ['FARGATE'],
    parameters: { argument: 'usual' },
    containerProperties: {
      image,
      command: ['-e', PROGRAM, 'Ref::argument'],
      executionRoleArn: executionRole,
      jobRoleArn: containers.executionRole,
      environment: [{ name: 'FILE', value: 'none' }],
      secrets: [{ name: 'SECRET', valueFrom: secret }],
      resourceRequirements: [
        { type: 'VCPU', value: '0.5' },
        { type: 'MEMORY', value: '1024' },
      ],
      logConfiguration: containers.logConfiguration,
    },
  });
}

beforeAll(async () => {
  containers = await prepareAccount(account);
  image = await containers.push('job');
  await createQueue();
  await defineJob('job');
}, 60_000);

type Variables = Readonly<Record<string, string>>;

/** Submits the job `job` with these variables, or another one; returns its id. */
async function submit(variables: Variables = {}, job: Partial<SubmitJobCommandInput> = {}): Promise<string> {
  const environment = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const { jobId = '' } = await batch.submitJob({
    jobName: 'job',
    jobQueue: 'jobs',
    jobDefinition: 'job',
    containerOverrides: { environment },
    ...job,
  });
  return jobId;
}

/** Waits until a job has one of these states. */
async function untilStatus(jobId: string, ...statuses: string[]): Promise<JobDetail> {
  const describeJob = async () => {
    const { jobs = [] } = await batch.describeJobs({ jobs: [jobId] });
    return jobs[0] as JobDetail;
  };
  return await until(describeJob, ({ status = '' }) => statuses.includes(status));
}

function untilEnd(jobId: string): Promise<JobDetail> {
  return untilStatus(jobId, 'SUCCEEDED', 'FAILED');
}

/** Runs a job to its end. */
async function run(variables: Variables = {}, job: Partial<SubmitJobCommandInput> = {}): Promise<JobDetail> {
  return await untilEnd(await submit(variables, job));
}

describe('a job', () => {
  it('runs its definition’s command with secrets, parameters and overrides, and logs', async () => {
    const job = await run({ FILE: 'users.csv' }, { parameters: { argument: 'other' } });
    expect(job.status).toBe('SUCCEEDED');
    expect(await containers.logged(job.container?.logStreamName)).toEqual([
      'secret {"part":"a part"} file users.csv argument other',
    ]);
  });

  it('ends at its timeout', async () => {
    const job = await run({ FOREVER: 'yes' }, { timeout: { attemptDurationSeconds: 1 } });
    expect(job).toMatchObject({
      status: 'FAILED',
      statusReason: 'Job attempt duration exceeded timeout',
    });
  });

  it('fails to start, with the name of the key, if its secret lacks the key', async () => {
    await defineJob('without-key', { secret: `${containers.secret}:absent::` });
    const job = await run({}, { jobDefinition: 'without-key' });
    expect(job.status).toBe('FAILED');
    expect(job.statusReason).toMatch(/^ResourceInitializationError: .* did not contain json key absent$/);
  });
});

describe('a topic', () => {
  const sns = new SNS(account.client);
  let endpoint: Server;

  /** Messages of notifications. */
  let received: unknown[];

  beforeEach(() => {
    received = [];
  });

  /** Starts the HTTP endpoint of the topics: it keeps the messages of their notifications. */
  beforeAll(async () => {
    endpoint = createServer((request, response) => {
      void json(request).then((envelope) => {
        const { Type, Message } = envelope as { Type: string; Message: string };
        if (Type === 'Notification') received.push(JSON.parse(Message));
        response.end();
      });
    });
    await once(endpoint.listen(0, '127.0.0.1'), 'listening');
  });

  afterAll(() => {
    endpoint.close();
    endpoint.closeAllConnections();
  });

  /** Creates a topic with the endpoint; returns its ARN. */
  async function createTopic(name: string): Promise<string> {
    const { TopicArn = '' } = await sns.createTopic({ Name: name });
    const { port } = endpoint.address() as AddressInfo;
    await sns.subscribe({ TopicArn, Protocol: 'http', Endpoint: `http://127.0.0.1:${port}` });
    return TopicArn;
  }

  /** Creates a rule that publishes failed jobs to a new topic; returns the topic's ARN. */
  async function createRule(name: string, RoleArn?: string): Promise<string> {
    const TopicArn = await createTopic(name);
    const events = new EventBridge(account.client);
    await events.putRule({
      Name: name,
      EventPattern: JSON.stringify({ source: ['aws.batch'], detail: { status: ['FAILED'] } }),
    });
    await events.putTargets({ Rule: name, Targets: [{ Id: 'topic', Arn: TopicArn, RoleArn }] });
    return TopicArn;
  }

  it('gets the event of a failed job once its policy allows EventBridge; a job that succeeds has none', async () => {
    const topicArn = await createRule('by-policy');
    await run({ EXIT: '4' });
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sns:Publish',
    };
    await sns.setTopicAttributes({
      TopicArn: topicArn,
      AttributeName: 'Policy',
      AttributeValue: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    await run();
    const { jobId } = await run({ EXIT: '5' });
    expect(received).toMatchObject([{ detail: { jobId, status: 'FAILED', container: { exitCode: 5 } } }]);
    await sns.deleteTopic({ TopicArn: topicArn });
  });

  // The topics of an app need not name EventBridge: its rules may have roles.
  it('gets the event by the role of the target if that allows sns:Publish, and none by another one', async () => {
    const service = 'events.amazonaws.com';
    await createRule('denied', await containers.role('denied', { 'sns:ListTopics': '*' }, service));
    await createRule('allowed', await containers.role('allowed', { 'sns:Publish': '*' }, service));
    const { jobId } = await run({ EXIT: '6' });
    expect(received).toMatchObject([{ detail: { jobId, container: { exitCode: 6 } } }]);
  });

  it('gets an alarm that fires, with its description', async () => {
    const cloudWatch = new CloudWatch(account.client);
    const alarm = {
      AlarmName: 'errors',
      AlarmDescription: 'サーバーのエラーが多い',
      AlarmActions: [await createTopic('alarms')],
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Statistic: 'Sum' as const,
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold' as const,
    };
    await cloudWatch.putMetricAlarm(alarm);
    const setState = (StateValue: 'ALARM' | 'OK') =>
      cloudWatch.setAlarmState({ AlarmName: 'errors', StateValue, StateReason: '2 datapoints' });
    // Only a change is an action, and it has none for OK.
    for (const state of ['OK', 'ALARM', 'ALARM', 'OK'] as const) await setState(state);
    expect(received).toMatchObject([
      {
        AlarmName: 'errors',
        AlarmDescription: 'サーバーのエラーが多い',
        NewStateValue: 'ALARM',
        NewStateReason: '2 datapoints',
        OldStateValue: 'OK',
      },
    ]);
  });
});
