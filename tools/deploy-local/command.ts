import type { Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { newProgram, start, withExitCodes } from '../shared/program';

export interface DeployLocalOptions {
  /** Leave the local AWS running. */
  readonly keep?: boolean;
}

/** `npm run deploy:local` */
export function deployLocalProgram(): Command {
  const program = newProgram(
    'npm run deploy:local --',
    'Deploys an environment to a local AWS on this machine and shows what was built.',
  );
  return withExitCodes(program, { 0: 'deployed', 1: 'not deployed', 2: 'no such environment or option' })
    .addArgument(environmentArgument('[environment]'))
    .option('--keep', 'leave the local AWS running afterwards')
    .action(async (environment: EnvironmentName | undefined, options: DeployLocalOptions) => {
      const { deployLocal } = await import('./deploy-local');
      process.exitCode = await deployLocal(environment, options);
    });
}

if (require.main === module) void start(deployLocalProgram());
