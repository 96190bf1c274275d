import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { deployArguments, diff, runCdk } from '@infra/local-aws';
import { pushImage } from '../../../tools/deploy-local/images';
import { prepare } from '../../../tools/deploy-local/prooflink';
import { sample } from '../../../tools/deploy-local/programs';
import { apps } from './apps';
import { holdings, leaveData } from './holdings';
import type { Life, Parameters } from './life';
import { beyond, type Listing, PARTS, takeListing } from './listing';
import { type Moment, onTheWay, underway } from './moment';
import { asked, running } from './running';

/** The parameters with which a tag is released. */
export function release(tag: string): Parameters {
  return { AppImageTag: tag, BatchImageTag: tag };
}

/** Starts an account for this life and ends it; a step in which the server logged an error has failed. */
export function begin(life: Life, account: { baseline: Listing }): void {
  afterAll(() => life.end());
  afterEach(() => {
    const errors = life.errors();
    if (errors) throw new Error(`The last errors of the local AWS:\n\n${errors}`);
  });

  test('a local AWS starts', () => life.start());

  test('npm run prooflink -- prepare', async () => {
    await prepare(life.aws);
    account.baseline = await takeListing();
    expect(account.baseline['AWS::CloudFormation::Stack']).toEqual(['CDKToolkit']);
  });
}

/** After the first deploy: the stack is complete, and no task is asked for. */
export async function expectFirstDeploy(life: Life): Promise<void> {
  expect((await life.describe())?.StackStatus).toBe('CREATE_COMPLETE');
  expect((await life.describe())?.EnableTerminationProtection).toBe(life.config.terminationProtection === 'on');
  expect(await running(life)).toEqual(asked(life.config, undefined));
}

/** Tags pushed and deployed, kept, and what follows from a deploy that changes nothing. */
export function releases(life: Life): void {
  test('users and tasks leave data', () => leaveData(life.names));

  test('the tag v1, pushed and released: as many tasks as the config says, and tables from its migration', async () => {
    await push(life, 'v1');
    await life.release('v1');
    expect(await running(life)).toEqual(asked(life.config, 'v1'));
  });

  test('a deploy without a tag keeps the one that runs, and changes nothing, by CloudFormation’s judgement too', async () => {
    const [events, ids] = [await life.events(), await life.physicalIds()];
    await life.deploy();
    const forced = await runCdk(life.cdk(), [...deployArguments(life.stack, {}), '--force']);
    expect(forced).toMatchObject({ exitCode: 0, output: expect.stringContaining('(no changes)') as string });
    expect(await running(life)).toEqual(asked(life.config, 'v1'));
    expect(await life.physicalIds()).toEqual(ids);
    expect(await life.events()).toBe(events);
  });

  test('cdk diff shows no difference then, and one where the config was changed', async () => {
    expect(await diff(life.cdk(), life.stack)).toMatchObject({ differs: false });
    expect(await diff(life.cdk(apps.changed), life.stack)).toMatchObject({ differs: true });
  });
}

/** A changed config, and tags that change. */
export function changes(life: Life): void {
  test('a change of task size, log retention and alarm is made in place, and the tag stays', async () => {
    const [held, ids] = [await holdings(life.names), await life.physicalIds()];
    await life.deploy(apps.changed);
    expect(await running(life)).toEqual(asked(life.config, 'v1', true));
    expect(await holdings(life.names)).toEqual(held);
    const replaced = Object.entries(await life.physicalIds()).filter(([logicalId, id]) => ids[logicalId] !== id);
    // The migration's, too, if it exists.
    expect(new Set(replaced.map(([, id]) => id.split(' ')[0]))).toEqual(new Set(['AWS::ECS::TaskDefinition']));
  });

  // The local AWS moves the count into new bounds, as Application Auto Scaling does. That the load moves it is not
  // proved; that a deploy leaves alone what the load has made of it is.
  const { tasks } = life.config.webService;
  const underLoad = tasks.mode === 'scaled' ? tasks.minCapacity + 1 : undefined;
  const name = 'the tag v2, and back to v1';
  test(underLoad ? `${name}, under a load that needs ${underLoad} tasks` : name, async () => {
    await push(life, 'v2');
    if (underLoad) await setCount(life, underLoad);
    const held = await holdings(life.names);
    for (const tag of ['v2', 'v1']) {
      await life.deploy(apps.changed, release(tag));
      const wanted = asked(life.config, tag, true);
      expect(await running(life)).toEqual({ ...wanted, desiredCount: underLoad ?? wanted.desiredCount });
      expect(await holdings(life.names)).toEqual(held);
    }
    if (tasks.mode === 'scaled') await setCount(life, tasks.minCapacity);
  });
}

