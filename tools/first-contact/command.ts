import type { Command } from 'commander';
import { environmentArgument, type EnvironmentName } from '../shared/environment-argument';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

/** `first-contact`: what only AWS can prove, asked after a deploy. */
export function addFirstContact(program: Command): Command {
  return newCommand(
    program,
    'first-contact',
    'Asks a deployed environment for what only AWS can prove.',
    { 0: 'all of it passes, or a person must look', 1: 'something fails', 2: 'something could not be asked' },
    'The rows are those of docs/proofs.md. Nothing is changed; docs/read-only-policy.json has the rights that it needs.',
  )
    .addArgument(environmentArgument('<environment>'))
    .option('--json', 'print it for a program')
    .action((environment: EnvironmentName, options: { json?: boolean }) =>
      endWith(async () => {
        const { runFirstContact } = await import('./run');
        return runFirstContact(environment, { ...options, columns: process.stdout.columns });
      }),
    );
}
