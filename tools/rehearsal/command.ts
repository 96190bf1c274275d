import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

/** `rehearsal-check`: whether a rehearsal may use an account. */
export function addRehearsalCheck(program: Command): Command {
  return newCommand(
    program,
    'rehearsal-check',
    'Checks that a rehearsal may deploy into the account of the credentials, and destroy there.',
    { 0: 'it may', 1: 'it may not; says why', 2: 'could not ask' },
  )
    .argument('<account>', 'the account that was made for rehearsals')
    .option('--empty', 'fails also if an environment stands there')
    .action((account: string, options: { empty?: boolean }) =>
      endWith(async () => (await import('./check')).runRehearsalCheck(account, options.empty === true)),
    );
}
