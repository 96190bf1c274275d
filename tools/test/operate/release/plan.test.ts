import type { EnvironmentConfig } from '../../../../lib/config/environment';
import { MIGRATION_TIMEOUT, Part } from '../../../../lib/contract';
import type { ReleaseOptions } from '../../../operate/release/options';
import { planRelease } from '../../../operate/release/plan';
import { template } from '../../../../test/support/assembly';
import { withField } from '../../../../test/support/config';
import { dev, prod } from '../../../../test/support/configs';
import type { Template } from '../../../../test/support/template';
import { type Answers, answerCommands } from '../../support/answer-commands';
import { besideOthers } from '../../support/containers';
import { stackAnswers } from '../../support/parts';

afterEach(() => jest.restoreAllMocks());

test('a check that fails while the deployed template is still read is a problem, and no crash of the release', async () => {
  const { ListStackResources, GetTemplate } = stackAnswers({ database: 'prooflink-prod-db' });
  answerCommands({
    DescribeStacks: { Stacks: [{ StackName: 'ProoflinkProd', StackStatus: 'UPDATE_COMPLETE' }] },
    ListStackResources,
    GetTemplate: () =>
      new Promise((resolve) =>
        setTimeout(() => {
          resolve(GetTemplate);
        }, 50),
      ),
    DescribeImages: new Error('ExpiredToken'),
  });
  const { problems } = await planRelease('prod', prod, { appTag: 'v1' }, { Resources: {} });
  expect(problems).toContainEqual(
    expect.stringContaining('The registry prooflink-prod-app could not be asked: Error: ExpiredToken'),
  );
});

/** dev with a migration. */
function templateThatMigrates(): Template {
  const devTemplate = template('dev');
  devTemplate.Resources['Migration'] = {
    Type: Part.migration.type,
    Metadata: { 'aws:cdk:path': `ProoflinkDev/${Part.migration.path}/Resource`, [MIGRATION_TIMEOUT]: 300 },
  };
  return devTemplate;
}

/** The stack ProoflinkDev as CloudFormation describes it. */
const stackWith = (StackStatus: string, AppImageTag: string): Answers => ({
  DescribeStacks: {
    Stacks: [
      {
        StackName: 'ProoflinkDev',
        StackStatus,
        Parameters: [{ ParameterKey: 'AppImageTag', ParameterValue: AppImageTag }],
      },
    ],
  },
});

/** ECR on images, the oldest first, with their digests by tag. */
const imagesOf = (digestsByTag: Readonly<Record<string, string>>): Answers => ({
  DescribeImages: {
    imageDetails: Object.entries(digestsByTag).map(([tag, imageDigest], day) => ({
      imageTags: [tag],
      imageDigest,
      imagePushedAt: new Date(Date.UTC(2026, 0, day + 1)),
    })),
  },
});

/** ECS on the only task, which has an image of the application. */
const taskOf = (tag: string, imageDigest: string): Answers => ({
  ListTasks: { taskArns: ['arn:aws:ecs:ap-northeast-1:123456789012:task/prooflink-dev-cluster/running'] },
  DescribeTasks: {
    tasks: [
      {
        taskArn: 'arn:aws:ecs:ap-northeast-1:123456789012:task/prooflink-dev-cluster/running',
        containers: besideOthers({ image: `registry/prooflink-dev-app:${tag}`, imageDigest }),
      },
    ],
  },
});

/** A state of dev, or a call of a release, that is refused. */
interface Refusal {
  readonly title: string;
  readonly aws?: Answers;
  readonly options?: ReleaseOptions;
  readonly config?: EnvironmentConfig;
  readonly nextTemplate?: Template;
  readonly problem: RegExp;
}

