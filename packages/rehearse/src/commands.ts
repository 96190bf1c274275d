import { type Command, Option } from 'commander';
import { endWithOutcome } from '@infra/common/outcome';
import { addCommand } from '@infra/commands/program';
import { addRehearsalEnvironment } from './environment';
import type { RehearseOptions } from './rehearse';
import { STAGE_NAMES } from './stage';
import { words } from './words';

/** Audience of the commands: the overview has a list for each. */
export const audience = 'people';

/** Adds `rehearse`, and the environment that it deploys. */
export function addCommands(program: Command): void {
  addRehearsalEnvironment();
  const { command } = words;
  addCommand(program, { name: 'rehearse', ...command })
    .argument('<account>', command.account)
    .addOption(new Option('--until <stage>', command.until).choices(STAGE_NAMES).default(STAGE_NAMES.at(-1)))
    .addOption(new Option('--keep', command.keep).conflicts('destroy'))
    .option('--destroy', command.destroy)
    .option('--yes', command.yes)
    .option('--report <folder>', command.report, 'rehearsals')
    .action(async (account: string, options: RehearseOptions) => {
      await endWithOutcome(async () => {
        const { runRehearse } = await import('./rehearse');
        return await runRehearse(account, options);
      });
    });
}
