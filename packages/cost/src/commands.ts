import type { Command } from 'commander';
import { endWithOutcome } from '@infra/common/outcome';
import { environmentArgument } from '@infra/commands/environment-argument';
import { addCommand } from '@infra/commands/program';
import type { CostOptions } from './cost';
import { words } from './words';

/** Audience of the commands: the overview has a list for each. */
export const audience = 'people';

/** Adds `cost`. */
export function addCommands(program: Command): void {
  addCommand(program, { name: 'cost', ...words.help })
    .addArgument(environmentArgument('[environments...]'))
    .option('--assembly <folder>', words.help.assembly)
    .option('--json', words.help.json)
    .action(async (environmentNames: string[], options: CostOptions) => {
      await endWithOutcome(async () => {
        const { runCost } = await import('./cost');
        return await runCost(environmentNames, options);
      });
    });
}