/** dev, which runs v1 and has a migration, accepts a release of v2, but for some changes. */
async function problemsOf({ aws, options, config = dev, nextTemplate }: Partial<Refusal>): Promise<readonly string[]> {
  const deployedTemplate = templateThatMigrates();
  const resources = Object.entries(deployedTemplate.Resources);
  answerCommands({
    ...stackWith('UPDATE_COMPLETE', 'v1'),
    ListStackResources: {
      StackResourceSummaries: resources.map(([LogicalResourceId, { Type }]) => ({
        LogicalResourceId,
        PhysicalResourceId:
          Type === Part.webService.type ? 'arn:aws:ecs:…:service/prooflink-dev-cluster/service' : LogicalResourceId,
      })),
    },
    GetTemplate: { TemplateBody: JSON.stringify(deployedTemplate) },
    DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: 'db', DBInstanceStatus: 'available' }] },
    ...imagesOf({ v1: 'sha256:1', v2: 'sha256:2' }),
    BatchGetImage: {
      images: [
        { imageManifest: JSON.stringify({ manifests: [{ platform: { os: 'linux', architecture: 'amd64' } }] }) },
      ],
    },
    ListTasks: {},
    ...aws,
  });
  const allOptions = { appTag: 'v2', acceptsExamples: true, ...options };
  const { problems } = await planRelease('dev', config, allOptions, nextTemplate ?? deployedTemplate);
  return problems;
}

const REFUSALS: readonly Refusal[] = [
  {
    title: 'an empty tag, which would release nothing',
    options: { batchTag: '' },
    problem: /^--batch is empty/,
  },
  {
    title: 'an example left in the config',
    options: { acceptsExamples: false },
    config: withField(dev, 'alarms', { email: 'team@example.com' }),
    problem: /^lib\/config\/dev\.ts still has examples/,
  },
  {
    title: 'a migration without an image that migrates',
    options: { appTag: undefined, migrationRequest: 'always' },
    problem: /^There is no migration to run\. --migration needs --app <tag>\.$/,
  },
  {
    title: 'a tag that the registry of the web image does not have',
    options: { appTag: 'v3' },
    problem: /^prooflink-dev-app has no v3\./,
  },
  {
    title: 'a tag that the registry of the import’s image does not have',
    options: { batchTag: 'v3' },
    problem: /^prooflink-dev-batch has no v3\./,
  },
  {
    title: 'a secret setting without a value: no task would start',
    config: withField(dev, 'webService.settings', { variables: {}, secrets: ['TOKEN'] }),
    problem: /^Secret settings are missing:[^]*TOKEN/,
  },
  {
    title: 'a deployment that is underway',
    aws: stackWith('UPDATE_IN_PROGRESS', 'v1'),
    problem: /^ProoflinkDev is UPDATE_IN_PROGRESS: wait until that deployment has ended\.$/,
  },
  {
    title: 'a rollback that failed',
    aws: stackWith('UPDATE_ROLLBACK_FAILED', 'v1'),
    problem: /^ProoflinkDev is UPDATE_ROLLBACK_FAILED, .*\nnpx cdk rollback ProoflinkDev\n/,
  },
  {
    title: 'a stopped database: no web task would be healthy',
    aws: { DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: 'db', DBInstanceStatus: 'stopped' }] } },
    problem: /^The database db is stopped, and a web task would not be healthy\. First: /,
  },
  {
    title: 'a deployed tag that was pushed again: the CDK CLI would skip the deployment',
    aws: { ...stackWith('UPDATE_COMPLETE', 'v2'), ...taskOf('v2', 'sha256:earlier') },
    problem: /^v2 was pushed again, and is no longer the image that runs\./,
  },
  {
    title: 'an image that was pushed before the one that runs: a way back must not migrate',
    aws: imagesOf({ v2: 'sha256:2', v1: 'sha256:1' }),
    problem: /^v2 was pushed .*, before v1, which runs\. .*--no-migration.*--migration\.$/,
  },
  {
    title: 'another processor, on which the running image would start first',
    config: withField(dev, 'cpuArchitecture', 'ARM64'),
    nextTemplate: JSON.parse(JSON.stringify(templateThatMigrates()).replaceAll('X86_64', 'ARM64')) as Template,
    problem: /^cpuArchitecture changes to ARM64, and v1 would start there first\./,
  },
  {
    title: 'a migration of another release that runs: that release would deploy its image afterwards',
    aws: taskOf('v0', 'sha256:0'),
    options: { migrationRequest: 'never' },
    problem: /^the migration of v0 runs since .*: wait for its end\./i,
  },
];

describe('before a release changes anything', () => {
  it('a state in which nothing is wrong is accepted', async () => {
    expect(await problemsOf({})).toEqual([]);
  });

  it.each(REFUSALS)('$title is refused', async ({ problem, ...state }) => {
    expect(await problemsOf(state)).toContainEqual(expect.stringMatching(problem));
  });
});
