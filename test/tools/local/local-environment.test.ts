import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '@infra/local-aws';
import { temporaryFolder } from '@infra/common/testing';
import { dev } from '../../support/configs';
import { readCurrentConfig } from '../../../tools/local/current-config';
import { pushImage } from '../../../tools/local/images';
import { LocalEnvironment } from '../../../tools/local/local-environment';
import { runProoflink } from '../../../tools/local/prooflink-process';

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

const folder = temporaryFolder('job-');
const report = () => undefined;
const withoutImport = { ...dev, userImport: undefined };

beforeAll(() => {
  writeFileSync(join(folder, 'job.js'), '');
});

/** An environment whose local AWS is a double, with a web application and a user import in the same folder. */
async function startedEnvironment(): Promise<LocalEnvironment> {
  const options = { app: folder, appCommand: 'node job.js', job: folder, jobCommand: 'node job.js' };
  const environment = new LocalEnvironment('dev', options, { values: {}, notices: [] });
  const [startAws] = environment.deploymentSteps();
  if (startAws && 'work' in startAws) await startAws.work(report, report);
  environment.outputs = { AppRepositoryUri: 'registry/app', BatchRepositoryUri: 'registry/batch' };
  await environment.start({ report });
  return environment;
}

/** Repositories to which the last start pushed, and arguments of its release. */
function lastStart() {
  const pushes = jest.mocked(pushImage).mock.calls.map(([{ repositoryUri, tag }]) => `${repositoryUri}:${tag}`);
  const [, args] = jest.mocked(runProoflink).mock.lastCall ?? [];
  return { pushes, args: args?.join(' ') };
}

beforeEach(() => {
  jest.clearAllMocks();
});

test('the first start pushes and releases both images', async () => {
  await startedEnvironment();
  expect(lastStart()).toEqual({
    pushes: ['registry/app:local-1', 'registry/batch:local-1'],
    args: 'release dev --app local-1 --batch local-1 --examples',
  });
});

test('a user import that the config lost since the first start is no longer possible, and --job is named', async () => {
  const environment = await startedEnvironment();
  jest.clearAllMocks();
  jest.mocked(readCurrentConfig).mockReturnValue(withoutImport);
  const start = environment.start({ report });
  await expect(start).rejects.toThrow('--job: dev has no user import (lib/config/dev.ts).');
  expect(lastStart()).toEqual({ pushes: [], args: undefined });
});

test('one that came back is pushed and released again', async () => {
  const environment = await startedEnvironment();
  jest.mocked(readCurrentConfig).mockReturnValueOnce(withoutImport);
  await expect(environment.start({ report })).rejects.toThrow('--job');
  jest.clearAllMocks();
  jest.mocked(readCurrentConfig).mockReturnValue(dev);
  await environment.start({ report });
  expect(lastStart()).toEqual({
    pushes: ['registry/app:local-3', 'registry/batch:local-3'],
    args: 'release dev --app local-3 --batch local-3 --examples',
  });
});
