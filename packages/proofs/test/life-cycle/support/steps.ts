import { pushImage } from '@infra/local/images';
import { sample } from '@infra/local/programs';
import { testEnvironments } from '@infra/testing/environments';
import { apps } from './apps';
import { CHANGED, JAPANESE_VARIABLE } from './changed-config';
import { holdings, leaveData } from './holdings';
import { kill, onTheWay, underway } from './kill';
import type { Life } from './life';
import { PARTS, takeListing, typeOf } from './listing';
import type { Step } from './live';
import { describeService, expectRunning, taskDefinition } from './running';
import { sdk } from './sdk';

/** `cdk deploy` with these tags; without a tag, or with an empty one, the stack keeps its tag. */
export function deploy(appTag = '', batchTag = '', ...options: string[]): readonly string[] {
  const commandLine = ['cdk', 'deploy', ...options];
  if (appTag !== '') commandLine.push('--parameters', `AppImageTag=${appTag}`);
  if (batchTag !== '') commandLine.push('--parameters', `BatchImageTag=${batchTag}`);
  return commandLine;
}

/** `prooflink release` of both images, whose migration makes the tables. */
export const release = ({ environment }: Life, tag: string): readonly string[] => [
  'prooflink',
  'release',
  environment,
  '--app',
  tag,
  '--batch',
  tag,
];

/** Pushes the images that play both of a release. */
export const push = (life: Life, tag: string) => async (): Promise<void> => {
  const { AppRepositoryUri = '', BatchRepositoryUri = '' } = life.outputs;
  await pushImage({ repositoryUri: AppRepositoryUri, tag, program: sample.web(tag) });
  await pushImage({ repositoryUri: BatchRepositoryUri, tag, program: sample.job() });
};

/** After the first deploy the stack is complete, and no task is asked for. */
export const FIRST = { status: 'CREATE_COMPLETE', runs: {} };

/** An account that was prepared, and holds nothing else. */
export const prepared = (life: Life): Step[] => [
  { name: 'a local AWS starts', calls: [() => life.start()] },
  {
    name: 'npm run prooflink -- prepare',
    calls: [['prooflink', 'prepare']],
    check: async () => {
      life.baseline = await takeListing();
      expect(life.baseline['AWS::CloudFormation::Stack']).toEqual(['CDKToolkit']);
    },
  },
];

/** Tags pushed and deployed, kept, and what follows from a deploy that changes nothing. */
export const releases = (life: Life): Step[] => [
  { name: 'users and tasks leave data', calls: [() => leaveData(life.names)] },
  {
    name: 'the tag v1, pushed and released: as many tasks as the config says, and tables from its migration',
    calls: [push(life, 'v1'), release(life, 'v1')],
    runs: { tag: 'v1' },
    check: async () => {
      const { containerDefinitions = [] } = await taskDefinition(life);
      const value = JAPANESE_VARIABLE.MAIL_FROM_NAME;
      expect(containerDefinitions[0]?.environment).toContainEqual({ name: 'MAIL_FROM_NAME', value });
    },
  },
  {
    name: 'a deploy without a tag keeps the one that runs, and changes nothing, by CloudFormation’s judgement too',
    calls: [deploy(), deploy('', '', '--force')],
    prints: '(no changes)',
    runs: { tag: 'v1' },
    unchanged: () => Promise.all([life.events(), life.physicalIds()]),
  },
  {
    name: 'cdk diff shows no difference then, and one where the config was changed',
    calls: [
      ['cdk', 'diff'],
      ['cdk', 'diff', '--app', apps.changed],
    ],
    prints: /with differences: 0\b[^]*with differences: [1-9]/,
  },
];

