import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { Account, type Resources } from './support/account';
import { prepareAccount, until } from './support/containers';
import { functionWith } from './support/resources';

let account: Account;
let containers: Awaited<ReturnType<typeof prepareAccount>>;
let ecs: ECSClient;
let logs: CloudWatchLogsClient;
let AwsvpcConfiguration: { Subnets: string[]; SecurityGroups: string[] };
const directory = mkdtempSync(join(tmpdir(), 'program-'));
const images: Record<string, string> = {};

/** Stays, unless it is told to end. */
const PROGRAM = `
const [how = 'stay', code] = process.argv.slice(2);
console.log(how, process.env.VERSION);
if (how === 'end') process.exit(Number(code));
setInterval(() => undefined, 1000);`;

/** Wants to be asked twice, and lets the way back pass. */
const HOOK = `
let refused = false;
exports.handler = async (event) => {
  console.log(JSON.stringify(event));
  if (refused) return { hookStatus: 'SUCCEEDED' };
  refused = Boolean(event.hookDetails) && process.env.ANSWER !== 'SUCCEEDED';
  if (event.hookDetails) return { hookStatus: process.env.ANSWER };
  return { hookStatus: 'IN_PROGRESS', callBackDelay: 6, hookDetails: { asked: 'once' } };
};`;

beforeAll(async () => {
  account = await Account.open({ run: true, usedBefore: true, patience: 3 });
  containers = await prepareAccount(account.aws);
  [ecs, logs] = [new ECSClient(account.client), new CloudWatchLogsClient(account.client)];
  writeFileSync(join(directory, 'program.js'), PROGRAM);
  for (const version of ['v1', 'v2']) {
    const program = { directory, entrypoint: ['node', 'program.js'], environment: { VERSION: version } };
    images[version] = await containers.push(version, program);
  }
  const { Subnets = [] } = await new EC2Client(account.client).send(new DescribeSubnetsCommand({}));
  AwsvpcConfiguration = { Subnets: [Subnets[0]?.SubnetId ?? ''], SecurityGroups: [] };
}, 60_000);

afterAll(async () => {
  await account.aws.stop();
  rmSync(directory, { recursive: true });
});

interface Variant {
  readonly version?: string;
  readonly answer?: string;
  /** What ECS may do with the role that stands beside the function. */
  readonly may?: string;
}

/** A service without a load balancer, and a function that is asked first. */
function service({ version = 'v1', answer = 'SUCCEEDED', may = 'lambda:InvokeFunction' }: Variant = {}): Resources {
  const policy = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const logsOnly = { PolicyName: 'logs', PolicyDocument: policy({ Action: 'logs:*', Resource: '*' }) };
  const function_ = functionWith(
    { Policies: [logsOnly] },
    { FunctionName: 'hook', Code: { ZipFile: HOOK }, Environment: { Variables: { ANSWER: answer } } },
  );
  return {
    ...function_,
    Caller: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'caller',
        AssumeRolePolicyDocument: policy({ Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' }),
        Policies: [{ PolicyName: 'call', PolicyDocument: policy({ Action: may, Resource: '*' }) }],
      },
    },
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'shop' } },
    Definition: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: 'shop',
        NetworkMode: 'awsvpc',
        RequiresCompatibilities: ['FARGATE'],
        Cpu: '256',
        Memory: '512',
        ExecutionRoleArn: containers.executionRole,
        ContainerDefinitions: [
          {
            Name: 'web',
            Image: images[version],
            LogConfiguration: {
              LogDriver: 'awslogs',
              Options: containers.logConfiguration.options,
            },
          },
        ],
      },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        ServiceName: 'shop',
        Cluster: { Ref: 'Cluster' },
        TaskDefinition: { Ref: 'Definition' },
        DesiredCount: 1,
        LaunchType: 'FARGATE',
        NetworkConfiguration: { AwsvpcConfiguration },
        DeploymentConfiguration: {
          LifecycleHooks: [
            {
              HookTargetArn: { 'Fn::GetAtt': ['Function', 'Arn'] },
              RoleArn: { 'Fn::GetAtt': ['Caller', 'Arn'] },
              LifecycleStages: ['PRE_SCALE_UP'],
            },
          ],
        },
      },
    },
  };
}

const SHOP = { cluster: 'shop', service: 'shop' };

async function events(): Promise<Record<string, unknown>[]> {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/hook' }));
  return events.map(({ message = '' }) => JSON.parse(message) as Record<string, unknown>);
}

async function runningTasks(): Promise<Task[]> {
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: 'shop' }));
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: taskArns }));
  return tasks.filter(({ lastStatus, group }) => lastStatus === 'RUNNING' && group === 'service:shop');
}

const history = async () => (await ecs.send(new ListServiceDeploymentsCommand(SHOP))).serviceDeployments ?? [];
const settled = () => until(history, ([newest]) => newest?.status === 'SUCCESSFUL');

