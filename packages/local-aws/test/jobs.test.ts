import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { Batch, type JobDetail, type SubmitJobCommandInput } from '@aws-sdk/client-batch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SNS } from '@aws-sdk/client-sns';
import { Account } from './support/account';
import { prepareAccount } from './support/containers';
import { until } from './support/until';

/** Job that is controlled by its variables. */
const PROGRAM = `
console.log('secret', process.env.SECRET, 'file', process.env.FILE, 'argument', process.argv[1]);
if (process.env.EXIT) { console.error('it fails'); process.exit(Number(process.env.EXIT)); }
if (process.env.FOREVER) setInterval(() => {}, 1000);`;

const account = Account.shared({ run: true, usedBefore: true });
const batch = new Batch(account.client);
let containers: Awaited<ReturnType<typeof prepareAccount>>;

/** Queue and job definitions; `locked-out` cannot read its secret, and `without-key` wants a key that its secret lacks. */
beforeAll(async () => {
  containers = await prepareAccount(account);
  const { computeEnvironmentArn: computeEnvironment } = await batch.createComputeEnvironment({
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
  const computeEnvironmentOrder = [{ computeEnvironment, order: 1 }];
  await batch.createJobQueue({ jobQueueName: 'jobs', state: 'ENABLED', priority: 1, computeEnvironmentOrder });
  const image = await containers.push('job');
  const define = (jobDefinitionName: string, executionRoleArn: string, secret = containers.secret) =>
    batch.registerJobDefinition({
      jobDefinitionName,
      type: 'container',
      platformCapabilities: ['FARGATE'],
      parameters: { argument: 'usual' },
      containerProperties: {
        image,
        command: ['-e', PROGRAM, 'Ref::argument'],
        executionRoleArn,
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
  await define('job', containers.executionRole);
  await define('without-key', containers.executionRole, `${containers.secret}:absent::`);
  await define('locked-out', await containers.role('locked-out', { 'ecr:*': '*', 'logs:*': '*' }));
}, 60_000);

async function submit(variables: Record<string, string> = {}, more: Partial<SubmitJobCommandInput> = {}) {
  const environment = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const job = { jobName: 'job', jobQueue: 'jobs', jobDefinition: 'job', containerOverrides: { environment } };
  return (await batch.submitJob({ ...job, ...more })).jobId ?? '';
}

/** Waits for one of these states; for the end by default. */
const reached = (jobId: string, ...states: string[]): Promise<JobDetail> =>
  until(
    async () => (await batch.describeJobs({ jobs: [jobId] })).jobs?.[0] as JobDetail,
    ({ status = '' }) => (states.length > 0 ? states : ['SUCCEEDED', 'FAILED']).includes(status),
  );

/** Runs a job to its end. */
const run = async (...job: Parameters<typeof submit>) => reached(await submit(...job));

describe('a job', () => {
  it('runs its definition’s command with secrets, parameters and overrides, and logs', async () => {
    const job = await run({ FILE: 'users.csv' }, { parameters: { argument: 'other' } });
    expect(job.status).toBe('SUCCEEDED');
    expect(await containers.logged(job.container?.logStreamName)).toEqual([
      'secret {"part":"a part"} file users.csv argument other',
    ]);
  });

  it('runs until it is terminated', async () => {
    const jobId = await submit({ FOREVER: 'yes' });
    await reached(jobId, 'RUNNING');
    await batch.terminateJob({ jobId, reason: 'not needed' });
    expect(await reached(jobId)).toMatchObject({ status: 'FAILED', statusReason: 'not needed' });
  });

  it('fails with the exit code of its program', async () => {
    const job = await run({ EXIT: '3' });
    const statusReason = 'Essential container in task exited';
    expect(job).toMatchObject({ status: 'FAILED', statusReason, container: { exitCode: 3 } });
    expect(await containers.logged(job.container?.logStreamName)).toContain('it fails');
  });

  it('ends at its timeout', async () => {
    const statusReason = 'Job attempt duration exceeded timeout';
    const timeout = { attemptDurationSeconds: 1 };
    expect(await run({ FOREVER: 'yes' }, { timeout })).toMatchObject({ status: 'FAILED', statusReason });
  });

  it('waits for free vCPUs and for an enabled environment', async () => {
    const all = { resourceRequirements: [{ type: 'VCPU', value: '4' } as const] };
    const environment = [{ name: 'FOREVER', value: 'yes' }];
    const first = await submit({}, { containerOverrides: { ...all, environment } });
    await reached(first, 'RUNNING');
    const second = await submit();
    await reached(second, 'RUNNABLE');
    const switched = (state: 'DISABLED' | 'ENABLED') =>
      batch.updateComputeEnvironment({ computeEnvironment: 'jobs', state });
    await switched('DISABLED');
    await batch.terminateJob({ jobId: first, reason: 'enough' });
    await reached(first);
    expect((await reached(second, 'RUNNABLE', 'RUNNING', 'SUCCEEDED')).status).toBe('RUNNABLE');
    const third = await submit();
    await reached(third, 'RUNNABLE');
    await batch.terminateJob({ jobId: third, reason: 'cancelled' });
    expect(await reached(third)).toMatchObject({ status: 'FAILED', statusReason: 'cancelled' });
    await switched('ENABLED');
    expect(await reached(second)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('fails to start if its execution role cannot read a secret', async () => {
    expect(await run({}, { jobDefinition: 'locked-out' })).toMatchObject({
      status: 'FAILED',
      statusReason: expect.stringMatching(/unable to pull secrets.*AccessDenied/s) as string,
    });
  });

  it('fails to start, with the name of the key, if its secret lacks the key', async () => {
    expect(await run({}, { jobDefinition: 'without-key' })).toMatchObject({
      status: 'FAILED',
      statusReason: expect.stringMatching(
        /^ResourceInitializationError: .* did not contain json key absent$/,
      ) as string,
    });
  });
});

describe('the end of a failed job', () => {
  const received: unknown[] = [];
  const sns = new SNS(account.client);
  let endpoint: Server;

  beforeAll(async () => {
    endpoint = createServer((request, response) => {
      void json(request).then((envelope) => {
        const { Type, Message } = envelope as { Type: string; Message: string };
        if (Type === 'Notification') {
          const { detail } = JSON.parse(Message) as JobEvent;
          received.push([detail.jobId, detail.status, detail.container.exitCode]);
        }
        response.end();
      });
    });
    await once(endpoint.listen(0, '127.0.0.1'), 'listening');
  });

  afterAll(() => {
    endpoint.close();
    endpoint.closeAllConnections();
  });

  /** Rule that publishes failed jobs to a new topic with an HTTP endpoint. */
  async function rule(Name: string, RoleArn?: string): Promise<string> {
    const events = new EventBridge(account.client);
    const { TopicArn = '' } = await sns.createTopic({ Name });
    const EventPattern = JSON.stringify({ source: ['aws.batch'], detail: { status: ['FAILED'] } });
    await events.putRule({ Name, EventPattern });
    await events.putTargets({ Rule: Name, Targets: [{ Id: 'topic', Arn: TopicArn, RoleArn }] });
    const Endpoint = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
    await sns.subscribe({ TopicArn, Protocol: 'http', Endpoint });
    return TopicArn;
  }

  it('reaches a topic whose policy allows EventBridge', async () => {
    const TopicArn = await rule('by-policy');
    await run({ EXIT: '4' });
    const Statement = [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' }];
    const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
    await sns.setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue });
    await run();
    const { jobId } = await run({ EXIT: '5' });
    expect(received.splice(0)).toEqual([[jobId, 'FAILED', 5]]);
    await sns.deleteTopic({ TopicArn });
  });

  it('reaches a topic if the target’s role allows sns:Publish', async () => {
    const service = 'events.amazonaws.com';
    await rule('without', await containers.role('without', { 'sns:ListTopics': '*' }, service));
    await rule('with', await containers.role('with', { 'sns:Publish': '*' }, service));
    const { jobId } = await run({ EXIT: '6' });
    expect(received).toEqual([[jobId, 'FAILED', 6]]);
  });
});

interface JobEvent {
  readonly detail: { jobId: string; status: string; container: { exitCode: number } };
}
