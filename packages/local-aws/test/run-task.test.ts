import { type ContainerDefinition, ECS } from '@aws-sdk/client-ecs';
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

async function define(family: string, more: Partial<ContainerDefinition> = {}): Promise<void> {
  const { executionRole, logConfiguration } = containers;
  await ecs.registerTaskDefinition({
    family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: executionRole,
    containerDefinitions: [{ name: 'web', image, logConfiguration, ...more }],
  });
}

const ENDS = `console.log('ends', process.env.VERSION); process.exit(3)`;
const STAYS = 'setInterval(() => undefined, 1000)';
const IGNORES_SIGTERM = `process.on('SIGTERM', () => console.log('SIGTERM')); console.log('runs'); ${STAYS}`;

async function start(script: string, more = {}, name = 'web'): Promise<string | undefined> {
  const { tasks = [] } = await ecs.runTask({
    cluster: 'shop',
    taskDefinition: 'shop',
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: containers.subnets, securityGroups: [] } },
    overrides: { containerOverrides: [{ name, command: ['-e', script] }] },
    startedBy: 'a-test',
    ...more,
  });
  return tasks[0]?.taskArn;
}
const stopped = (taskArn = '') =>
  until(
    async () => (await ecs.describeTasks({ cluster: 'shop', tasks: [taskArn] })).tasks?.[0],
    (task) => task?.lastStatus === 'STOPPED',
  );

