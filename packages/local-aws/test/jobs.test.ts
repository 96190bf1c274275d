import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SNS } from '@aws-sdk/client-sns';
import { Account } from './support/account';
import { prepareJobs } from './support/jobs';

const account = Account.shared({ run: true, usedBefore: true });
let jobs: Awaited<ReturnType<typeof prepareJobs>>;

beforeAll(async () => {
  jobs = await prepareJobs(account);
}, 60_000);

describe('a job', () => {
  it('runs its definition’s command with secrets, parameters and overrides, and logs', async () => {
    const job = await jobs.run({ FILE: 'users.csv' }, { parameters: { argument: 'other' } });
    expect(job.status).toBe('SUCCEEDED');
    expect(await jobs.containers.logged(job.container?.logStreamName)).toEqual([
      'secret {"part":"a part"} file users.csv argument other',
    ]);
  });

  it('runs until it is terminated', async () => {
    const jobId = await jobs.submit({ FOREVER: 'yes' });
    await jobs.reached(jobId, 'RUNNING');
    await jobs.batch.terminateJob({ jobId, reason: 'not needed' });
    expect(await jobs.reached(jobId)).toMatchObject({ status: 'FAILED', statusReason: 'not needed' });
  });

  it('fails with the exit code of its program', async () => {
    const job = await jobs.run({ EXIT: '3' });
    const statusReason = 'Essential container in task exited';
    expect(job).toMatchObject({ status: 'FAILED', statusReason, container: { exitCode: 3 } });
    expect(await jobs.containers.logged(job.container?.logStreamName)).toContain('it fails');
  });

  it('ends at its timeout', async () => {
    const statusReason = 'Job attempt duration exceeded timeout';
    const timeout = { attemptDurationSeconds: 1 };
    expect(await jobs.run({ FOREVER: 'yes' }, { timeout })).toMatchObject({ status: 'FAILED', statusReason });
  });

  it('waits for free vCPUs and for an enabled environment', async () => {
    const all = { resourceRequirements: [{ type: 'VCPU', value: '4' } as const] };
    const environment = [{ name: 'FOREVER', value: 'yes' }];
    const first = await jobs.submit({}, { containerOverrides: { ...all, environment } });
    await jobs.reached(first, 'RUNNING');
    const second = await jobs.submit();
    await jobs.reached(second, 'RUNNABLE');
    const switched = (state: 'DISABLED' | 'ENABLED') =>
      jobs.batch.updateComputeEnvironment({ computeEnvironment: 'jobs', state });
    await switched('DISABLED');
    await jobs.batch.terminateJob({ jobId: first, reason: 'enough' });
    await jobs.reached(first);
    expect((await jobs.reached(second, 'RUNNABLE', 'RUNNING', 'SUCCEEDED')).status).toBe('RUNNABLE');
    const third = await jobs.submit();
    await jobs.reached(third, 'RUNNABLE');
    await jobs.batch.terminateJob({ jobId: third, reason: 'cancelled' });
    expect(await jobs.reached(third)).toMatchObject({ status: 'FAILED', statusReason: 'cancelled' });
    await switched('ENABLED');
    expect(await jobs.reached(second)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('fails to start if its execution role cannot read a secret', async () => {
    expect(await jobs.run({}, { jobDefinition: 'locked-out' })).toMatchObject({
      status: 'FAILED',
      statusReason: expect.stringMatching(/unable to pull secrets.*AccessDenied/s) as string,
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
    await jobs.run({ EXIT: '4' });
    const Statement = [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' }];
    const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
    await sns.setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue });
    await jobs.run();
    const { jobId } = await jobs.run({ EXIT: '5' });
    expect(received.splice(0)).toEqual([[jobId, 'FAILED', 5]]);
    await sns.deleteTopic({ TopicArn });
  });

  it('reaches a topic if the target’s role allows sns:Publish', async () => {
    const service = 'events.amazonaws.com';
    await rule('without', await jobs.containers.role('without', { 'sns:ListTopics': '*' }, service));
    await rule('with', await jobs.containers.role('with', { 'sns:Publish': '*' }, service));
    const { jobId } = await jobs.run({ EXIT: '6' });
    expect(received).toEqual([[jobId, 'FAILED', 6]]);
  });
});

interface JobEvent {
  readonly detail: { jobId: string; status: string; container: { exitCode: number } };
}
