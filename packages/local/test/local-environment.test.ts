import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CdkError, deploy, type LocalAws, startLocalAws, synth } from '@infra/local-aws';
import { temporaryFolder } from '@infra/common/testing';
import { dev } from '@infra/testing/configs';
import { type DeployedStack, readStackIfDeployed } from '@infra/operate/deployed/deployed-stack';
import { readCurrentConfig } from '../src/current-config';
import { deleteImages, pushImage } from '../src/images';
import { LocalEnvironment } from '../src/local-environment';
import type { DeployLocalOptions } from '../src/options';

// Doubles: nothing is started, synthesized, deployed, pushed or released. The tests read what would be.
jest.mock('@infra/local-aws', () => ({
  ...jest.requireActual<object>('@infra/local-aws'),
  startLocalAws: jest.fn(),
  synth: jest.fn(),
  deploy: jest.fn(),
}));
jest.mock('@infra/operate/deployed/deployed-stack', () => ({
  ...jest.requireActual<object>('@infra/operate/deployed/deployed-stack'),
  readStack: jest.fn(),
  readStackIfDeployed: jest.fn(),
}));
jest.mock('@infra/operate/release/stopped-tasks', () => ({
  explainStoppedTasks: () => Promise.resolve(['The last lines of 1:', '', '    no such table', '']),
}));
jest.mock('../src/current-config');
jest.mock('../src/images');
jest.mock('../src/prooflink-process');
jest.mock('../src/settings', () => ({
  readLocalSettings: () => ({ values: {}, notices: [] }),
  replaceSettings: () => Promise.resolve([]),
}));

const ignoreProgress = () => undefined;

/** Folder of a program that can be both the web application and the user import: it is never started. */
const programFolder = temporaryFolder('job-');
const COMMAND = 'node job.js';
/** Folder of the local AWS. */
let awsFolder = '';

const temporary = temporaryFolder('local-environment-');

beforeEach(() => {
  awsFolder = mkdtempSync(join(temporary, 'aws-'));
});

beforeAll(() => {
  writeFileSync(join(programFolder, 'job.js'), '');
});

const OPTIONS: DeployLocalOptions = {
  app: programFolder,
  appCommand: COMMAND,
  job: programFolder,
  jobCommand: COMMAND,
};

/** Dev after the first step of its deployment. */
async function environmentOnAws(): Promise<LocalEnvironment> {
  const environment = new LocalEnvironment('dev', OPTIONS, { values: {}, notices: [] });
  const [startAws] = environment.deploymentSteps();
  if (!startAws || !('work' in startAws)) throw new Error('The deployment has no first step.');
  await startAws.work(ignoreProgress, ignoreProgress);
  return environment;
}

/** Dev after its first start, with the outputs of a deployed stack, and without an assembly: no step has synthesized. */
async function startedEnvironment(): Promise<LocalEnvironment> {
  const environment = await environmentOnAws();
  environment.outputs = { AppRepositoryUri: 'registry/app', BatchRepositoryUri: 'registry/batch' };
  await environment.start({ report: ignoreProgress });
  return environment;
}

/** Starts the programs again, as after a change of the config. */
async function startAgainWith(environment: LocalEnvironment, config: typeof dev, failure?: CdkError): Promise<void> {
  jest.clearAllMocks();
  if (failure) jest.mocked(deploy).mockRejectedValueOnce(failure);
  jest.mocked(readCurrentConfig).mockReturnValue(config);
  await environment.start({ report: ignoreProgress });
}

/** Images pushed since the mocks were cleared. */
function pushedImages(): string[] {
  return jest.mocked(pushImage).mock.calls.map(([{ repositoryUri, tag }]) => `${repositoryUri}:${tag}`);
}

/** Folder of the web program that was pushed last. */
function pushedFolder(): string {
  const images = jest.mocked(pushImage).mock.calls.map(([image]) => image);
  const image = images.findLast(({ repositoryUri }) => repositoryUri === 'registry/app');
  return image?.program?.directory ?? '';
}

beforeEach(() => {
  jest.clearAllMocks();
  jest.mocked(deploy).mockResolvedValue({ AppRepositoryUri: 'registry/app', BatchRepositoryUri: 'registry/batch' });
  const aws: Partial<LocalAws> = { env: {}, directory: awsFolder };
  jest.mocked(startLocalAws).mockResolvedValue(aws as LocalAws);
});

test('without PostgreSQL the first step fails, and says why: no web task would become healthy after minutes', async () => {
  jest.mocked(startLocalAws).mockResolvedValueOnce({ env: {}, databasesMissing: 'No PostgreSQL.' } as LocalAws);
  await expect(environmentOnAws()).rejects.toThrow('No PostgreSQL.');
});

test('a later start whose deployment fails says the application’s last lines and the failed resources, each once', async () => {
  const environment = await startedEnvironment();
  const failedResources = 'Failed resources:\nProoflinkDev | UPDATE_FAILED | AWS::ECS::Service';
  const diagnosis =
    '❌  ProoflinkDev failed to deploy\n   Logs: https://ap-northeast-1.console.aws.amazon.com/cloudwatch';
  const start = startAgainWith(environment, dev, new CdkError('deploy', `${failedResources}\n${diagnosis}`));
  await expect(start).rejects.toThrow(
    expect.objectContaining({
      message: `The last lines of 1:\n\n    no such table\n\ncdk deploy ProoflinkDev failed:\n${failedResources}`,
      output: `${failedResources}\n${diagnosis}`,
    }) as Error,
  );
});

test('a start whose deployment failed is made up for by a deployment, and a release of the images that it pushed', async () => {
  const environment = await startedEnvironment();
  jest.mocked(synth).mockRejectedValueOnce(new Error('a wrong config'));
  await expect(startAgainWith(environment, dev)).rejects.toThrow('a wrong config');
  expect(pushedImages()).toEqual(['registry/app:local-2', 'registry/batch:local-2']);
  expect(environment.commandsToStartAgain()).toEqual([
    'npx cdk deploy ProoflinkDev',
    'npm run prooflink -- release dev --app local-2 --batch local-2',
  ]);
});

describe('the programs of a tag', () => {
  const devWithTwoImages = { ...dev, imageRegistry: { ...dev.imageRegistry, keptImages: 2 } };
  const letStackRun = (tag: string) => {
    const stack = { parameters: { AppImageTag: tag } } as Partial<DeployedStack> as DeployedStack;
    jest.mocked(readStackIfDeployed).mockResolvedValue(stack);
  };

  test('are kept for as many images as ECR keeps, and for the released tag; the other images are deleted', async () => {
    const environment = await startedEnvironment();
    letStackRun('local-1');
    const folders = [pushedFolder()];
    for (let start = 2; start <= 4; start += 1) {
      await startAgainWith(environment, devWithTwoImages);
      folders.push(pushedFolder());
    }
    expect(folders.map((folder) => existsSync(folder))).toEqual([true, false, true, true]);
    expect(jest.mocked(deleteImages).mock.calls).toEqual([
      ['registry/app', ['local-2']],
      ['registry/batch', ['local-2']],
    ]);
  });
});
