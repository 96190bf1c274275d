import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  type JobDetail,
  RegisterJobDefinitionCommand,
  SubmitJobCommand,
  type SubmitJobCommandInput,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { type LocalAws, startLocalAws } from '../../../tools/local-aws/local-aws';
import { clientConfig, prepareAccount, until } from './support/containers';

let aws: LocalAws;
let account: Awaited<ReturnType<typeof prepareAccount>>;
let batch: BatchClient;
let endpoint: Server | undefined;
const directory = mkdtempSync(join(tmpdir(), 'program-'));

/** A job that does what it is told. */
const PROGRAM = `
console.log('secret', process.env.SECRET, 'file', process.env.FILE, 'argument', process.argv[2]);
if (process.env.EXIT) { console.error('it fails'); process.exit(Number(process.env.EXIT)); }
if (process.env.FOREVER) setInterval(() => {}, 1000);`;

beforeAll(async () => {
  writeFileSync(join(directory, 'job.js'), PROGRAM);
  aws = await startLocalAws({ usedBefore: true, run: true });
  const config = clientConfig(aws);
  batch = new BatchClient(config);
  account = await prepareAccount(aws);
  const { Subnets = [] } = await new EC2Client(config).send(new DescribeSubnetsCommand({}));
  const { SecurityGroups = [] } = await new EC2Client(config).send(new DescribeSecurityGroupsCommand({}));
  const { computeEnvironmentArn: computeEnvironment } = await batch.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName: 'jobs',
      type: 'MANAGED',
      serviceRole: account.executionRole,
      computeResources: {
        type: 'FARGATE',
        maxvCpus: 4,
        subnets: [Subnets[0]?.SubnetId ?? ''],
        securityGroupIds: [SecurityGroups[0]?.GroupId ?? ''],
      },
    }),
  );
  const computeEnvironmentOrder = [{ computeEnvironment, order: 1 }];
  await batch.send(
    new CreateJobQueueCommand({ jobQueueName: 'jobs', state: 'ENABLED', priority: 1, computeEnvironmentOrder }),
  );
  const manager = new SecretsManagerClient(config);
  const { ARN = '' } = await manager.send(new CreateSecretCommand({ Name: 'a', SecretString: 'a secret' }));
  const image = await account.push('job', { directory, entrypoint: ['node'] });
  const define = async (jobDefinitionName: string, executionRoleArn: string) => {
    await batch.send(
      new RegisterJobDefinitionCommand({
        jobDefinitionName,
        type: 'container',
        platformCapabilities: ['FARGATE'],
        parameters: { argument: 'usual' },
        containerProperties: {
          image,
          command: ['job.js', 'Ref::argument'],
          executionRoleArn,
          jobRoleArn: account.executionRole,
          environment: [{ name: 'FILE', value: 'none' }],
          secrets: [{ name: 'SECRET', valueFrom: ARN }],
          resourceRequirements: [
            { type: 'VCPU', value: '0.5' },
            { type: 'MEMORY', value: '1024' },
          ],
          logConfiguration: account.logConfiguration,
        },
      }),
    );
  };
  await define('job', account.executionRole);
  await define('locked-out', await account.role('locked-out', { 'ecr:*': '*', 'logs:*': '*' }));
}, 60_000);

afterAll(async () => {
  endpoint?.close();
  endpoint?.closeAllConnections();
  await aws.stop();
  rmSync(directory, { recursive: true });
});

async function submit(
  variables: Record<string, string> = {},
  more: Partial<SubmitJobCommandInput> = {},
): Promise<string> {
  const environment = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const { jobId = '' } = await batch.send(
    new SubmitJobCommand({
      jobName: 'job',
      jobQueue: 'jobs',
      jobDefinition: 'job',
      containerOverrides: { environment },
      ...more,
    }),
  );
  return jobId;
}

async function describeJob(jobId: string): Promise<JobDetail> {
  const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
  return jobs[0] as JobDetail;
}

const ended = (jobId: string): Promise<JobDetail> =>
  until(
    () => describeJob(jobId),
    ({ status }) => status === 'SUCCEEDED' || status === 'FAILED',
  );

describe('a job', () => {
  it('runs its definition’s command with secrets, parameters and overrides, and logs', async () => {
    const job = await ended(await submit({ FILE: 'users.csv' }, { parameters: { argument: 'other' } }));
    expect(job.status).toBe('SUCCEEDED');
    const stream = job.container?.logStreamName ?? '';
    expect(await account.logged(stream)).toEqual(['secret a secret file users.csv argument other']);
  });

  it('is submitted at once, and runs until its program ends', async () => {
    const jobId = await submit({ FOREVER: 'yes' });
    await until(
      () => describeJob(jobId),
      ({ status }) => status === 'RUNNING',
    );
    await batch.send(new TerminateJobCommand({ jobId, reason: 'nobody needs it' }));
    expect(await ended(jobId)).toMatchObject({ status: 'FAILED', statusReason: 'nobody needs it' });
  });

  it('fails with the exit code of its program', async () => {
    const job = await ended(await submit({ EXIT: '3' }));
    expect(job).toMatchObject({ status: 'FAILED', statusReason: 'Essential container in task exited' });
    expect(job.container?.exitCode).toBe(3);
    expect(await account.logged(job.container?.logStreamName ?? '')).toContain('it fails');
  });

  it('is ended by its timeout', async () => {
    const jobId = await submit({ FOREVER: 'yes' }, { timeout: { attemptDurationSeconds: 1 } });
    expect(await ended(jobId)).toMatchObject({
      status: 'FAILED',
      statusReason: 'Job attempt duration exceeded timeout',
    });
  });

  it('fails before it starts where its execution role may not read a secret', async () => {
    const job = await ended(await submit({}, { jobDefinition: 'locked-out' }));
    expect(job.status).toBe('FAILED');
    expect(job.statusReason).toContain('unable to pull secrets');
    expect(job.statusReason).toContain('AccessDenied');
  });

  it('that failed is told to the topic of a rule, which must let EventBridge publish', async () => {
    const config = clientConfig(aws);
    const sns = new SNSClient(config);
    const events = new EventBridgeClient(config);
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alarms' }));
    const EventPattern = JSON.stringify({ source: ['aws.batch'], detail: { status: ['FAILED'] } });
    await events.send(new PutRuleCommand({ Name: 'failed', EventPattern }));
    await events.send(new PutTargetsCommand({ Rule: 'failed', Targets: [{ Id: 'topic', Arn: TopicArn }] }));

    const told: JobEvent[] = [];
    endpoint = createServer((request, response) => {
      void json(request).then((envelope) => {
        const { Type, Message } = envelope as { Type: string; Message: string };
        if (Type === 'Notification') told.push(JSON.parse(Message) as JobEvent);
        response.end();
      });
    });
    await once(endpoint.listen(0, '127.0.0.1'), 'listening');
    const Endpoint = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));

    await ended(await submit({ EXIT: '4' }));
    const Statement = [
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: TopicArn },
    ];
    const AttributeValue = JSON.stringify({ Version: '2012-10-17', Statement });
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
    await ended(await submit());
    const jobId = await submit({ EXIT: '5' });
    await until(
      () => Promise.resolve(told),
      ({ length }) => length > 0,
    );
    expect(told.map(({ detail }) => [detail.jobId, detail.status, detail.container.exitCode])).toEqual([
      [jobId, 'FAILED', 5],
    ]);
  });
});

interface JobEvent {
  readonly detail: { jobId: string; status: string; container: { exitCode: number } };
}
