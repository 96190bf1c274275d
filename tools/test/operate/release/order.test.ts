import type { ReleasePlan } from '../../../operate/release/plan';
import type { ReleaseOptions } from '../../../operate/release/options';
import { release, type StackState } from './releasing';

/** Steps of a release that change AWS, in their order: calls of the CDK CLI with their parameters, and the migration. */
let steps: string[];
/** Arguments of each call of the CDK CLI. */
let cdkCalls: (readonly string[])[];
/**
 * Dev before the release: its image tags are all m0. The web tasks run AppImageTag, and the migration's task definition has
 * MigrationImageTag; MigratedImageTag notes the image whose migration has succeeded.
 */
let stack: StackState;
/** Migration of the release that is planned: of the image m1, unless a test plans another one. */
let migration: ReleasePlan['migration'];

/** Parameters of a call of the CDK CLI: what follows each `--parameters`. */
const parametersOf = (args: readonly string[]) => args.filter((_, index) => args[index - 1] === '--parameters');

/** Stands in for the CDK CLI: each deployment succeeds at once, and the stack has its parameters. */
function deploy(args: readonly string[]) {
  cdkCalls.push(args);
  const parameters = parametersOf(args);
  steps.push(['cdk', args[0], ...parameters].join(' '));
  for (const parameter of parameters) {
    const [name, value = ''] = parameter.replace('ProoflinkDev:', '').split('=');
    if (name === 'AppImageTag') stack.app = value;
    if (name === 'MigrationImageTag') stack.migration = value;
    if (name === 'MigratedImageTag') stack.migrated = value;
  }
  return Promise.resolve({ exitCode: 0, output: '' });
}

// A release pauses between its questions to AWS: a pause only lets the other steps go on.
jest.mock('../../../program/pause', () => ({ pause: () => new Promise((resolve) => setImmediate(resolve)) }));
jest.mock('../../../program/cdk-cli', () => ({ runCdk: (args: readonly string[]) => deploy(args) }));
jest.mock('../../../operate/release/stack-template', () => ({ readStackTemplate: () => ({ Resources: {} }) }));
jest.mock('../../../operate/release/plan', () => ({
  planRelease: () => Promise.resolve({ problems: [], migration, mayRestartWebTasks: false, deployedAppTag: 'm0' }),
}));

beforeEach(() => {
  steps = [];
  cdkCalls = [];
  stack = { status: 'UPDATE_COMPLETE', app: 'm0', migration: 'm0', migrated: 'm0' };
  migration = { migrates: true, imageTag: 'm1', timeoutSeconds: 60 };
});
afterEach(() => jest.restoreAllMocks());

/** Releases to dev, and returns the steps that changed AWS. */
async function stepsOf(options: ReleaseOptions, migrationExitCode = 0): Promise<string[]> {
  await release({
    stack,
    serves: () => stack.app,
    options,
    migrationExitCode,
    onRunTask: () => {
      steps.push('run the migration');
    },
  });
  return steps;
}

describe('the steps of a release, each with the parameters that it changes', () => {
  it('the migration gets the new image, and ends, before the web tasks get the image', async () => {
    expect(await stepsOf({ appTag: 'm1' })).toEqual([
      'cdk deploy ProoflinkDev:MigrationImageTag=m1',
      'run the migration',
      'cdk deploy ProoflinkDev:AppImageTag=m1 ProoflinkDev:MigratedImageTag=m1 ProoflinkDev:MigrationImageTag=m1',
    ]);
  });

  it('the import gets its image together with the web tasks: both expect the migrated tables', async () => {
    expect(await stepsOf({ appTag: 'm1', batchTag: 'b1' })).toEqual([
      'cdk deploy ProoflinkDev:MigrationImageTag=m1',
      'run the migration',
      'cdk deploy ProoflinkDev:AppImageTag=m1 ProoflinkDev:BatchImageTag=b1 ' +
        'ProoflinkDev:MigratedImageTag=m1 ProoflinkDev:MigrationImageTag=m1',
    ]);
  });

  it('after a migration that failed, the web tasks keep their image: the new one expects tables that are not there', async () => {
    const migrationExitCode = 1;
    expect(await stepsOf({ appTag: 'm1' }, migrationExitCode)).toEqual([
      'cdk deploy ProoflinkDev:MigrationImageTag=m1',
      'run the migration',
    ]);
  });

  it('a release without a migration keeps MigratedImageTag: a later release of that image would skip its migration', async () => {
    migration = { migrates: false, reason: 'left out' };
    expect(await stepsOf({ appTag: 'm1' })).toEqual(['cdk deploy ProoflinkDev:AppImageTag=m1']);
  });

  it('an image of the import alone changes no web task: users notice nothing', async () => {
    migration = { migrates: false, reason: 'no web image' };
    expect(await stepsOf({ batchTag: 'b1' })).toEqual(['cdk deploy ProoflinkDev:BatchImageTag=b1']);
  });

  it('a release without an image keeps all images: a parameter that is not named keeps its value', async () => {
    migration = { migrates: false, reason: 'no web image' };
    expect(await stepsOf({})).toEqual(['cdk deploy']);
  });
});

it('the CDK CLI deploys the stack alone, from the assembly that was checked, and asks nothing', async () => {
  migration = { migrates: false, reason: 'left out' };
  await stepsOf({ appTag: 'm1', assemblyFolder: 'checked' });
  expect(cdkCalls).toEqual([
    [
      'deploy',
      'ProoflinkDev',
      '--app',
      'checked',
      '--change-set-name',
      expect.any(String),
      '--exclusively',
      '--require-approval',
      'never',
      '--progress',
      'events',
      '--parameters',
      'ProoflinkDev:AppImageTag=m1',
    ],
  ]);
});

it('each deployment has a change set of its own: under one name, the CLI would delete that of another release', async () => {
  await stepsOf({ appTag: 'm1' });
  const changeSetNames = cdkCalls.map((args) => args[args.indexOf('--change-set-name') + 1]);
  expect(changeSetNames).toEqual([
    expect.stringMatching(/^release-[\da-f-]{36}$/),
    expect.stringMatching(/^release-[\da-f-]{36}$/),
  ]);
  expect(new Set(changeSetNames).size).toBe(2);
});
