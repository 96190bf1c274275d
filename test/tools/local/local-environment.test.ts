import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '@infra/local-aws';
import { temporaryFolder } from '@infra/common/testing';
import { dev } from '../../support/configs';
import { readCurrentConfig } from '../../../tools/local/current-config';
import { pushImage } from '../../../tools/local/images';
import { LocalEnvironment } from '../../../tools/local/local-environment';
import { runProoflink } from '../../../tools/local/prooflink-process';

// Doubles: nothing is started, pushed or released. The tests read what would be.
jest.mock('@infra/local-aws', () => ({
  ...jest.requireActual<object>('@infra/local-aws'),
  startLocalAws: () => Promise.resolve({ env: {} } as Partial<LocalAws>),
}));
jest.mock('../../../tools/local/current-config');
jest.mock('../../../tools/local/images');
jest.mock('../../../tools/local/prooflink-process');
jest.mock('../../../tools/local/settings', () => ({
  readLocalSettings: () => ({ values: {}, notices: [] }),
  replaceSettings: () => Promise.resolve(),
}));

const devWithoutImport = { ...dev, userImport: undefined };
const ignoreProgress = () => undefined;

/** Folder of a program that can be both the web application and the user import: it is never started. */
const programFolder = temporaryFolder('job-');
const COMMAND = 'node job.js';

beforeAll(() => {
  writeFileSync(join(programFolder, 'job.js'), '');
});

/**
 * Dev after its first start, with a web application and a user import. The first step of the deployment starts the local
 * AWS; the others would run the CDK CLI, and leave the outputs that a start needs.
 */
async function startedEnvironment(): Promise<LocalEnvironment> {
  const options = { app: programFolder, appCommand: COMMAND, job: programFolder, jobCommand: COMMAND };
  const environment = new LocalEnvironment('dev', options, { values: {}, notices: [] });
  const [startAws] = environment.deploymentSteps();
  if (!startAws || !('work' in startAws)) throw new Error('The first step does not start the local AWS.');
  await startAws.work(ignoreProgress, ignoreProgress);
  environment.outputs = { AppRepositoryUri: 'registry/app', BatchRepositoryUri: 'registry/batch' };
  await environment.start({ report: ignoreProgress });
  return environment;
}

/** Starts the programs again, as after a change of the config. */
async function startAgainWith(environment: LocalEnvironment, config: typeof dev): Promise<void> {
  jest.clearAllMocks();
  jest.mocked(readCurrentConfig).mockReturnValue(config);
  await environment.start({ report: ignoreProgress });
}

/** Images pushed since the mocks were cleared. */
function pushedImages(): string[] {
  return jest.mocked(pushImage).mock.calls.map(([{ repositoryUri, tag }]) => `${repositoryUri}:${tag}`);
}

/** Commands of `npm run prooflink --` since the mocks were cleared. */
function prooflinkCommands(): string[] {
  return jest.mocked(runProoflink).mock.calls.map(([, args]) => args.join(' '));
}

beforeEach(() => {
  jest.clearAllMocks();
});

test('the first start pushes both images, and releases both under its tag', async () => {
  await startedEnvironment();
  expect(pushedImages()).toEqual(['registry/app:local-1', 'registry/batch:local-1']);
  expect(prooflinkCommands()).toEqual(['release dev --app local-1 --batch local-1 --examples']);
});

test('a start after lib/config has lost the user import fails on --job, before it pushes or releases anything', async () => {
  const environment = await startedEnvironment();
  const start = startAgainWith(environment, devWithoutImport);
  await expect(start).rejects.toThrow('--job: dev has no user import (lib/config/dev.ts).');
  expect(pushedImages()).toEqual([]);
  expect(prooflinkCommands()).toEqual([]);
});

test('a start after the user import came back to lib/config pushes and releases its image again', async () => {
  const environment = await startedEnvironment();
  await expect(startAgainWith(environment, devWithoutImport)).rejects.toThrow('--job');
  await startAgainWith(environment, dev);
  // The start that failed has used up local-2.
  expect(pushedImages()).toEqual(['registry/app:local-3', 'registry/batch:local-3']);
  expect(prooflinkCommands()).toEqual(['release dev --app local-3 --batch local-3 --examples']);
});
