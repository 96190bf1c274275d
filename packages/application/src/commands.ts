import { Argument, type Command } from 'commander';
import { endWithOutcome } from '@infra/common/outcome';
import { addCommand } from '@infra/commands/program';
import { FILES, type File } from './printed-files';
import { words } from './words';

/** Audience of the commands: the overview has a list for each. */
export const audience = 'people';

/** Adds `check-app` and `app-workflow`. Each one imports its code when it runs. */
export function addCommands(program: Command): void {
  addCommand(program, { name: 'check-app', ...words.checkHelp })
    .argument('<folder>', words.folder)
    .action(async (folder: string) => {
      await endWithOutcome(async () => (await import('./check-app')).runCheckApp(folder));
    });

  addCommand(program, { name: 'app-workflow', ...words.workflowHelp })
    .argument('<folder>', words.folder)
    .addArgument(new Argument('[file]', words.file).choices(FILES))
    .action(async (folder: string, file?: File) => {
      await endWithOutcome(async () => (await import('./app-workflow')).runAppWorkflow(folder, file));
    });
}
