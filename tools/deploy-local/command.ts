import type { Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { newProgram, start, withExitCodes } from '../shared/program';

export interface DeployLocalOptions {
  /** Leave the local AWS running. */
  readonly keep?: boolean;
  /** The folder of the web application, in the place of the sample's. */
  readonly app?: string;
  readonly appCommand?: string;
  /** The folder of the user import, in the place of the sample's. */
  readonly job?: string;
  readonly jobCommand?: string;
}

/** `npm run deploy:local` */
export function deployLocalProgram(): Command {
  const program = newProgram(
    'npm run deploy:local --',
    'Deploys an environment to a local AWS on this machine, where it runs, and shows how it is.',
  );
  return withExitCodes(program, { 0: 'deployed', 1: 'not deployed', 2: 'no such environment or option' })
    .addArgument(environmentArgument('[environment]'))
    .option('--keep', 'leave it running afterwards')
    .option('--app <folder>', 'run this web application, show its log, restart it with a key')
    .option('--app-command <command>', 'how it starts; its port is in PORT (default: "npm start")')
    .option('--job <folder>', 'run this user import')
    .option('--job-command <command>', 'how it starts, unless as the job definition says')
    .action(async (environment: EnvironmentName | undefined, options: DeployLocalOptions) => {
      const { deployLocal } = await import('./deploy-local');
      process.exitCode = await deployLocal(environment, options);
    });
}

if (require.main === module) void start(deployLocalProgram());
