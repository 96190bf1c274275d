import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
} from '@aws-sdk/client-ecs';
import { Account } from './support/account';
import { until } from './support/containers';
import { openShop } from './support/shop';
import { temporaryFolder } from '@infra/common/testing';

let account: Account;
let shop: Awaited<ReturnType<typeof openShop>>;

beforeAll(async () => {
  account = await Account.open({ run: true, usedBefore: true, patience: 3 });
  shop = await openShop(account, directory);
}, 60_000);

afterAll(async () => {
  await account.aws.stop();
});
// After it, so that nothing runs there any more.
const directory = temporaryFolder('program-');

const SHOP = { cluster: 'shop', service: 'shop' };

async function events(): Promise<Record<string, unknown>[]> {
  const logs = new CloudWatchLogsClient(account.client);
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/hook' }));
  return events.map(({ message = '' }) => JSON.parse(message) as Record<string, unknown>);
}

const history = async () => (await shop.ecs.send(new ListServiceDeploymentsCommand(SHOP))).serviceDeployments ?? [];
const settled = () => until(history, ([newest]) => newest?.status === 'SUCCESSFUL');

describe('a function that wants to be asked before a task starts', () => {
  it('is asked by its role, again with what it answered, until it says that the deployment may go on', async () => {
    expect(await account.create('Shop', shop.service())).toBe('CREATE_COMPLETE');
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
    expect(await shop.runningTasks()).toHaveLength(1);
  });

  it('knows the revision; its image’s digest is known once it has run', async () => {
    const serviceRevisionArns = (await history()).map(({ targetServiceRevisionArn = '' }) => targetServiceRevisionArn);
    const { serviceRevisions } = await shop.ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
    expect(serviceRevisions?.[0]).toMatchObject({
      taskDefinition: expect.stringMatching(/task-definition\/shop:1$/) as string,
      networkConfiguration: { awsvpcConfiguration: { subnets: shop.subnets } },
      containerImages: [
        { containerName: 'web', image: shop.images['v1'], imageDigest: expect.stringMatching(/^sha256:/) as string },
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
    const before = await shop.runningTasks();
    expect(await account.update('Shop', shop.service({ version: 'v2', answer: 'FAILED' }))).toBe(
      'UPDATE_ROLLBACK_COMPLETE',
    );
    expect((await account.failures('Shop'))['Service']).toMatch(/rolled back: lifecycle hook .*:hook answered FAILED/);
    expect((await shop.runningTasks()).map(({ taskArn }) => taskArn)).toEqual(before.map(({ taskArn }) => taskArn));
    const { services = [] } = await shop.ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['shop'] }));
    expect(services[0]?.taskDefinition).toMatch(/shop:1$/);
    // ECS asks for the way back, too, which is a deployment of its own.
    const statuses = (await settled()).map(({ status }) => status);
    expect(statuses).toEqual(['SUCCESSFUL', 'ROLLBACK_SUCCESSFUL', 'SUCCESSFUL']);
  });

  it('turns it back where its answer is none', async () => {
    const update = shop.service({ version: 'v2', answer: 'YES' });
    expect(await account.update('Shop', update)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await account.failures('Shop'))['Service']).toContain('answered YES');
  });

  it('is not asked by an update that deploys nothing', async () => {
    const { length } = await events();
    const changed = shop.service() as { Service: { Properties: Record<string, unknown> } };
    changed.Service.Properties['HealthCheckGracePeriodSeconds'] = 60;
    expect(await account.update('Shop', changed)).toBe('UPDATE_COMPLETE');
    expect(await events()).toHaveLength(length);
  });

  it('lets the new version in once it says so', async () => {
    expect(await account.update('Shop', shop.service({ version: 'v2' }))).toBe('UPDATE_COMPLETE');
    await settled();
    expect(
      (await shop.runningTasks()).map(({ taskDefinitionArn }) => taskDefinitionArn?.split(':').at(-1)),
    ).not.toEqual(['1']);
  });
});

test('one that cannot be asked stops the way back, too: the stack is left half way', async () => {
  const update = shop.service({ version: 'v1', may: 'lambda:GetFunction' });
  expect(await account.update('Shop', update)).toBe('UPDATE_ROLLBACK_FAILED');
  expect((await account.failures('Shop'))['Service']).toContain('not authorized to perform lambda:InvokeFunction');
});
