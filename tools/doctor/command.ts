import type { Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

/** `doctor`: why an environment is not well. */
export function addDoctor(program: Command): Command {
  return newCommand(
    program,
    'doctor',
    'Names the first cause why an environment is not well.',
    {
      0: 'it is well, or sleeps as it should',
      1: 'a cause was found',
      2: 'no cause was found, and not everything could be asked',
    },
    [
      'Walks from the outside in: domain, load balancer, web',
      'tasks, database, user import, last deployment, costs; says',
      'what mends it, and what it could not ask. It only reads.',
    ].join('\n'),
  )
    .addArgument(environmentArgument('<environment>'))
    .option('--json', 'print it for a program')
    .action((environment: EnvironmentName, options: { json?: boolean }) =>
      endWith(async () => {
        const { runDoctor } = await import('./run');
        return runDoctor(environment, { ...options, columns: process.stdout.columns });
      }),
    );
}
