import { Account } from './support/account';
import { until } from './support/containers';
import { openShop } from './support/shop';
import { temporaryFolder } from '@infra/common/testing';

const account = Account.shared({ run: true, usedBefore: true, patience: 3 });
let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
  shop = await openShop(account, directory);
  expect(await account.create('Shop', shop.service())).toBe('CREATE_COMPLETE');
  account.aws.wait(60);
}, 60_000);
// Registered after `account`: the folder is removed once its programs have ended.
const directory = temporaryFolder('program-');

describe('RunTask', () => {
  const once = (command: string[], more = {}) =>
    shop.ecs.runTask({
      cluster: 'shop',
      taskDefinition: 'shop',
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: shop.subnets, securityGroups: [] } },
      overrides: { containerOverrides: [{ name: 'web', command }] },
      startedBy: 'a-test',
      ...more,
    });
  const stopped = (taskArn = '') =>
    until(
      async () => (await shop.ecs.describeTasks({ cluster: 'shop', tasks: [taskArn] })).tasks?.[0],
      (task) => task?.lastStatus === 'STOPPED',
    );

  it('runs an overridden command, logs, and keeps the exit code', async () => {
    const { tasks = [] } = await once(['end', '3'], { group: 'errands' });
    const arn = tasks[0]?.taskArn;
    expect(await stopped(arn)).toMatchObject({
      group: 'errands',
      startedBy: 'a-test',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 3, image: shop.image, imageDigest: expect.stringMatching(/^sha256:/) as string }],
    });
    expect(await shop.containers.logged(`web/web/${arn?.split('/').at(-1) ?? ''}`)).toEqual(['end v1']);
  });

  it('starts one task per client token', async () => {
    const token = { clientToken: 'one' };
    const [first, again] = [await once(['stay'], token), await once(['stay'], token)];
    expect(again.tasks?.[0]?.taskArn).toBe(first.tasks?.[0]?.taskArn);
    const { taskArns } = await shop.ecs.listTasks({ cluster: 'shop', family: 'shop', startedBy: 'a-test' });
    expect(taskArns).toEqual([first.tasks?.[0]?.taskArn]);
    const others = [{ family: 'sho' }, { serviceName: 'shop' }];
    for (const filter of others) {
      const listed = await shop.ecs.listTasks({ cluster: 'shop', ...filter });
      expect(listed.taskArns).not.toContain(taskArns?.[0]);
    }
    await shop.ecs.stopTask({ cluster: 'shop', task: taskArns?.[0], reason: 'enough' });
    expect(await stopped(taskArns?.[0])).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      containers: [{ exitCode: 143 }],
    });
  });

  it('reports why a task failed to start', async () => {
    const { tasks = [] } = await once(['end', '0'], { overrides: { containerOverrides: [{ name: 'other' }] } });
    const ended = await stopped(tasks[0]?.taskArn);
    expect(ended?.containers?.[0]?.exitCode).toBeUndefined();
    expect(ended).toMatchObject({ stopCode: 'TaskFailedToStart' });
    expect(ended?.stoppedReason).toContain('No container is called other');
  });

  it('fails on a new permission of the execution role until it is in force', async () => {
    await shop.containers.changeExecutionPolicy();
    const endOf = async () => {
      const { tasks = [] } = await once(['end', '0']);
      return await stopped(tasks[0]?.taskArn);
    };
    expect(await endOf()).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringContaining('not authorized') as string,
    });
    account.aws.wait(60);
    expect(await endOf()).toMatchObject({ stopCode: 'EssentialContainerExited' });
  });
});
