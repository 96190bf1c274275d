import { Argument, type Command } from 'commander';
import { endWithOutcome, type Outcome } from '@infra/common/outcome';
import { environmentArgument, type EnvironmentName } from '@infra/commands/environment-argument';
import { addCommand, type CommandProps } from '@infra/commands/program';
import { words } from './help/words';
import type { LogsOptions } from './access/logs';
import type { OfficeHoursAction } from './start-or-stop';
import type { PrepareOptions } from './prepare/prepare';
import type { ReleaseOptions } from './release/options';

/** Audience of the commands: the overview has a list for each. */
export const audience = 'people';

/** Adds the commands on a deployed environment, in the order in which `--help` lists them: that of their use. */
export function addCommands(program: Command): void {
  addPrepare(program);
  addSettings(program);
  addRelease(program);
  addRestart(program);
  addImport(program);
  addRun(program);
  addStartOrStop(program, 'start');
  addStartOrStop(program, 'stop');
  addLogs(program);
  addShell(program);
  addDatabase(program);
}

/** Adds a command whose first argument is an environment. */
function addEnvironmentCommand(program: Command, props: CommandProps): Command {
  return addCommand(program, props).addArgument(environmentArgument('<environment>'));
}

function addPrepare(program: Command): void {
  addCommand(program, { name: 'prepare', ...words.prepare })
    .addArgument(environmentArgument('[environments...]'))
    .option('--json', words.forPrograms)
    .action(async (environmentNames: EnvironmentName[], options: PrepareOptions) => {
      const { runPrepare } = await import('./prepare/prepare');
      await endWithOutcome(() => runPrepare({ ...options, environmentNames }));
    });
}

function addSettings(program: Command): void {
  const settings = addCommand(program, { name: 'settings', ...words.settings });
  hideArgumentsInErrors(program, settings);
  settings
    .addArgument(environmentArgument('<environment>'))
    .addArgument(new Argument('[action]', words.settings.action).choices(['set']))
    .argument('[key]', words.settings.key)
    .action(
      async (
        environmentName: EnvironmentName,
        action: string | undefined,
        key: string | undefined,
        _options: object,
        command: Command,
      ) => {
        if (action && !key) {
          command.error(words.settings.noKey);
        }
        await endWithOutcome(() => runSettings(environmentName, key));
      },
    );
}

async function runSettings(environmentName: EnvironmentName, key: string | undefined): Promise<Outcome> {
  if (!key) {
    const { listSettings } = await import('./settings/settings');
    return await listSettings(environmentName);
  }
  const { openValuePrompt } = await import('./settings/ask-value');
  // Before the rest is loaded, and AWS asked: a value that is typed early is not shown.
  const prompt = openValuePrompt(key);
  try {
    const { setSetting } = await import('./settings/settings');
    return await setSetting(environmentName, key, () => prompt.ask());
  } finally {
    prompt.close();
  }
}

/** Hides the arguments in a command's error messages, which quote the wrong one: it may be a secret value. */
function hideArgumentsInErrors(program: Command, command: Command): void {
  command.configureOutput({
    outputError: (text, write) => {
      const [, ...argumentsOfCommand] = program.args;
      const quotedArguments = argumentsOfCommand.map((argument) => `'${argument}'`);
      const hiddenText = quotedArguments.reduce((rest, quoted) => rest.replaceAll(quoted, "'…'"), text);
      write(hiddenText);
    },
  });
}

/** Options of `release`, named as on the command line. */
interface ReleaseCommandLine extends Pick<ReleaseOptions, 'migration' | 'json'> {
  readonly app?: string;
  readonly batch?: string;
  readonly image?: readonly string[];
}

