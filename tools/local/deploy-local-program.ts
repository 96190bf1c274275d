import type { Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../program/environment-argument';
import { addExitCodesHelp, newProgram, runAsProcess } from '../program/program';
import type { DeployLocalOptions } from './options';

/** End of the help, above the exit codes. */
const FURTHER_HELP = `
What the application finds there and must answer:
docs/application.md. Secret settings without a value in
--settings get placeholders. Keep that file outside the
application's folder, which Next.js reads itself.`;

/** The program of `npm run deploy:local`. */
export function deployLocalProgram(): Command {
  const program = newProgram(
    'npm run deploy:local --',
    'Deploys an environment to a local AWS on this machine, where it runs.',
  ).addHelpText('after', FURTHER_HELP);
  return addExitCodesHelp(program, {
    0: 'deployed',
    1: 'not deployed, or it does not answer',
    2: 'refused; says why',
  })
    .addArgument(environmentArgument('[environment]'))
    .option('--keep', 'leave it running afterwards')
    .option('--app <folder>', 'run this web application, show its log, restart it with a key')
    .option('--app-command <command>', 'how it starts; its port is in PORT (default: "npm start")')
    .option('--job <folder>', 'run this user import')
    .option('--job-command <command>', 'how it starts, unless as the job definition says')
    .option('--settings <file>', 'values of secret settings, in lines NAME=value')
    .option('--details', 'show the outputs and the state at the end, too')
    .action(async (environmentName: EnvironmentName | undefined, options: DeployLocalOptions) => {
      const { deployLocal } = await import('./deploy-local');
      process.exitCode = await deployLocal(environmentName, options);
    });
}

if (require.main === module) void runAsProcess(deployLocalProgram());
