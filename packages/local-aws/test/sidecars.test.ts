import { type ContainerDefinition, type Deployment, ECS, type Task, type TaskOverride } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Account } from './support/account';
import { prepareAccount } from './support/containers';
import { until } from './support/until';

const account = Account.shared({ run: true, usedBefore: true, patience: 5 });
const ecs = new ECS(account.client);
const elb = new ElasticLoadBalancingV2(account.client);
let containers: Awaited<ReturnType<typeof prepareAccount>>;
let image: string;

beforeAll(async () => {
  containers = await prepareAccount(account);
  await ecs.createCluster({ clusterName: 'shop' });
  image = await containers.push('v1');
  account.aws.wait(60);
}, 60_000);

const STAYS = 'setInterval(() => undefined, 1000)';
const SERVES = `require('node:http').createServer((_, response) => response.end()).listen(process.env.PORT)`;

/** Program that ends half a second after its line is in the log, so that both containers have started. */
function endsWith(exitCode: number): string {
  return `console.log('ends'); setTimeout(() => process.exit(${exitCode}), 500)`;
}

/** Container of the local program. */
function container(name: string, script: string): ContainerDefinition {
  return {
    name,
    image,
    command: ['-e', script],
    logConfiguration: containers.logConfiguration,
  };
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

function networkConfiguration() {
  return { awsvpcConfiguration: { subnets: containers.subnets, securityGroups: [] } };
}

/** Runs a task to its end. */
async function run(containerDefinitions: ContainerDefinition[], overrides: TaskOverride = {}): Promise<Task> {
  const { tasks = [] } = await ecs.runTask({
    cluster: 'shop',
    taskDefinition: await define(containerDefinitions),
    launchType: 'FARGATE',
    networkConfiguration: networkConfiguration(),
    overrides,
  });
  const taskArn = tasks[0]?.taskArn ?? '';
  const describeTask = async () => {
    const described = await ecs.describeTasks({ cluster: 'shop', tasks: [taskArn] });
    return described.tasks?.[0] ?? {};
  };
  return await until(describeTask, ({ lastStatus }) => lastStatus === 'STOPPED');
}

/** Exit code of each container. */
function exitCodes(task: Task): Record<string, number | undefined> {
  const codes: Record<string, number | undefined> = {};
  for (const { name = '', exitCode } of task.containers ?? []) {
    codes[name] = exitCode;
  }
  return codes;
}

/** Lines that a container has logged. */
function logOf(task: Task, containerName: string): Promise<unknown[]> {
  const taskId = task.taskArn?.split('/').at(-1);
  return containers.logged(`web/${containerName}/${taskId}`);
}

/** Exit code of a program that SIGTERM ends. */
const TERMINATED = 143;

const ORDERS = [
  { title: 'a sidecar before it', isSidecarFirst: true },
  { title: 'a sidecar after it', isSidecarFirst: false },
];

describe.each(ORDERS)('a web container with $title', ({ isSidecarFirst }) => {
  function inOrder(web: ContainerDefinition, sidecar: ContainerDefinition): ContainerDefinition[] {
    return isSidecarFirst ? [sidecar, web] : [web, sidecar];
  }

  describe('that ends', () => {
    let task: Task;

    beforeAll(async () => {
      task = await run(inOrder(container('web', endsWith(3)), container('agent', STAYS)));
    });

    it('stops the task, and the sidecar with it', async () => {
      expect(task).toMatchObject({
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
      });
      expect(exitCodes(task)).toEqual({ web: 3, agent: TERMINATED });
      expect(await logOf(task, 'web')).toEqual(['ends']);
    });

    it('is in the task in the order of its definition', () => {
      const names = task.containers?.map(({ name }) => name);
      expect(names).toEqual(isSidecarFirst ? ['agent', 'web'] : ['web', 'agent']);
    });
  });

  it('is stopped by the end of an essential sidecar', async () => {
    const task = await run(inOrder(container('web', STAYS), container('agent', endsWith(5))));
    expect(exitCodes(task)).toEqual({ web: TERMINATED, agent: 5 });
    expect(await logOf(task, 'agent')).toEqual(['ends']);
  });

  describe('in a service', () => {
    const serviceName = isSidecarFirst ? 'sidecar-first' : 'sidecar-last';

    async function createTargetGroup(): Promise<string | undefined> {
      const { TargetGroups = [] } = await elb.createTargetGroup({
        Name: serviceName,
        Protocol: 'HTTP',
        Port: 3000,
        TargetType: 'ip',
        VpcId: containers.vpc,
        HealthyThresholdCount: 2,
        HealthCheckIntervalSeconds: 5,
      });
      return TargetGroups[0]?.TargetGroupArn;
    }

    /** The deployment once it has completed or failed. */
    async function endedDeployment(): Promise<Deployment | undefined> {
      const describeDeployment = async () => {
        const { services = [] } = await ecs.describeServices({ cluster: 'shop', services: [serviceName] });
        return services[0]?.deployments?.[0];
      };
      return await until(describeDeployment, (deployment) => deployment?.rolloutState !== 'IN_PROGRESS');
    }

    it('is the target of the load balancer that names it', async () => {
      await ecs.createService({
        cluster: 'shop',
        serviceName,
        taskDefinition: await define(inOrder(container('web', SERVES), container('agent', STAYS))),
        desiredCount: 1,
        launchType: 'FARGATE',
        networkConfiguration: networkConfiguration(),
        loadBalancers: [{ targetGroupArn: await createTargetGroup(), containerName: 'web', containerPort: 3000 }],
      });
      expect(await endedDeployment()).toMatchObject({ rolloutState: 'COMPLETED' });
    });

    it('does not replace the old version if its new sidecar crashes', async () => {
      const crashing = inOrder(container('web', SERVES), container('agent', 'process.exit(1)'));
      await ecs.updateService({
        cluster: 'shop',
        service: serviceName,
        taskDefinition: await define(crashing),
      });
      expect(await endedDeployment()).toMatchObject({ rolloutState: 'FAILED', runningCount: 1 });
    });
  });
});
