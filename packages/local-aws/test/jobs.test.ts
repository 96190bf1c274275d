import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SNS } from '@aws-sdk/client-sns';
import { Account } from './support/account';
import { until } from './support/containers';
import { prepareJobs } from './support/jobs';
import { temporaryFolder } from '@infra/common/testing';

const account = Account.shared({ run: true, usedBefore: true });
let jobs: Awaited<ReturnType<typeof prepareJobs>>;
let endpoint: Server | undefined;

beforeAll(async () => {
  jobs = await prepareJobs(account.aws, directory);
}, 60_000);

afterAll(() => {
  endpoint?.close();
  endpoint?.closeAllConnections();
});
// Registered after `account`: the folder is removed once its programs have ended.
const directory = temporaryFolder('program-');

const state = (jobId: string, wanted: string) =>
  until(
    () => jobs.describeJob(jobId),
    ({ status }) => status === wanted,
  );

describe('a job', () => {
  it('runs its definition’s command with secrets, parameters and overrides, and logs', async () => {
    const job = await jobs.ended(await jobs.submit({ FILE: 'users.csv' }, { parameters: { argument: 'other' } }));
    expect(job.status).toBe('SUCCEEDED');
    const stream = job.container?.logStreamName ?? '';
    expect(await jobs.account.logged(stream)).toEqual(['secret a secret file users.csv argument other']);
  });

  it('runs until it is terminated', async () => {
    const jobId = await jobs.submit({ FOREVER: 'yes' });
    await state(jobId, 'RUNNING');
    await jobs.batch.terminateJob({ jobId, reason: 'not needed' });
    expect(await jobs.ended(jobId)).toMatchObject({ status: 'FAILED', statusReason: 'not needed' });
  });

  it('fails with the exit code of its program', async () => {
    const job = await jobs.ended(await jobs.submit({ EXIT: '3' }));
    expect(job).toMatchObject({ status: 'FAILED', statusReason: 'Essential container in task exited' });
    expect(job.container?.exitCode).toBe(3);
    expect(await jobs.account.logged(job.container?.logStreamName ?? '')).toContain('it fails');
  });

  it('ends at its timeout', async () => {
    const jobId = await jobs.submit({ FOREVER: 'yes' }, { timeout: { attemptDurationSeconds: 1 } });
    expect(await jobs.ended(jobId)).toMatchObject({
      status: 'FAILED',
      statusReason: 'Job attempt duration exceeded timeout',
    });
  });

  it('waits for free vCPUs and for an enabled environment', async () => {
    const all = { resourceRequirements: [{ type: 'VCPU', value: '4' } as const] };
    const environment = [{ name: 'FOREVER', value: 'yes' }];
    const first = await jobs.submit({}, { containerOverrides: { ...all, environment } });
    await state(first, 'RUNNING');
    const second = await jobs.submit();
    await state(second, 'RUNNABLE');
    const switched = (to: 'DISABLED' | 'ENABLED') =>
      jobs.batch.updateComputeEnvironment({ computeEnvironment: 'jobs', state: to });
    await switched('DISABLED');
    await jobs.batch.terminateJob({ jobId: first, reason: 'enough' });
    await jobs.ended(first);
    expect((await jobs.describeJob(second)).status).toBe('RUNNABLE');
    const third = await jobs.submit();
    await state(third, 'RUNNABLE');
    await jobs.batch.terminateJob({ jobId: third, reason: 'cancelled' });
    expect(await jobs.ended(third)).toMatchObject({ status: 'FAILED', statusReason: 'cancelled' });
    await switched('ENABLED');
    expect(await jobs.ended(second)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('fails to start if its execution role cannot read a secret', async () => {
    const job = await jobs.ended(await jobs.submit({}, { jobDefinition: 'locked-out' }));
    expect(job.status).toBe('FAILED');
    expect(job.statusReason).toContain('unable to pull secrets');
    expect(job.statusReason).toContain('AccessDenied');
  });

  describe('that failed', () => {
    const received: unknown[] = [];
    let sns: SNS;

    beforeAll(async () => {
      sns = new SNS(account.client);
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

    /** Rule that publishes failed jobs to a new topic with an HTTP endpoint. */
    async function rule(Name: string, RoleArn?: string): Promise<string> {
      const events = new EventBridge(account.client);
      const { TopicArn = '' } = await sns.createTopic({ Name });
      const EventPattern = JSON.stringify({ source: ['aws.batch'], detail: { status: ['FAILED'] } });
      await events.putRule({ Name, EventPattern });
      await events.putTargets({ Rule: Name, Targets: [{ Id: 'topic', Arn: TopicArn, RoleArn }] });
      const Endpoint = `http://127.0.0.1:${(endpoint?.address() as AddressInfo).port}`;
      await sns.subscribe({ TopicArn, Protocol: 'http', Endpoint });
      return TopicArn;
    }

    it('reaches a topic whose policy allows EventBridge', async () => {
      const TopicArn = await rule('by-policy');
      await jobs.ended(await jobs.submit({ EXIT: '4' }));
      const Statement = [
        { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: TopicArn },
      ];
      const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
      await sns.setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue });
      await jobs.ended(await jobs.submit());
      const jobId = await jobs.submit({ EXIT: '5' });
      await jobs.ended(jobId);
      expect(received.splice(0)).toEqual([[jobId, 'FAILED', 5]]);
      await sns.deleteTopic({ TopicArn });
    });

    it('reaches a topic if the target’s role allows sns:Publish', async () => {
      const service = 'events.amazonaws.com';
      await rule('without', await jobs.account.role('without', { 'sns:ListTopics': '*' }, service));
      await rule('with', await jobs.account.role('with', { 'sns:Publish': '*' }, service));
      const jobId = await jobs.submit({ EXIT: '6' });
      await jobs.ended(jobId);
      expect(received).toEqual([[jobId, 'FAILED', 6]]);
    });
  });
});

interface JobEvent {
  readonly detail: { jobId: string; status: string; container: { exitCode: number } };
}
