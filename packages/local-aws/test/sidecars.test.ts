import { type ContainerDefinition, ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Account } from './support/account';
import { prepareAccount } from './support/containers';
import { until } from './support/until';

const account = Account.shared({ run: true, usedBefore: true, patience: 5 });
const ecs = new ECS(account.client);
const elb = new ElasticLoadBalancingV2(account.client);
const cluster = 'shop';
let containers: Awaited<ReturnType<typeof prepareAccount>>;
let image: string;

const STAYS = 'setInterval(() => undefined, 1000)';
const SERVES = `require('node:http').createServer((_, response) => response.end()).listen(process.env.PORT)`;
/** Ends once its name is in the log, so that both containers have started. */
const ends = (exitCode: number) => `console.log('ends'); setTimeout(() => process.exit(${exitCode}), 500)`;

beforeAll(async () => {
  containers = await prepareAccount(account);
  await ecs.createCluster({ clusterName: cluster });
  image = await containers.push('v1');
  account.aws.wait(60);
}, 60_000);

function container(name: string, script: string, more: Partial<ContainerDefinition> = {}): ContainerDefinition {
  return { name, image, command: ['-e', script], logConfiguration: containers.logConfiguration, ...more };
}

/** Registers a task definition; returns its ARN. */
async function define(containerDefinitions: ContainerDefinition[]): Promise<string> {
  const { taskDefinition } = await ecs.registerTaskDefinition({
    family: 'shop',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: containers.executionRole,
    containerDefinitions,
  });
  return taskDefinition?.taskDefinitionArn ?? '';
}

const networkConfiguration = () => ({
  awsvpcConfiguration: { subnets: containers.subnets, securityGroups: [] },
});

/** Runs a task, and waits until its status is as wanted. */
async function run(containerDefinitions: ContainerDefinition[], status: 'RUNNING' | 'STOPPED', overrides = {}) {
  const { tasks: [task] = [] } = await ecs.runTask({
    cluster,
    taskDefinition: await define(containerDefinitions),
    launchType: 'FARGATE',
    networkConfiguration: networkConfiguration(),
    overrides,
  });
  const describe = async () => {
    const { tasks = [] } = await ecs.describeTasks({ cluster, tasks: [task?.taskArn ?? ''] });
    return tasks[0];
  };
  return await until(describe, (described) => described?.lastStatus === status);
}

type Task = Awaited<ReturnType<typeof run>>;

/** Exit code of each container, in the order of the answer. */
function exitCodes(task: Task): [name: string, exitCode: number | undefined][] {
  return (task?.containers ?? []).map(({ name = '', exitCode }) => [name, exitCode]);
}

/** Lines that a container has logged. */
function logOf(task: Task, name: string): Promise<unknown[]> {
  return containers.logged(`web/${name}/${task?.taskArn?.split('/').at(-1)}`);
}

const ORDERS = [
  { title: 'a sidecar before it', inOrder: <T>(web: T, sidecar: T) => [sidecar, web] },
  { title: 'a sidecar after it', inOrder: <T>(web: T, sidecar: T) => [web, sidecar] },
];

describe.each(ORDERS)('a container with $title', ({ inOrder }) => {
  it('stops the task with its end, and the sidecar with it', async () => {
    const task = await run(inOrder(container('web', ends(3)), container('agent', STAYS)), 'STOPPED');
    expect(task).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    });
    expect(exitCodes(task)).toEqual(inOrder(['web', 3], ['agent', 143]));
    expect(await logOf(task, 'web')).toEqual(['ends']);
  });

  it('is stopped by the end of an essential sidecar', async () => {
    const task = await run(inOrder(container('web', STAYS), container('agent', ends(5))), 'STOPPED');
    expect(exitCodes(task)).toEqual(inOrder(['web', 143], ['agent', 5]));
    expect(await logOf(task, 'agent')).toEqual(['ends']);
  });

  it('outlives a sidecar that is not essential', async () => {
    const agent = container('agent', 'process.exit(7)', { essential: false });
    const task = await run(inOrder(container('web', ends(0)), agent), 'STOPPED');
    expect(exitCodes(task)).toEqual(inOrder(['web', 0], ['agent', 7]));
  });

  it('runs beside a sidecar without a local program, which has no exit code', async () => {
    const agent = { name: 'agent', image: 'public.ecr.aws/agent/agent:1' };
    const task = await run(inOrder<ContainerDefinition>(container('web', ends(0)), agent), 'STOPPED');
    expect(exitCodes(task)).toEqual(inOrder<[string, number | undefined]>(['web', 0], ['agent', undefined]));
  });

  it('alone gets the overrides under its name', async () => {
    const overrides = { containerOverrides: [{ name: 'web', command: ['-e', ends(4)] }] };
    const task = await run(inOrder(container('web', STAYS), container('agent', STAYS)), 'STOPPED', overrides);
    expect(exitCodes(task)).toEqual(inOrder(['web', 4], ['agent', 143]));
  });

  it('is the target of the load balancer that names it', async () => {
    const name = `shop-${inOrder('last', 'first')[0]}`;
    const { TargetGroups: [group] = [] } = await elb.createTargetGroup({
      Name: name,
      Protocol: 'HTTP',
      Port: 3000,
      TargetType: 'ip',
      VpcId: containers.vpc,
      HealthyThresholdCount: 2,
      HealthCheckIntervalSeconds: 5,
    });
    const service = {
      cluster,
      serviceName: name,
      taskDefinition: await define(inOrder(container('web', SERVES), container('agent', STAYS))),
      desiredCount: 1,
      launchType: 'FARGATE' as const,
      networkConfiguration: networkConfiguration(),
      loadBalancers: [{ targetGroupArn: group?.TargetGroupArn, containerName: 'web', containerPort: 3000 }],
    };
    await ecs.createService(service);
    const deployment = async () => {
      const { services = [] } = await ecs.describeServices({ cluster, services: [name] });
      return services[0]?.deployments?.[0];
    };
    const ended = await until(deployment, (primary) => primary?.rolloutState !== 'IN_PROGRESS');
    expect(ended?.rolloutState).toBe('COMPLETED');

    const crashing = await define(inOrder(container('web', SERVES), container('agent', 'process.exit(1)')));
    await ecs.updateService({ cluster, service: name, taskDefinition: crashing });
    expect(await until(deployment, (primary) => primary?.rolloutState !== 'IN_PROGRESS')).toMatchObject({
      rolloutState: 'FAILED',
      runningCount: 1,
    });
  });
});
