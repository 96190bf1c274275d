import type { LocalAws } from '@infra/local-aws';
import { deployLocal } from '../src/deploy-local';
import { LocalEnvironment } from '../src/local-environment';
import { runSteps } from '@infra/commands/steps';

// Doubles: no local AWS starts. The tests say how the steps end, and read what the command does then.
jest.mock('@infra/local-aws', () => ({
  ...jest.requireActual<object>('@infra/local-aws'),
  adviceOnFilesOfKilledRuns: () => undefined,
}));
jest.mock('../src/local-environment');
jest.mock('@infra/commands/steps');

const standIns = jest.fn(() => [] as string[]);
const ignoredProperties = jest.fn(() => [] as string[]);
const stop = jest.spyOn(LocalEnvironment.prototype, 'stop');
const printed: string[] = [];

beforeEach(() => {
  jest.clearAllMocks();
  printed.length = 0;
  const print = (line: string) => {
    printed.push(line);
  };
  jest.spyOn(console, 'log').mockImplementation(print);
  jest.spyOn(console, 'error').mockImplementation(print);
  // The double of the class has methods, and no fields.
  const aws = { standIns, ignoredProperties } as Partial<LocalAws>;
  Object.assign(LocalEnvironment.prototype, { aws });
});

/** Runs the command with the sample application. */
async function deploySample() {
  const exitCode = await deployLocal('dev', {});
  return { exitCode, text: printed.join('\n') };
}

test('resources that are not really there are named, and properties without an effect', async () => {
  standIns.mockReturnValueOnce(['AWS::ElastiCache::ServerlessCache']);
  ignoredProperties.mockReturnValueOnce(['AWS::RDS::DBInstance.AssociatedRoles']);
  const { exitCode, text } = await deploySample();
  expect(exitCode).toBe(0);
  expect(text).toContain('The local AWS does not know AWS::ElastiCache::ServerlessCache');
  expect(text).toContain('The local AWS does not know AWS::RDS::DBInstance.AssociatedRoles');
});

test('a release that fails ends with 1 and its reason, and leaves nothing running', async () => {
  jest.mocked(runSteps).mockResolvedValueOnce().mockRejectedValueOnce(new Error('The release has failed.'));
  const { exitCode, text } = await deploySample();
  expect(exitCode).toBe(1);
  expect(text).toContain('The release has failed.');
  expect(text).not.toContain('--keep');
  expect(stop).toHaveBeenCalledTimes(1);
});