/** Deploys of a standing stack whose CLI is killed. On AWS the operation goes on, and so it does here. */
export function survivesKills(life: Life): void {
  const kills: { moment: Moment; what: string; app: keyof typeof apps; tag: string }[] = [
    {
      moment: onTheWay(
        `${life.environment}, config`,
        'checking if we can skip deploy',
        'Initiating execution of changeset',
      ),
      what: 'the config',
      app: 'written',
      tag: 'v1',
    },
    { moment: underway(`${life.environment}, both`, 8), what: 'config and tag', app: 'changed', tag: 'v2' },
    { moment: underway(`${life.environment}, back`, 8), what: 'both back again', app: 'written', tag: 'v1' },
  ];
  for (const { moment, what, app, tag } of kills) {
    test(`the CLI is killed while it deploys ${what}, ${moment.name}: the next deploy recovers`, async () => {
      const held = await holdings(life.names);
      const status = await life.deployKilled(moment, apps[app], release(tag));
      told(life, status);
      if (moment.event) expect(status).toMatch(/^UPDATE_(COMPLETE_CLEANUP_)?IN_PROGRESS$/);
      expect(await holdings(life.names)).toEqual(held);
      await life.deploy(apps[app], release(tag));
      expect((await life.describe())?.StackStatus).toBe('UPDATE_COMPLETE');
      expect(await running(life)).toEqual(asked(life.config, tag, app === 'changed'));
      expect(await holdings(life.names)).toEqual(held);
    });
  }

  test('cdk diff shows no difference after all that', async () => {
    expect(await diff(life.cdk(), life.stack)).toMatchObject({ differs: false });
  });
}

/** First deploys whose CLI is killed: on the way to CloudFormation, and while CloudFormation creates. */
export function survivesKillsOfTheFirstDeploy(life: Life, { published }: { published: boolean }): void {
  for (const moment of [
    onTheWay(
      `${life.environment}, first`,
      published ? 'checking if we can skip deploy' : 'start: Publishing',
      'Initiated creation of changeset',
    ),
    underway(`${life.environment}, first`, 80),
  ]) {
    test(`the CLI is killed in the first deploy, ${moment.name}`, async () => {
      const status = await life.deployKilled(moment);
      told(life, status);
      expect(status).toMatch(moment.event ? /^CREATE_IN_PROGRESS$/ : /^no stack$|^REVIEW_IN_PROGRESS$/);
    });
  }

  test('the next deploy recovers: the stack stands, and no task wants to run without an image', async () => {
    await life.deploy();
    await expectFirstDeploy(life);
  });
}

/** A listing that did not see something of the stack would not see it left over either. */
export async function expectListingToSee(life: Life, { baseline }: { baseline: Listing }): Promise<void> {
  const seen = beyond(await takeListing(), baseline);
  const standing = Object.values(await life.physicalIds());
  const unseen = standing.filter((one) => !seen.includes(one) && !((one.split(' ')[0] ?? '') in PARTS));
  expect(unseen).toEqual([]);
  expect(seen).toContain(`AWS::CloudFormation::Stack ${life.stack}`);
}

/** Pushes the images that play both of a release. */
export async function push(life: Life, tag: string): Promise<void> {
  const { AppRepositoryUri = '', BatchRepositoryUri = '' } = life.outputs;
  await pushImage(AppRepositoryUri, tag, sample.web(tag));
  await pushImage(BatchRepositoryUri, tag, sample.job());
}

/** Sets the count as scaling does. */
async function setCount({ names }: Life, desiredCount: number): Promise<void> {
  const ecs = new ECSClient({});
  await ecs.send(new UpdateServiceCommand({ cluster: names.cluster, service: names.service, desiredCount }));
  const wanted = new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] });
  expect((await ecs.send(wanted)).services?.[0]?.desiredCount).toBe(desiredCount);
}

/** Shows at once what a kill met; a test's own console is shown when its file ends. */
function told({ environment }: Life, status: string): void {
  process.stderr.write(`        ${environment.padEnd(9)} killed   ${status}\n`);
}
