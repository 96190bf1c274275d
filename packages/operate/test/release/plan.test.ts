import { Duration } from 'aws-cdk-lib/core';
import { type EnvironmentConfig, Part } from '@infra/commands/app';
import { readStack } from '../../src/deployed/deployed-stack';
import type { ReleaseOptions } from '../../src/release/options';
import { planRelease } from '../../src/release/plan';
import { template } from '@infra/testing/assembly';
import { withField } from '@infra/testing/config';
import { dev } from '@infra/testing/configs';
import { type Answers, answerCommands } from '../support/answer-commands';
import { besideOthers } from '../support/containers';
import { deployedEnvironment, devThatMigrates, devWithoutImport } from './deployed-environment';

afterEach(() => jest.restoreAllMocks());

const stackWith = (status: string, appImageTag: string) =>
  deployedEnvironment('dev', appImageTag, { status, deployed: devThatMigrates() });

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
  readonly problem: RegExp;
}

const MIGRATION = { command: ['migrate'], timeout: Duration.minutes(5) };

/** dev, which runs v1 and has a migration, accepts a release of v2, but for some changes. */
async function problemsOf({ aws, options, config = dev }: Partial<Refusal>): Promise<readonly string[]> {
  answerCommands({
    ...stackWith('UPDATE_COMPLETE', 'v1'),
    ...imagesOf({ v1: 'sha256:1', v2: 'sha256:2' }),
    BatchGetImage: {
      images: [
        { imageManifest: JSON.stringify({ manifests: [{ platform: { os: 'linux', architecture: 'amd64' } }] }) },
      ],
    },
    DescribeSecret: { VersionIdsToStages: { 1: ['AWSCURRENT'] } },
    ...aws,
  });
  const { problems } = await planRelease(config, { appTag: 'v2', ...options }, await readStack('dev'));
  return problems;
}

/** dev with a team's second application, whose registry keeps the image of its tag. */
function withAdmin(): Answers {
  const deployed = template('dev');
  deployed.Resources['AdminRegistry'] = {
    Type: Part.appRepository.type,
    Properties: { LifecyclePolicy: { LifecyclePolicyText: { 'Fn::Sub': ['…', { Tag: { Ref: 'AdminImageTag' } }] } } },
  };
  const answers = deployedEnvironment('dev', 'v1', { deployed });
  const { Stacks } = answers['DescribeStacks'] as { Stacks: [{ Parameters: object[] }] };
  Stacks[0].Parameters.push({ ParameterKey: 'AdminImageTag', ParameterValue: 'v1' });
  return answers;
}

const REFUSALS: readonly Refusal[] = [
  {
    title: 'a further image whose parameter the stack lacks: CloudFormation would not know it',
    aws: withAdmin(),
    options: { images: ['AdminTag=v2'] },
    problem: /^--image needs .+ has the tag AdminTag\. There is: AdminImageTag\./,
  },
  {
    title: 'a further image without a tag, which would take the running one out of the stack',
    aws: withAdmin(),
    options: { images: ['AdminImageTag='] },
    problem: /^--image AdminImageTag is empty/,
  },
  {
    title: 'a further image that its registry does not have',
    aws: withAdmin(),
    options: { images: ['AdminImageTag=v3'] },
    problem: /^AdminRegistry has no v3\./,
  },
  {
    title: 'an empty tag, which would release nothing',
    options: { batchTag: '' },
    problem: /^--batch is empty/,
  },
  {
    title: 'an image of the import where there is none: CloudFormation would not know its parameter',
    aws: deployedEnvironment('dev', 'v1', { deployed: devWithoutImport() }),
    options: { batchTag: 'v2' },
    problem: /^dev has no user import: leave --batch out/,
  },
  {
    title: 'no tag at all',
    options: { appTag: undefined },
    problem: /^There is nothing to release: give --app <tag>, --batch <tag>, --image/,
  },
  {
    title: 'a migration of the config that is not deployed: it would be left out unseen',
    aws: deployedEnvironment('dev', 'v1'),
    config: withField(dev, 'webService.migration', MIGRATION),
    problem: /^lib\/config\/dev\.ts has webService\.migration, and the deployed ProoflinkDev has not\./,
  },
  {
    title: 'a migration that neither the config nor the stack has',
    aws: deployedEnvironment('dev', 'v1'),
    options: { migration: true },
    problem: /^There is no migration to run\. .+ webService\.migration in lib\/config\/dev\.ts\.$/,
  },
  {
    title: 'a migration without an image that migrates: it would be left out unseen',
    options: { appTag: undefined, batchTag: 'v2', migration: true },
    problem: /^There is no migration to run\. --migration needs --app <tag>/,
  },
  {
    title: 'a tag that the registry of the web image does not have',
    options: { appTag: 'v3' },
    problem: /^prooflink-dev-app has no v3\./,
  },
  {
    title: 'an image for another processor than that of the deployed tasks, whatever the config has',
    aws: { GetTemplate: { TemplateBody: JSON.stringify(devThatMigrates()).replaceAll('X86_64', 'ARM64') } },
    problem: /^prooflink-dev-app:v2 is for linux\/amd64, and .+ need linux\/arm64/,
  },
  {
    title: 'a stopped database: no web task would be healthy',
    aws: { DescribeDBInstances: { DBInstances: [{ DBInstanceIdentifier: 'db', DBInstanceStatus: 'stopped' }] } },
    problem: /^The database db is stopped, and a web task would not be healthy\. First: /,
  },
  {
    title: 'a deployed tag that was pushed again: CloudFormation would have nothing to update',
    aws: { ...stackWith('UPDATE_COMPLETE', 'v2'), ...taskOf('v2', 'sha256:earlier') },
    problem: /^v2 was pushed again: it no longer names the image that runs/,
  },
  {
    // A release asked on for ten minutes, after it had migrated and deployed.
    title: 'a right that the wait for the new tasks needs, and that is missing',
    aws: { DescribeTargetHealth: Object.assign(new Error('not authorized'), { name: 'AccessDenied' }) },
    problem: /AccessDenied: not authorized/,
  },
];

describe('before a release changes anything', () => {
  it.each(REFUSALS)('$title is refused', async ({ problem, ...state }) => {
    expect(await problemsOf(state)).toContainEqual(expect.stringMatching(problem));
  });

  it('a further image alone is accepted', async () => {
    const options = { appTag: undefined, images: ['AdminImageTag=v2'] };
    expect(await problemsOf({ aws: withAdmin(), options })).toEqual([]);
  });

  it('a deployed tag that still rolls out is accepted: the tasks of the version before are no sign of another push', async () => {
    const aws = { ...stackWith('UPDATE_COMPLETE', 'v2'), ...taskOf('v1', 'sha256:1') };
    expect(await problemsOf({ aws })).not.toContainEqual(expect.stringContaining('pushed again'));
  });

  it('a check that AWS does not answer is a problem beside the others, and no crash of the release', async () => {
    const problems = await problemsOf({ aws: { DescribeImages: new Error('ExpiredToken') } });
    expect(problems).toContainEqual(
      expect.stringContaining('The registry prooflink-dev-app could not be asked: Error: ExpiredToken'),
    );
  });

  it('a migration of the config that is not deployed may be left out on purpose', async () => {
    const state = {
      aws: deployedEnvironment('dev', 'v1'),
      config: withField(dev, 'webService.migration', MIGRATION),
      options: { migration: false },
    };
    expect(await problemsOf(state)).toEqual([]);
  });
});
