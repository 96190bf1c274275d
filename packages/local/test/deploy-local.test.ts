import type { LocalAws } from '@infra/local-aws';
import { deployLocal } from '../src/deploy-local';
import { LocalEnvironment } from '../src/local-environment';
import type { DeployLocalOptions } from '../src/options';
import { runSteps } from '@infra/commands/steps';

// Doubles: no local AWS starts. The tests say how the steps end, and read what the command does then.
jest.mock('@infra/local-aws', () => ({
  ...jest.requireActual<object>('@infra/local-aws'),
  adviceOnFilesOfKilledRuns: () => undefined,
}));
jest.mock('../src/local-environment');
const mockMigrationTaskArns: string[] = [];
jest.mock('../src/migration-tasks', () => ({ readMigrationTaskArns: () => Promise.resolve(mockMigrationTaskArns) }));
jest.mock('../src/usage', () => ({ usageText: () => Promise.resolve('How to use it') }));
jest.mock('@infra/commands/steps');

const leaveRunningAfterExit = jest.fn();
const standIns = jest.fn(() => [] as string[]);
const ignoredProperties = jest.fn(() => [] as string[]);
const stop = jest.spyOn(LocalEnvironment.prototype, 'stop');
const commandsToStartAgain = jest.spyOn(LocalEnvironment.prototype, 'commandsToStartAgain');
const printed: string[] = [];

beforeEach(() => {
  jest.clearAllMocks();
  printed.length = 0;
  const print = (line: string) => {
    printed.push(line);
  };
  jest.spyOn(console, 'log').mockImplementation(print);
  jest.spyOn(console, 'error').mockImplementation(print);
  commandsToStartAgain.mockResolvedValue([]);
  // The double of the class has methods, and no fields.
  const aws = { pid: 4711, leaveRunningAfterExit, standIns, ignoredProperties } as Partial<LocalAws>;
  Object.assign(LocalEnvironment.prototype, { aws, names: { cluster: 'prooflink-dev-cluster' } });
});

/** Runs the command with the sample application. Its steps are those of the deployment, then that of the release. */
async function deploySample(failedPhase: 'none' | 'deployment' | 'release', options: DeployLocalOptions = {}) {
  const phases = ['deployment', 'release'];
  jest.mocked(runSteps).mockImplementation(() => {
    const phase = phases.shift();
    return phase === failedPhase ? Promise.reject(new Error(`The ${phase} has failed.`)) : Promise.resolve();
  });
  const exitCode = await deployLocal('dev', options);
  return { exitCode, text: printed.join('\n') };
}

test('a sample that serves ends with 0, and the local AWS is stopped; the command that leaves it running is named', async () => {
  const { exitCode, text } = await deploySample('none');
  expect(exitCode).toBe(0);
  expect(stop).toHaveBeenCalledTimes(1);
  expect(text).toContain('npm run deploy:local -- dev --keep');
});

test('resources that are not really there are named, and properties without an effect', async () => {
  standIns.mockReturnValueOnce(['AWS::ElastiCache::ServerlessCache']);
  ignoredProperties.mockReturnValueOnce(['AWS::RDS::DBInstance.AssociatedRoles']);
  const { exitCode, text } = await deploySample('none');
  expect(exitCode).toBe(0);
  expect(text).toContain('The local AWS does not know AWS::ElastiCache::ServerlessCache');
  expect(text).toContain('The local AWS does not know AWS::RDS::DBInstance.AssociatedRoles');
});

test('a deployment that fails ends with 1 and its reason, releases nothing, and leaves nothing running', async () => {
  const { exitCode, text } = await deploySample('deployment', { keep: true });
  expect(exitCode).toBe(1);
  expect(text).toContain('The deployment has failed.');
  expect(runSteps).toHaveBeenCalledTimes(1);
  expect(stop).toHaveBeenCalledTimes(1);
  expect(leaveRunningAfterExit).not.toHaveBeenCalled();
});

test('a release that fails ends with 1 and its reason, and leaves nothing running', async () => {
  const { exitCode, text } = await deploySample('release');
  expect(exitCode).toBe(1);
  expect(text).toContain('The release has failed.');
  expect(text).not.toContain('--keep');
  expect(stop).toHaveBeenCalledTimes(1);
});

test('with --keep, the local AWS runs on, and the command that stops it is named', async () => {
  const { exitCode, text } = await deploySample('none', { keep: true });
  expect(exitCode).toBe(0);
  expect(leaveRunningAfterExit).toHaveBeenCalledTimes(1);
  expect(stop).not.toHaveBeenCalled();
  expect(text).toContain('\nTo stop everything:\n\n  kill 4711');
  expect(text).not.toContain('To start it again');
});

test('with --keep, a release that fails leaves the local AWS running, and the command that starts it again is named', async () => {
  commandsToStartAgain.mockResolvedValue(['npm run prooflink -- restart dev']);
  const { exitCode, text } = await deploySample('release', { keep: true });
  expect(exitCode).toBe(1);
  expect(leaveRunningAfterExit).toHaveBeenCalledTimes(1);
  expect(text).toContain('npm run prooflink -- restart dev');
});

test('with --keep, a migration that runs on is named, also where a version serves', async () => {
  mockMigrationTaskArns.push('arn:task/1');
  const { exitCode, text } = await deploySample('none', { keep: true });
  mockMigrationTaskArns.length = 0;
  expect(exitCode).toBe(0);
  expect(text).toContain('aws ecs stop-task --cluster prooflink-dev-cluster --task arn:task/1');
});
