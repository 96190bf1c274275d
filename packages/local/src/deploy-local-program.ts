import type { Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '@infra/commands/environment-argument';
import { addExitCodesHelp, newProgram, runAsProcess } from '@infra/commands/program';
import { words } from './words';
import type { DeployLocalOptions } from './options';

/** The program of `npm run deploy:local`. */
export function deployLocalProgram(): Command {
  const { help } = words;
  const program = newProgram('npm run deploy:local --', help.summary).addHelpText('after', help.details);
  return addExitCodesHelp(program, help.exitCodes)
    .addArgument(environmentArgument('[environment]'))
    .option('--keep', help.keep)
    .option('--app <folder>', help.app)
    .option('--app-command <command>', help.appCommand)
    .option('--job <folder>', help.job)
    .option('--job-command <command>', help.jobCommand)
    .option('--settings <file>', help.settings)
    .option('--strict', help.strict)
    .action(async (environmentName: EnvironmentName | undefined, options: DeployLocalOptions) => {
      const { deployLocal } = await import('./deploy-local');
      process.exitCode = await deployLocal(environmentName, options);
    });
}

if (require.main === module) void runAsProcess(deployLocalProgram());