describe('RunTask', () => {
  it('runs an overridden command, logs, and keeps the exit code', async () => {
    const arn = await start(ENDS, { group: 'errands' });
    expect(await stopped(arn)).toMatchObject({
      group: 'errands',
      startedBy: 'a-test',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [
        {
          exitCode: 3,
          image: expect.stringMatching(/\/app:v1$/) as string,
          imageDigest: expect.stringMatching(/^sha256:/) as string,
        },
      ],
    });
    expect(await containers.logged(`web/web/${arn?.split('/').at(-1)}`)).toEqual(['ends v1']);
  });

  it('starts one task per client token', async () => {
    const [first, again] = [await start(STAYS, { clientToken: 'one' }), await start(STAYS, { clientToken: 'one' })];
    expect(again).toBe(first);
    const listed = async (filter: object) => (await ecs.listTasks({ cluster: 'shop', ...filter })).taskArns;
    expect(await listed({ family: 'shop', startedBy: 'a-test' })).toEqual([first]);
    for (const filter of [{ family: 'sho' }, { serviceName: 'shop' }]) expect(await listed(filter)).toEqual([]);
    await ecs.stopTask({ cluster: 'shop', task: first, reason: 'enough' });
    const ended = { stopCode: 'UserInitiated', stoppedReason: 'enough', containers: [{ exitCode: 143 }] };
    expect(await stopped(first)).toMatchObject(ended);
  });

  describe('a program that ignores SIGTERM', () => {
    const log = (arn = '') => containers.logged(`web/web/${arn.split('/').at(-1)}`).catch((): unknown[] => []);

    async function stop(arn: string | undefined): Promise<void> {
      await until(
        () => log(arn),
        (lines) => lines.includes('runs'),
      );
      await ecs.stopTask({ cluster: 'shop', task: arn, reason: 'enough' });
      await until(
        () => log(arn),
        (lines) => lines.includes('SIGTERM'),
      );
    }

    it('has 30 seconds, then is killed, which its log says', async () => {
      const arn = await start(IGNORES_SIGTERM);
      await stop(arn);
      account.aws.wait(20);
      const { tasks: [task] = [] } = await ecs.describeTasks({ cluster: 'shop', tasks: [arn ?? ''] });
      expect(task).toMatchObject({ lastStatus: 'STOPPING', desiredStatus: 'STOPPED' });
      expect(await log(arn)).toEqual(['runs', 'SIGTERM']);
      account.aws.wait(10);
      expect(await stopped(arn)).toMatchObject({ containers: [{ exitCode: 137 }] });
      expect((await log(arn)).at(-1)).toBe('Killed 30 seconds after SIGTERM, as on AWS (SIGKILL, exit code 137).');
    });

    it('has its time behind a shell that ends first, such as that of npm', async () => {
      const ends = `process.on('SIGTERM', () => setTimeout(() => { console.log('ended'); process.exit(0); }, 300));`;
      const child = JSON.stringify(`${ends} ${IGNORES_SIGTERM}`);
      const arn = await start(`require('child_process').spawn('node', ['-e', ${child}], { stdio: 'inherit' })`);
      await stop(arn);
      await stopped(arn);
      expect(await log(arn)).toEqual(['runs', 'SIGTERM', 'ended']);
    });

    it('has the stopTimeout of its container definition', async () => {
      await define('hasty', { stopTimeout: 2 });
      const arn = await start(IGNORES_SIGTERM, { taskDefinition: 'hasty' });
      await stop(arn);
      expect(await stopped(arn)).toMatchObject({ containers: [{ exitCode: 137 }] });
      expect((await log(arn)).at(-1)).toMatch(/^Killed 2 seconds after SIGTERM/);
    });
  });

  it('DescribeTasks misses a task at first, if a test says so, and one that does not exist', async () => {
    const arn = (await start(STAYS)) ?? '';
    const describe = () => ecs.describeTasks({ cluster: 'shop', tasks: [arn] });
    const missing = { tasks: [], failures: [{ arn, reason: 'MISSING' }] };
    account.aws.missTasks(2);
    expect(await describe()).toMatchObject(missing);
    expect(await describe()).toMatchObject(missing);
    expect(await describe()).toMatchObject({ tasks: [{ taskArn: arn }], failures: [] });
    account.aws.missTasks(0);
    const unknown = arn.replace(/[^/]+$/, 'f'.repeat(32));
    expect(await ecs.describeTasks({ cluster: 'shop', tasks: [unknown] })).toMatchObject({
      tasks: [],
      failures: [{ arn: unknown, reason: 'MISSING' }],
    });
  });

  it('reports why a task failed to start', async () => {
    await expect(start(ENDS, { launchType: undefined })).rejects.toThrow('No Container Instances were found');
    const ended = await stopped(await start(ENDS, {}, 'other'));
    expect(ended?.containers?.[0]?.exitCode).toBeUndefined();
    expect(ended).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'No container is called other' });
  });

  it('fails on a new permission of the execution role until it is in force', async () => {
    await containers.changeExecutionPolicy();
    const stoppedReason = expect.stringContaining('not authorized') as string;
    expect(await stopped(await start(ENDS))).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason });
    account.aws.wait(60);
    expect(await stopped(await start(ENDS))).toMatchObject({ stopCode: 'EssentialContainerExited' });
  });
});

describe('a container that wants a key which its secret lacks', () => {
  const REASON = expect.stringMatching(/ResourceInitializationError: .* did not contain json key absent$/) as string;

  beforeAll(() => define('without-key', { secrets: [{ name: 'TOKEN', valueFrom: `${containers.secret}:absent::` }] }));

  it('fails its task', async () => {
    const task = await stopped(await start(ENDS, { taskDefinition: 'without-key' }));
    expect(task).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: REASON });
  });

  it('fails the deployment of its service, whose events have the reason', async () => {
    await ecs.createService({
      cluster: 'shop',
      serviceName: 'without-key',
      taskDefinition: 'without-key',
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: containers.subnets, securityGroups: [] } },
    });
    const describe = async () => {
      const { services = [] } = await ecs.describeServices({ cluster: 'shop', services: ['without-key'] });
      return services[0];
    };
    const service = await until(describe, (described) => described?.deployments?.[0]?.rolloutState === 'FAILED');
    const messages = service?.events?.map(({ message }) => message);
    expect(messages).toEqual([expect.stringMatching('deployment failed: tasks failed to start'), REASON]);
  });
});
