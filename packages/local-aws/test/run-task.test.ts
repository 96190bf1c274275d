import { type ContainerDefinition, ECS, type RunTaskCommandInput, type Task } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { Account } from './support/account';
import { prepareAccount } from './support/containers';
import { until } from './support/until';

const account = Account.shared({ run: true, usedBefore: true });
const ecs = new ECS(account.client);
let containers: Awaited<ReturnType<typeof prepareAccount>>;
let image: string;

beforeAll(async () => {
  containers = await prepareAccount(account);
  await ecs.createCluster({ clusterName: 'shop' });
  image = await containers.push('v1', { environment: { VERSION: 'v1' } });
  await define('shop');
  account.aws.wait(60);
}, 60_000);

/** Registers a task definition, whose container `web` may have more properties, and may have others beside it. */
async function define(
  family: string,
  containerProperties: readonly Partial<ContainerDefinition>[] = [{}],
  taskRoleArn?: string,
): Promise<void> {
  const { logConfiguration } = containers;
  const containerDefinitions = containerProperties.map((properties) => ({
    name: 'web',
    image,
    logConfiguration,
    ...properties,
  }));
  await ecs.registerTaskDefinition({
    family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: containers.executionRole,
    taskRoleArn,
    containerDefinitions,
  });
}

function networkConfiguration() {
  return { awsvpcConfiguration: { subnets: containers.subnets, securityGroups: [] } };
}

const ENDS = `console.log('ends', process.env.VERSION); process.exit(3)`;
/** Asks AWS again and again, until it is refused. */
const LISTS = `
const { ECS } = require('@aws-sdk/client-ecs');
const ecs = new ECS({});
(async () => {
  for (;;) {
    await ecs.listClusters({});
    console.log('permitted');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
})().catch((error) => {
  console.log(error.name);
});`;
const STAYS = 'setInterval(() => undefined, 1000)';

/** Starts a task of `shop`, whose container `web` runs a script; returns its ARN. */
async function start(script: string, props: Partial<RunTaskCommandInput> = {}): Promise<string> {
  const { tasks = [] } = await ecs.runTask({
    cluster: 'shop',
    taskDefinition: 'shop',
    launchType: 'FARGATE',
    networkConfiguration: networkConfiguration(),
    overrides: { containerOverrides: [{ name: 'web', command: ['-e', script] }] },
    startedBy: 'a-test',
    ...props,
  });
  return tasks[0]?.taskArn ?? '';
}

/** Waits for the end of a task. */
async function stopped(taskArn: string): Promise<Task> {
  const describeTask = async () => {
    const { tasks = [] } = await ecs.describeTasks({ cluster: 'shop', tasks: [taskArn] });
    return tasks[0] ?? {};
  };
  return await until(describeTask, ({ lastStatus }) => lastStatus === 'STOPPED');
}

/** Lines that a container of a task has logged so far. */
async function logOf(taskArn: string, containerName = 'web'): Promise<unknown[]> {
  const taskId = taskArn.split('/').at(-1);
  try {
    return await containers.logged(`web/${containerName}/${taskId}`);
  } catch {
    // The log stream does not exist before its first line.
    return [];
  }
}

describe('a task', () => {
  it('runs the overridden command, logs, and keeps its exit code', async () => {
    const taskArn = await start(ENDS, { group: 'errands' });
    const task = await stopped(taskArn);
    expect(task).toMatchObject({
      group: 'errands',
      startedBy: 'a-test',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ name: 'web', exitCode: 3 }],
    });
    expect(await logOf(taskArn)).toEqual(['ends v1']);
  });

  it('has variables outside ASCII whole, and logs them so', async () => {
    await define('letters', [{ environment: [{ name: 'MAIL_FROM_NAME', value: 'プルーフリンク 🔗' }] }]);
    const taskArn = await start('console.log(process.env.MAIL_FROM_NAME)', { taskDefinition: 'letters' });
    await stopped(taskArn);
    expect(await logOf(taskArn)).toEqual(['プルーフリンク 🔗']);
  });

  it('is permitted nothing any more once its role was deleted, which is no fault of the local AWS', async () => {
    await define('lister', undefined, await containers.role('lister', { 'ecs:ListClusters': '*' }));
    const taskArn = await start(LISTS, { taskDefinition: 'lister' });
    const [firstLine] = await until(
      () => logOf(taskArn),
      (lines) => lines.length > 0,
    );
    expect(firstLine).toBe('permitted');
    const iam = new IAM(account.client);
    await iam.deleteRolePolicy({ RoleName: 'lister', PolicyName: 'rights' });
    await iam.deleteRole({ RoleName: 'lister' });
    await stopped(taskArn);
    const lines = await logOf(taskArn);
    expect(lines.at(-1)).toBe('AccessDeniedException');
    expect(account.aws.lastErrors()).toBe('');
  });

  it('runs until it is stopped, by SIGTERM', async () => {
    const taskArn = await start(STAYS);
    await ecs.stopTask({ cluster: 'shop', task: taskArn, reason: 'enough' });
    expect(await stopped(taskArn)).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      containers: [{ exitCode: 143 }],
    });
  });
});

