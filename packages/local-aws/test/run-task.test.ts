import { DescribeTasksCommand, ListTasksCommand, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { Account } from './support/account';
import { until } from './support/containers';
import { openShop } from './support/shop';
import { temporaryFolder } from '@infra/common/testing';

let account: Account;
let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
  account = await Account.open({ run: true, usedBefore: true, patience: 3 });
  shop = await openShop(account, directory);
  expect(await account.create('Shop', shop.service())).toBe('CREATE_COMPLETE');
  account.aws.wait(60);
}, 60_000);

afterAll(async () => {
  await account.aws.stop();
});
// After it, so that nothing runs there any more.
const directory = temporaryFolder('program-');

describe('a task that runs once', () => {
  const once = (command: string[], more = {}) =>
    new RunTaskCommand({
      cluster: 'shop',
      taskDefinition: 'shop',
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: shop.subnets, securityGroups: [] },
      },
      overrides: { containerOverrides: [{ name: 'web', command }] },
      startedBy: 'a-test',
      ...more,
    });
  const find = async (taskArn = '') =>
    (await shop.ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: [taskArn] }))).tasks?.[0];

  it('runs another command, logs where its definition says, and keeps its exit code', async () => {
    const { tasks = [] } = await shop.ecs.send(once(['end', '3'], { group: 'errands' }));
    const arn = tasks[0]?.taskArn;
    const ended = await until(
      () => find(arn),
      (task) => task?.lastStatus === 'STOPPED',
    );
    expect(ended).toMatchObject({
      group: 'errands',
      startedBy: 'a-test',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 3, image: shop.image, imageDigest: expect.stringMatching(/^sha256:/) as string }],
    });
    expect(await shop.containers.logged(`web/web/${arn?.split('/').at(-1) ?? ''}`)).toEqual(['end v1']);
  });

  it('is started once for a client token', async () => {
    const [first, again] = [
      await shop.ecs.send(once(['stay'], { clientToken: 'one' })),
      await shop.ecs.send(once(['stay'], { clientToken: 'one' })),
    ];
    expect(again.tasks?.[0]?.taskArn).toBe(first.tasks?.[0]?.taskArn);
    const { taskArns } = await shop.ecs.send(
      new ListTasksCommand({ cluster: 'shop', family: 'shop', startedBy: 'a-test' }),
    );
    expect(taskArns).toEqual([first.tasks?.[0]?.taskArn]);
    const others = [{ family: 'sho' }, { serviceName: 'shop' }];
    for (const filter of others) {
      const listed = await shop.ecs.send(new ListTasksCommand({ cluster: 'shop', ...filter }));
      expect(listed.taskArns).not.toContain(taskArns?.[0]);
    }
    await shop.ecs.send(new StopTaskCommand({ cluster: 'shop', task: taskArns?.[0], reason: 'enough' }));
    const ended = await until(
      () => find(taskArns?.[0]),
      (task) => task?.lastStatus === 'STOPPED',
    );
    expect(ended).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      containers: [{ exitCode: 143 }],
    });
  });

  it('says why it never started', async () => {
    const { tasks = [] } = await shop.ecs.send(
      once(['end', '0'], { overrides: { containerOverrides: [{ name: 'other' }] } }),
    );
    const ended = await until(
      () => find(tasks[0]?.taskArn),
      (task) => task?.lastStatus === 'STOPPED',
    );
    expect(ended?.containers?.[0]?.exitCode).toBeUndefined();
    expect(ended).toMatchObject({ stopCode: 'TaskFailedToStart' });
    expect(ended?.stoppedReason).toContain('No container is called other');
  });

  it('cannot start by a right that was given just now, and starts once the right is in force', async () => {
    await shop.containers.grantAnew();
    const endOf = async () => {
      const { tasks = [] } = await shop.ecs.send(once(['end', '0']));
      return await until(
        () => find(tasks[0]?.taskArn),
        (task) => task?.lastStatus === 'STOPPED',
      );
    };
    expect(await endOf()).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringContaining('not authorized') as string,
    });
    account.aws.wait(60);
    expect(await endOf()).toMatchObject({ stopCode: 'EssentialContainerExited' });
  });
});