function addRelease(program: Command): void {
  addEnvironmentCommand(program, { name: 'release', ...words.release })
    .option('--app <tag>', words.release.app)
    .option('--batch <tag>', words.release.batch)
    .option('--image <parameter=tag...>', words.release.image)
    .option('--migration', words.release.migration)
    .option('--no-migration', words.release.noMigration)
    .option('--json', words.release.json)
    .action(async (environmentName: EnvironmentName, commandLine: ReleaseCommandLine) => {
      const { runRelease } = await import('./release/release');
      await endWithOutcome(() => runRelease(environmentName, releaseOptions(commandLine)));
    });
}

function addRestart(program: Command): void {
  addEnvironmentCommand(program, { name: 'restart', ...words.restart, exitCodes: words.release.exitCodes })
    .argument('[worker]', words.restart.worker)
    .option('--json', words.release.json)
    .action(async (environmentName: EnvironmentName, workerName: string | undefined, options: { json?: boolean }) => {
      const { runRestart } = await import('./release/restart');
      await endWithOutcome(() => runRestart(environmentName, { ...options, workerName }));
    });
}

function releaseOptions({ app, batch, image, ...others }: ReleaseCommandLine): ReleaseOptions {
  return { appTag: app, batchTag: batch, images: image, ...others };
}

function addImport(program: Command): void {
  addEnvironmentCommand(program, { name: 'import', ...words.import })
    .argument('[file]', words.import.file)
    .option('--job <id>', words.import.job)
    .action(
      async (
        environmentName: EnvironmentName,
        csvPath: string | undefined,
        { job: jobId }: { job?: string },
        command: Command,
      ) => {
        if ((csvPath === undefined) === (jobId === undefined)) {
          return command.error(words.import.noFile);
        }
        const { runImport } = await import('./import/import-users');
        // Not by `endWithOutcome`, which prints at the end: an import prints all along.
        process.exitCode = await runImport(environmentName, { csvPath, jobId });
      },
    );
}

function addRun(program: Command): void {
  addEnvironmentCommand(program, { name: 'run', ...words.run })
    .argument('<job>', words.run.job)
    .action(async (environmentName: EnvironmentName, name: string) => {
      const { runJob } = await import('./import/run-job');
      // Not by `endWithOutcome`, which prints at the end: a job is shown all along.
      process.exitCode = await runJob(environmentName, name);
    });
}

/** Adds `start` or `stop`. */
function addStartOrStop(program: Command, action: OfficeHoursAction): void {
  addEnvironmentCommand(program, { name: action, ...words[action], ...words.officeHours }).action(
    async (environmentName: EnvironmentName) => {
      const { runOfficeHours } = await import('./office-hours');
      await endWithOutcome(() => runOfficeHours(environmentName, action));
    },
  );
}

function addLogs(program: Command): void {
  addEnvironmentCommand(program, { name: 'logs', ...words.logs, ...words.access })
    .argument('[task]', words.logs.task)
    .option('--import', words.logs.import)
    .option('--since <time>', words.logs.since, '1h')
    .option('--follow', words.logs.follow)
    .action(
      async (
        environmentName: EnvironmentName,
        name: string | undefined,
        options: Omit<LogsOptions, 'name'>,
        command: Command,
      ) => {
        if (options.import && name !== undefined) {
          return command.error(words.logs.twoLogs);
        }
        const { runLogs } = await import('./access/logs');
        process.exitCode = await runLogs(environmentName, { ...options, name });
      },
    );
}

function addShell(program: Command): void {
  addEnvironmentCommand(program, { name: 'shell', ...words.shell, ...words.access })
    .argument('[worker]', words.shell.worker)
    .action(async (environmentName: EnvironmentName, workerName: string | undefined) => {
      const { runShell } = await import('./access/shell');
      process.exitCode = await runShell(environmentName, workerName);
    });
}

function addDatabase(program: Command): void {
  addEnvironmentCommand(program, { name: 'database', ...words.database, ...words.access }).action(
    async (environmentName: EnvironmentName) => {
      const { runDatabase } = await import('./access/database');
      process.exitCode = await runDatabase(environmentName);
    },
  );
}