describe('a task whose program ignores SIGTERM', () => {
  const IGNORES_SIGTERM = `process.on('SIGTERM', () => console.log('SIGTERM')); console.log('runs'); ${STAYS}`;

  async function untilLogged(taskArn: string, line: string): Promise<void> {
    await until(
      () => logOf(taskArn),
      (lines) => lines.includes(line),
    );
  }

  /** Stops a task, and waits until its program has got the signal. */
  async function stop(taskArn: string): Promise<void> {
    await untilLogged(taskArn, 'runs');
    await ecs.stopTask({ cluster: 'shop', task: taskArn, reason: 'enough' });
    await untilLogged(taskArn, 'SIGTERM');
  }

  it('is killed after 30 seconds, which its log says', async () => {
    const taskArn = await start(IGNORES_SIGTERM);
    await stop(taskArn);
    account.aws.wait(30);
    expect(await stopped(taskArn)).toMatchObject({ containers: [{ exitCode: 137 }] });
    const log = await logOf(taskArn);
    expect(log.at(-1)).toBe('Killed 30 seconds after SIGTERM, as on AWS (SIGKILL, exit code 137).');
  });

  it('has its time behind a shell that ends first, such as that of npm', async () => {
    const endsLate = `process.on('SIGTERM', () => setTimeout(() => { console.log('ended'); process.exit(0); }, 300));`;
    const program = JSON.stringify(`${endsLate} ${IGNORES_SIGTERM}`);
    const shell = `require('child_process').spawn('node', ['-e', ${program}], { stdio: 'inherit' })`;
    const taskArn = await start(shell);
    await stop(taskArn);
    await stopped(taskArn);
    expect(await logOf(taskArn)).toEqual(['runs', 'SIGTERM', 'ended']);
  });

  it('is killed after the stopTimeout of its container definition', async () => {
    await define('hasty', [{ stopTimeout: 2 }]);
    const taskArn = await start(IGNORES_SIGTERM, { taskDefinition: 'hasty' });
    await stop(taskArn);
    expect(await stopped(taskArn)).toMatchObject({ containers: [{ exitCode: 137 }] });
    const log = await logOf(taskArn);
    expect(log.at(-1)).toMatch(/^Killed 2 seconds after SIGTERM/);
  });
});

describe('RunTask', () => {
  it('starts one task per client token, which ListTasks finds by its family and its starter', async () => {
    const listTasks = async (filter: object) => {
      const { taskArns } = await ecs.listTasks({ cluster: 'shop', ...filter });
      return taskArns;
    };
    const taskArn = await start(STAYS, { clientToken: 'one', startedBy: 'a-client' });
    expect(await start(STAYS, { clientToken: 'one', startedBy: 'a-client' })).toBe(taskArn);
    expect(await listTasks({ family: 'shop', startedBy: 'a-client' })).toEqual([taskArn]);
    expect(await listTasks({ family: 'sho', startedBy: 'a-client' })).toEqual([]);
    expect(await listTasks({ serviceName: 'shop', startedBy: 'a-client' })).toEqual([]);
    await ecs.stopTask({ cluster: 'shop', task: taskArn });
    await stopped(taskArn);
  });

  it('starts a task that fails if its override names another container', async () => {
    const overrides = { containerOverrides: [{ name: 'other', command: ['-e', ENDS] }] };
    const task = await stopped(await start(ENDS, { overrides }));
    expect(task).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'No container is called other',
    });
    const web = task.containers?.find(({ name }) => name === 'web');
    expect(web?.exitCode).toBeUndefined();
  });

  it('starts a task that fails on a new permission of its execution role until that is in force', async () => {
    await containers.changeExecutionPolicy();
    const early = await stopped(await start(ENDS));
    expect(early.stopCode).toBe('TaskFailedToStart');
    expect(early.stoppedReason).toContain('not authorized');
    account.aws.wait(60);
    const late = await stopped(await start(ENDS));
    expect(late.stopCode).toBe('EssentialContainerExited');
  });
});

describe('a web container with a sidecar before it', () => {
  const family = 'sidecar';
  const TERMINATED = 143;
  /** Ends half a second after its line is in the log, so that both containers have started. */
  const ends = (exitCode: number) => `console.log('ends'); setTimeout(() => process.exit(${exitCode}), 500)`;

  /** Runs a task of both containers to its end. */
  async function run(webScript: string, agentScript: string) {
    const web = { command: ['-e', webScript] };
    const agent = { name: 'agent', command: ['-e', agentScript] };
    await define(family, [agent, web]);
    const taskArn = await start('', { taskDefinition: family, overrides: {} });
    const task = await stopped(taskArn);
    const exitCodes = task.containers?.map(({ name, exitCode }) => [name, exitCode]) ?? [];
    return { taskArn, stopCode: task.stopCode, exitCodes: Object.fromEntries(exitCodes) as object };
  }

  it('that ends stops the task, and the sidecar with it', async () => {
    const exitCodes = { web: 3, agent: TERMINATED };
    expect(await run(ends(3), STAYS)).toMatchObject({ stopCode: 'EssentialContainerExited', exitCodes });
  });

  it('is stopped by the end of an essential sidecar', async () => {
    const { taskArn, exitCodes } = await run(STAYS, ends(5));
    expect(exitCodes).toEqual({ web: TERMINATED, agent: 5 });
    expect(await logOf(taskArn, 'agent')).toEqual(['ends']);
  });
});