describe('a function that wants to be asked before a task starts', () => {
  it('is asked by its role, again with what it answered, until it says that the deployment may go on', async () => {
    expect(await account.create('Shop', service())).toBe('CREATE_COMPLETE');
    const [first, second] = await events();
    expect(first).toEqual({
      executionId: expect.any(String) as string,
      lifecycleStage: 'PRE_SCALE_UP',
      resourceArn: (await history())[0]?.serviceDeploymentArn,
      executionDetails: {
        serviceArn: expect.stringMatching(/:service\/shop\/shop$/) as string,
        targetServiceRevisionArn: (await history())[0]?.targetServiceRevisionArn,
        testTrafficWeights: {},
        productionTrafficWeights: {},
      },
    });
    expect(second).toEqual({ ...first, hookDetails: { asked: 'once' } });
    await settled();
    expect(await runningTasks()).toHaveLength(1);
  });

  it('knows the revision; its image’s digest is known once it has run', async () => {
    const serviceRevisionArns = (await history()).map(({ targetServiceRevisionArn = '' }) => targetServiceRevisionArn);
    const { serviceRevisions } = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
    expect(serviceRevisions?.[0]).toMatchObject({
      taskDefinition: expect.stringMatching(/task-definition\/shop:1$/) as string,
      networkConfiguration: { awsvpcConfiguration: { subnets: AwsvpcConfiguration.Subnets } },
      containerImages: [
        { containerName: 'web', image: images['v1'], imageDigest: expect.stringMatching(/^sha256:/) as string },
      ],
    });
  });

  it('tells images apart by their digests, though none has layers', async () => {
    const { imageDetails = [] } = await new ECRClient(account.client).send(
      new DescribeImagesCommand({ repositoryName: 'app' }),
    );
    expect(new Set(imageDetails.map(({ imageDigest }) => imageDigest)).size).toBe(2);
  });

  it('turns the update back where it says so: no new task starts, and the old one goes on', async () => {
    const before = await runningTasks();
    expect(await account.update('Shop', service({ version: 'v2', answer: 'FAILED' }))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await account.failures('Shop'))['Service']).toMatch(/rolled back: lifecycle hook .*:hook answered FAILED/);
    expect((await runningTasks()).map(({ taskArn }) => taskArn)).toEqual(before.map(({ taskArn }) => taskArn));
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['shop'] }));
    expect(services[0]?.taskDefinition).toMatch(/shop:1$/);
    // ECS asks for the way back, too, which is a deployment of its own.
    const statuses = (await settled()).map(({ status }) => status);
    expect(statuses).toEqual(['SUCCESSFUL', 'ROLLBACK_SUCCESSFUL', 'SUCCESSFUL']);
  });

  it('turns it back where its answer is none', async () => {
    const update = service({ version: 'v2', answer: 'YES' });
    expect(await account.update('Shop', update)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await account.failures('Shop'))['Service']).toContain('answered YES');
  });

  it('is not asked by an update that deploys nothing', async () => {
    const { length } = await events();
    const changed = service() as { Service: { Properties: Record<string, unknown> } };
    changed.Service.Properties['HealthCheckGracePeriodSeconds'] = 60;
    expect(await account.update('Shop', changed)).toBe('UPDATE_COMPLETE');
    expect(await events()).toHaveLength(length);
  });

  it('lets the new version in once it says so', async () => {
    expect(await account.update('Shop', service({ version: 'v2' }))).toBe('UPDATE_COMPLETE');
    await settled();
    expect((await runningTasks()).map(({ taskDefinitionArn }) => taskDefinitionArn?.split(':').at(-1))).not.toEqual([
      '1',
    ]);
  });
});

describe('a task that runs once', () => {
  const once = (command: string[], more = {}) =>
    new RunTaskCommand({
      cluster: 'shop',
      taskDefinition: 'shop',
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: AwsvpcConfiguration.Subnets, securityGroups: [] },
      },
      overrides: { containerOverrides: [{ name: 'web', command }] },
      startedBy: 'a-test',
      ...more,
    });
  const find = async (taskArn = '') =>
    (await ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: [taskArn] }))).tasks?.[0];

  it('runs another command, logs where its definition says, and keeps its exit code', async () => {
    const { tasks = [] } = await ecs.send(once(['end', '3'], { group: 'errands' }));
    const arn = tasks[0]?.taskArn;
    const ended = await until(
      () => find(arn),
      (task) => task?.lastStatus === 'STOPPED',
    );
    expect(ended).toMatchObject({
      group: 'errands',
      startedBy: 'a-test',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 3 }],
    });
    expect(await containers.logged(`web/web/${arn?.split('/').at(-1) ?? ''}`)).toEqual(['end v2']);
  });

  it('is started once for a client token', async () => {
    const [first, again] = [
      await ecs.send(once(['stay'], { clientToken: 'one' })),
      await ecs.send(once(['stay'], { clientToken: 'one' })),
    ];
    expect(again.tasks?.[0]?.taskArn).toBe(first.tasks?.[0]?.taskArn);
    const { taskArns } = await ecs.send(
      new ListTasksCommand({ cluster: 'shop', startedBy: 'a-test', desiredStatus: 'RUNNING' }),
    );
    expect(taskArns).toEqual([first.tasks?.[0]?.taskArn]);
    await ecs.send(new StopTaskCommand({ cluster: 'shop', task: taskArns?.[0], reason: 'enough' }));
    const ended = await until(
      () => find(taskArns?.[0]),
      (task) => task?.lastStatus === 'STOPPED',
    );
    expect(ended).toMatchObject({ stoppedReason: 'enough', containers: [{ exitCode: 143 }] });
  });

  it('says why it never started', async () => {
    const { tasks = [] } = await ecs.send(
      once(['end', '0'], { overrides: { containerOverrides: [{ name: 'other' }] } }),
    );
    const ended = await until(
      () => find(tasks[0]?.taskArn),
      (task) => task?.lastStatus === 'STOPPED',
    );
    expect(ended?.containers?.[0]?.exitCode).toBeUndefined();
    expect(ended?.stoppedReason).toContain('No container is called other');
  });
});

test('one that cannot be asked stops the way back, too: the stack is left half way', async () => {
  const update = service({ version: 'v1', may: 'lambda:GetFunction' });
  expect(await account.update('Shop', update)).toBe('UPDATE_ROLLBACK_FAILED');
  expect((await account.failures('Shop'))['Service']).toContain('not authorized to perform lambda:InvokeFunction');
});