/** A changed config, and tags that change: of prod, whose number of tasks follows the load. */
export function changes(life: Life): Step[] {
  // The local AWS moves the count into new bounds, as Application Auto Scaling does. That the load moves it is not
  // proved; that a deploy leaves alone what the load has made of it is.
  const { minCapacity } = testEnvironments.prod.webService.tasks;
  const desiredCount = minCapacity + 1;
  const app = ['--app', apps.changed];
  const unchanged = () => holdings(life.names);
  let ids: Record<string, string>;
  return [
    {
      name: 'a change of task size, log retention and alarm is made in place, and the tag stays',
      preparations: [
        async () => {
          ids = await life.physicalIds();
        },
      ],
      unchanged,
      calls: [deploy('', '', ...app)],
      runs: { tag: 'v1', changed: true },
      check: async () => {
        const replaced = Object.entries(await life.physicalIds()).filter(([logicalId, id]) => ids[logicalId] !== id);
        // The migration's, too.
        expect(new Set(replaced.map(([, id]) => id.split(' ')[0]))).toEqual(new Set(['AWS::ECS::TaskDefinition']));
        const { logGroups = [] } = await sdk.logs.describeLogGroups({ logGroupNamePrefix: life.names.logGroups.app });
        expect(logGroups[0]?.retentionInDays).toBe(CHANGED.retentionInDays);
        const { MetricAlarms = [] } = await sdk.cloudWatch.describeAlarms({});
        expect(MetricAlarms.map(({ Threshold }) => Threshold)).toContain(CHANGED.webCpuPercent);
      },
    },
    {
      name: `the tag v2, and back to v1, under a load that needs ${desiredCount} tasks`,
      preparations: [push(life, 'v2'), () => setCount(life, desiredCount)],
      unchanged,
      calls: [
        deploy('v2', 'v2', ...app),
        () => expectRunning(life, { tag: 'v2', changed: true, desiredCount }),
        deploy('v1', 'v1', ...app),
      ],
      runs: { tag: 'v1', changed: true, desiredCount },
      check: () => setCount(life, minCapacity),
    },
  ];
}

/** Deploys of an existing stack whose CLI is killed. On AWS the operation goes on, and so it does here. */
export function survivesKills(life: Life): Step[] {
  const kills = [
    {
      title: 'the config',
      moment: onTheWay(life, 'config', 'checking if we can skip deploy', 'Initiating execution of changeset'),
      tag: 'v1',
      app: apps.written,
    },
    { title: 'config and tag', moment: underway(life, 'both', 8), tag: 'v2', app: apps.changed },
  ];
  const steps = kills.map(({ title, moment, tag, app }): Step => {
    const commandLine = deploy(tag, tag, '--app', app);
    return {
      name: `the CLI is killed while it deploys ${title}, ${moment.name}: the next deploy recovers`,
      unchanged: () => holdings(life.names),
      calls: [kill(life, moment, commandLine), commandLine],
      status: 'UPDATE_COMPLETE',
      runs: { tag, changed: app === apps.changed },
    };
  });
  return [
    ...steps,
    {
      name: 'cdk diff shows no difference after all that',
      calls: [['cdk', 'diff', '--app', apps.changed]],
      prints: 'with differences: 0',
    },
  ];
}

/** First deploys whose CLI is killed: on the way to CloudFormation, and while CloudFormation creates. */
export function survivesKillsOfTheFirstDeploy(life: Life): Step[] {
  const moments = [
    onTheWay(life, 'first', 'start: Publishing', 'Initiated creation of changeset'),
    underway(life, 'first', 80),
  ];
  const kills = moments.map((moment) => ({
    name: `the CLI is killed in the first deploy, ${moment.name}`,
    calls: [kill(life, moment, deploy())],
  }));
  return [
    ...kills,
    {
      name: 'the next deploy recovers: the stack is deployed, and no task wants to run without an image',
      calls: [deploy()],
      ...FIRST,
    },
  ];
}

/** Each resource of the stack is in the listing: one that is not could be left behind unseen. */
export async function expectListingToSee(life: Life): Promise<void> {
  const listed = await life.addedResources();
  const unlisted = Object.values(await life.physicalIds()).filter((resource) => !listed.includes(resource));
  expect(unlisted.filter((resource) => !(typeOf(resource) in PARTS))).toEqual([]);
  expect(listed).toContain(`AWS::CloudFormation::Stack ${life.stack}`);
}

/** Sets the count as scaling does. */
async function setCount(life: Life, desiredCount: number): Promise<void> {
  const { cluster, service } = life.names;
  await sdk.ecs.updateService({ cluster, service, desiredCount });
  expect((await describeService(life)).desiredCount).toBe(desiredCount);
}
