import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { TerminateJobCommand, UpdateComputeEnvironmentCommand } from '@aws-sdk/client-batch';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { type LocalAws, startLocalAws } from '../src/local-aws';
import { clientConfig, until } from './support/containers';
import { prepareJobs } from './support/jobs';
import { temporaryFolder } from '@infra/common/testing';

let aws: LocalAws;
let jobs: Awaited<ReturnType<typeof prepareJobs>>;
let endpoint: Server | undefined;

beforeAll(async () => {
  aws = await startLocalAws({ run: true, usedBefore: true });
  jobs = await prepareJobs(aws, directory);
}, 60_000);

afterAll(async () => {
  endpoint?.close();
  endpoint?.closeAllConnections();
  await aws.stop();
});
// After it, so that nothing runs there any more.
const directory = temporaryFolder('program-');

describe('a job', () => {
  it('runs its definition’s command with secrets, parameters and overrides, and logs', async () => {
    const job = await jobs.ended(await jobs.submit({ FILE: 'users.csv' }, { parameters: { argument: 'other' } }));
    expect(job.status).toBe('SUCCEEDED');
    const stream = job.container?.logStreamName ?? '';
    expect(await jobs.account.logged(stream)).toEqual(['secret a secret file users.csv argument other']);
  });

  it('is submitted at once, and runs until its program ends', async () => {
    const jobId = await jobs.submit({ FOREVER: 'yes' });
    await until(
      () => jobs.describeJob(jobId),
      ({ status }) => status === 'RUNNING',
    );
    await jobs.batch.send(new TerminateJobCommand({ jobId, reason: 'nobody needs it' }));
    expect(await jobs.ended(jobId)).toMatchObject({ status: 'FAILED', statusReason: 'nobody needs it' });
  });

  it('fails with the exit code of its program', async () => {
    const job = await jobs.ended(await jobs.submit({ EXIT: '3' }));
    expect(job).toMatchObject({ status: 'FAILED', statusReason: 'Essential container in task exited' });
    expect(job.container?.exitCode).toBe(3);
    expect(await jobs.account.logged(job.container?.logStreamName ?? '')).toContain('it fails');
  });

  it('is ended by its timeout', async () => {
    const jobId = await jobs.submit({ FOREVER: 'yes' }, { timeout: { attemptDurationSeconds: 1 } });
    expect(await jobs.ended(jobId)).toMatchObject({
      status: 'FAILED',
      statusReason: 'Job attempt duration exceeded timeout',
    });
  });

  it('waits until the others leave it vCPUs, and until its environment takes jobs', async () => {
    const all = { resourceRequirements: [{ type: 'VCPU', value: '4' } as const] };
    const state = (jobId: string, wanted: string) =>
      until(
        () => jobs.describeJob(jobId),
        ({ status }) => status === wanted,
      );
    const environment = [{ name: 'FOREVER', value: 'yes' }];
    const first = await jobs.submit({}, { containerOverrides: { ...all, environment } });
    await state(first, 'RUNNING');
    const second = await jobs.submit();
    await state(second, 'RUNNABLE');
    const switched = (to: 'DISABLED' | 'ENABLED') =>
      jobs.batch.send(new UpdateComputeEnvironmentCommand({ computeEnvironment: 'jobs', state: to }));
    await switched('DISABLED');
    await jobs.batch.send(new TerminateJobCommand({ jobId: first, reason: 'enough' }));
    await jobs.ended(first);
    expect((await jobs.describeJob(second)).status).toBe('RUNNABLE');
    const third = await jobs.submit();
    await state(third, 'RUNNABLE');
    await jobs.batch.send(new TerminateJobCommand({ jobId: third, reason: 'nobody waits' }));
    expect(await jobs.ended(third)).toMatchObject({ status: 'FAILED', statusReason: 'nobody waits' });
    await switched('ENABLED');
    expect(await jobs.ended(second)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('fails before it starts where its execution role may not read a secret', async () => {
    const job = await jobs.ended(await jobs.submit({}, { jobDefinition: 'locked-out' }));
    expect(job.status).toBe('FAILED');
    expect(job.statusReason).toContain('unable to pull secrets');
    expect(job.statusReason).toContain('AccessDenied');
  });

  describe('that failed', () => {
    const told: unknown[] = [];
    let sns: SNSClient;

    beforeAll(async () => {
      sns = new SNSClient(clientConfig(aws));
      endpoint = createServer((request, response) => {
        void json(request).then((envelope) => {
          const { Type, Message } = envelope as { Type: string; Message: string };
          if (Type === 'Notification') {
            const { detail } = JSON.parse(Message) as JobEvent;
            told.push([detail.jobId, detail.status, detail.container.exitCode]);
          }
          response.end();
        });
      });
      await once(endpoint.listen(0, '127.0.0.1'), 'listening');
    });

    /** A rule that tells a new topic of failed jobs, and an endpoint of the topic. */
    async function rule(Name: string, RoleArn?: string): Promise<string> {
      const events = new EventBridgeClient(clientConfig(aws));
      const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name }));
      const EventPattern = JSON.stringify({ source: ['aws.batch'], detail: { status: ['FAILED'] } });
      await events.send(new PutRuleCommand({ Name, EventPattern }));
      await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'topic', Arn: TopicArn, RoleArn }] }));
      const Endpoint = `http://127.0.0.1:${(endpoint?.address() as AddressInfo).port}`;
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));
      return TopicArn;
    }

    it('is told to the topic of a rule, which must let EventBridge publish', async () => {
      const TopicArn = await rule('by-policy');
      await jobs.ended(await jobs.submit({ EXIT: '4' }));
      const Statement = [
        { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: TopicArn },
      ];
      const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
      await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
      await jobs.ended(await jobs.submit());
      const jobId = await jobs.submit({ EXIT: '5' });
      await jobs.ended(jobId);
      expect(told.splice(0)).toEqual([[jobId, 'FAILED', 5]]);
      await sns.send(new DeleteTopicCommand({ TopicArn }));
    });

    it('is told under the role of the rule’s target, which must be allowed to', async () => {
      const service = 'events.amazonaws.com';
      await rule('without', await jobs.account.role('without', { 'sns:ListTopics': '*' }, service));
      await rule('with', await jobs.account.role('with', { 'sns:Publish': '*' }, service));
      const jobId = await jobs.submit({ EXIT: '6' });
      await jobs.ended(jobId);
      expect(told).toEqual([[jobId, 'FAILED', 6]]);
    });
  });
});

interface JobEvent {
  readonly detail: { jobId: string; status: string; container: { exitCode: number } };
}
