import type { Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

/** `status`: how an environment is. */
export function addStatus(program: Command): Command {
  return newCommand(
    program,
    'status',
    'Tells how an environment is.',
    { 0: 'it is well, or sleeps as it should', 1: 'something is wrong; says what', 2: 'could not tell' },
    [
      'What runs in which version, whether it is healthy, what',
      'sleeps until when, the last deployments, alarms, failed',
      'imports.',
    ].join('\n'),
  )
    .addArgument(environmentArgument('<environment>'))
    .option('--json', 'print it for a program')
    .action((environment: EnvironmentName, options: { json?: boolean }) =>
      endWith(async () => {
        const { runStatus } = await import('./run');
        return runStatus(environment, { ...options, columns: process.stdout.columns });
      }),
    );
}
