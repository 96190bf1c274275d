import { Argument, type Command, Option } from 'commander';
import { endWithOutcome, failureOutcome, type Outcome } from '@infra/common/outcome';
import type { CostOptions } from '../cost/cost';
import { environmentOrRehearsalArgument, type EnvironmentName } from '../program/environment-argument';
import { type ExitCodes, addCommand } from '../program/program';
import type { ImportRequest } from './import/import-users';
import type { OfficeHoursAction } from './office-hours';
import type { PrepareOptions } from './prepare/prepare';
import { STAGE_NAMES } from './rehearse/observation';
import type { RehearseOptions } from './rehearse/rehearse';
import type { MigrationRequest, ReleaseOptions } from './release/options';

/** Adds the commands that people call, in the order in which `--help` lists them: that of their use. */
export function addCommandsForPeople(program: Command): void {
  addRehearse(program);
  addPrepare(program);
  addSettings(program);
  addCost(program);
  addRelease(program);
  addRestart(program);
  addHealth(program);
  addImport(program);
  addStartOrStop(program, 'start', 'Starts an environment outside its office hours.', {
    0: 'it runs, and is healthy',
    1: 'it did not become healthy',
    2: 'could not be started',
  });
  addStartOrStop(program, 'stop', 'Stops an environment within its office hours.', {
    0: 'it sleeps',
    1: 'it did not come to rest',
    2: 'could not be stopped',
  });
  addDrift(program);
  addReachability(program);
}

function addRehearse(program: Command): void {
  addCommand(program, {
    name: 'rehearse',
    summary: 'Rehearses the first deploy in an account made for it.',
    details: `Deploys a stack of its own, ProoflinkRehearsal, releases,
imports, stops, starts, compares and destroys it, twice from
nothing, and writes a report of what AWS answered. No other
stack is touched. A further call goes on where AWS says that
the last one ended.`,
    exitCodes: {
      0: 'rehearsed, or destroyed',
      1: 'a stage failed, or something is left; says what',
      2: 'refused, and nothing was touched',
      3: 'begun, and it goes on or is to be destroyed',
    },
  })
    .argument('<account>', 'the twelve digits of the account')
    .addOption(
      new Option('--until <stage>', 'the last stage of this call').choices(STAGE_NAMES).default(STAGE_NAMES.at(-1)),
    )
    .option('--destroy', 'only destroy what an earlier call has left')
    .option('--yes', 'begin without asking')
    .option('--app-image <image>', "the team's web image, in place of the sample's")
    .option('--batch-image <image>', "the team's image of the import")
    .option('--users <file>', "a CSV file for the team's import")
    .option('--assembly <folder>', 'deploy this cloud assembly; it is synthesized unless given')
    .option('--report <folder>', 'where the report is written', 'rehearsals')
    .action(async (account: string, { appImage, batchImage, users, ...options }: RehearseOptions) => {
      await endWithOutcome(async () => {
        const { runRehearse } = await import('./rehearse/rehearse');
        // A workflow passes the value of a variable that is not set as an empty text.
        const given = {
          appImage: appImage || undefined,
          batchImage: batchImage || undefined,
          users: users || undefined,
        };
        return await runRehearse(account, { ...options, ...given });
      });
    });
}

function addPrepare(program: Command): void {
  addCommand(program, {
    name: 'prepare',
    summary: 'Prepares the AWS account of the credentials for deploying.',
    details: `Makes the service-linked roles that a deploy needs, then
runs "cdk bootstrap" for each region that lib/config has in
this account. What is there already stays as it is.`,
    exitCodes: { 0: 'prepared', 1: 'something could not be made', 2: 'no account to prepare' },
  })
    .addArgument(environmentOrRehearsalArgument('[environments...]'))
    .option(
      '--execution-policies <arns>',
      'what CloudFormation may do; unless given, what it may already, or else AdministratorAccess',
    )
    .option('--json', 'print it for a program')
    .action(async (environmentNames: EnvironmentName[], options: PrepareOptions) => {
      await endWithOutcome(async () => {
        const { runPrepare } = await import('./prepare/prepare');
        return await runPrepare({ ...options, environmentNames });
      });
    });
}

function addSettings(program: Command): void {
  const settings = addCommand(program, {
    name: 'settings',
    summary: 'Lists missing secret settings, or sets one.',
    details: `Their names are in lib/config. Values are never shown.
  settings dev
      what is set, and what is missing
  settings dev set SMTP_PASSWORD
      asks for its value, without echo, or reads a pipe`,
    exitCodes: { 0: 'none is missing; it is set', 1: 'some are missing', 2: 'not known, or not set' },
  });
  hideArgumentsInErrors(program, settings);
  settings
    .addArgument(environmentOrRehearsalArgument('<environment>'))
    .addArgument(new Argument('[action]', 'set: sets one').choices(['set']))
    .argument('[key]', 'which one to set')
    .action(
      async (
        environmentName: EnvironmentName,
        action: string | undefined,
        key: string | undefined,
        _options: object,
        command: Command,
      ) => {
        if (action && !key) {
          command.error('error: which one? Give its name, never its value.');
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

function addCost(program: Command): void {
  addCommand(program, {
    name: 'cost',
    summary: 'Estimates what environments cost in a month.',
    details:
      'Computed from the templates, from the dated prices in tools/cost/prices.json and from the usage that ' +
      'lib/config/usage.ts assumes. What has no price is listed, and a sum that needs it is "?". No network but for --renew.',
    exitCodes: { 0: 'estimated, or renewed', 1: 'a price is missing, or could not be renewed', 2: 'not known' },
  })
    .addArgument(environmentOrRehearsalArgument('[environments...]'))
    .option('--assembly <folder>', 'what "npx cdk synth -o" wrote; synthesized now unless given')
    .addOption(new Option('--json', 'everything, for programs').conflicts('renew'))
    .option('--renew', "renews the prices from AWS's public price list, and adds what is missing")
    .action(async (environmentNames: string[], options: CostOptions) => {
      await endWithOutcome(async () => {
        const { runCost } = await import('../cost/cost');
        return await runCost(environmentNames, options);
      });
    });
}

/** Options of `release`, named as on the command line. */
interface ReleaseCommandLine {
  readonly app?: string;
  readonly batch?: string;
  /** True by `--migration`, false by `--no-migration`, `undefined` without either. */
  readonly migration?: boolean;
  readonly assembly?: string;
  readonly json?: boolean;
  readonly examples?: boolean;
}

function addRelease(program: Command): void {
  addCommand(program, {
    name: 'release',
    summary: 'Checks, migrates, deploys, and waits until it serves.',
    details: 'Without a tag it deploys the infrastructure only. The summary goes to stdout, progress to stderr.',
    exitCodes: {
      0: 'it serves',
      1: 'it does not; says what serves instead',
      2: 'refused, and nothing was touched',
      3: 'begun, and the outcome is not known',
    },
  })
    .addArgument(environmentOrRehearsalArgument('<environment>'))
    .option('--app <tag>', "tag of the web application's image")
    .option('--batch <tag>', "tag of the import's image")
    .option('--migration', 'migrate, although the image was pushed before the running one')
    .option('--no-migration', 'do not migrate')
    .option('--assembly <folder>', 'deploy this cloud assembly; it is synthesized unless given')
    .option('--json', 'the summary as JSON; a wrong call ends with code 2 and prints none')
    .option('--examples', "accept the config's example values, for a local AWS")
    .action(async (environmentName: EnvironmentName, commandLine: ReleaseCommandLine) => {
      await endWithOutcome(async () => {
        const { runRelease } = await import('./release/release');
        return await runRelease(environmentName, releaseOptions(commandLine));
      });
    });
}

function addRestart(program: Command): void {
  addCommand(program, {
    name: 'restart',
    summary: 'Restarts the version that runs, and waits until it serves.',
    details: `ECS replaces the web tasks: new ones read secrets anew and,
if the tag was pushed again, run the new image without its
migration. The summary goes to stdout, progress to stderr.`,
    exitCodes: {
      0: 'new tasks serve',
      1: 'they do not; says what serves instead',
      2: 'refused, and nothing was touched',
      3: 'begun, and the outcome is not known',
    },
  })
    .addArgument(environmentOrRehearsalArgument('<environment>'))
    .option('--json', 'the summary as JSON; a wrong call ends with code 2 and prints none')
    .action(async (environmentName: EnvironmentName, options: { json?: boolean }) => {
      await endWithOutcome(async () => {
        const { runRestart } = await import('./release/restart');
        return await runRestart(environmentName, options);
      });
    });
}

function releaseOptions({ app, batch, migration, assembly, json, examples }: ReleaseCommandLine): ReleaseOptions {
  return {
    appTag: app,
    batchTag: batch,
    migrationRequest: migrationRequest(migration),
    assemblyFolder: assembly,
    printsJson: json,
    acceptsExamples: examples,
  };
}

function migrationRequest(migration: boolean | undefined): MigrationRequest | undefined {
  if (migration === undefined) return undefined;
  return migration ? 'always' : 'never';
}

const HEALTH_CODES: ExitCodes = {
  0: 'it is well, or sleeps as it should',
  1: 'something is wrong',
  2: 'not everything could be asked',
};

/** Commands that report how an environment is. Each one also asks the questions of the command above it. */
const HEALTH_COMMANDS = [
  {
    name: 'status',
    summary: 'Reports how an environment is.',
    details: 'Versions, health, hours, deployments, alarms, imports.',
  },
  {
    name: 'doctor',
    summary: 'Names the first cause why an environment is not well.',
    details: `Walks from the outside in: domain, load balancer, web
tasks, database, user import, last deployment, costs; says
what fixes it, and what it could not ask. It only reads.`,
  },
  {
    name: 'first-contact',
    summary: 'Asks a deployed environment for what only AWS can prove.',
    details: `All of doctor's questions, and the rows of docs/proofs.md.
Nothing is changed; docs/read-only-policy.json has the
rights that it needs. What to do where AWS is otherwise:
docs/first-deploy.md.`,
  },
] as const;

/** Adds `status`, `doctor` and `first-contact`. */
function addHealth(program: Command): void {
  for (const { name, summary, details } of HEALTH_COMMANDS) {
    addCommand(program, {
      name,
      summary,
      details,
      exitCodes: HEALTH_CODES,
    })
      .addArgument(environmentOrRehearsalArgument('<environment>'))
      .option('--json', 'print it for a program')
      .action(async (environmentName: EnvironmentName, options: { json?: boolean }) => {
        await endWithOutcome(async () => {
          const { runHealth } = await import('./health/health');
          return await runHealth(environmentName, name, { ...options, columns: process.stdout.columns });
        });
      });
  }
}

function addImport(program: Command): void {
  addCommand(program, {
    name: 'import',
    summary: 'Imports the users of a CSV file, and waits for the end.',
    details: `Checks the file, uploads it under a key of its own, submits
the job, and shows its states and its log. Ctrl-C leaves the
job to itself, and says how to follow it on, or that none
has begun.`,
    exitCodes: {
      0: 'imported',
      1: 'not imported; its log says why',
      2: 'not begun, or no such job; says why',
      3: 'maybe begun, and its end is not known',
    },
  })
    .addArgument(environmentOrRehearsalArgument('<environment>'))
    .argument('[file]', 'a CSV file (*.csv) in UTF-8; its first line names the columns')
    .option('--job <id>', 'follow this job on, instead of beginning one')
    .action(
      async (
        environmentName: EnvironmentName,
        csvPath: string | undefined,
        { job: jobId }: { job?: string },
        command: Command,
      ) => {
        const request = importRequest(csvPath, jobId);
        if (request === undefined) {
          return command.error('error: which file? Give one, or --job.');
        }
        const { runImport } = await import('./import/import-users');
        // Not by `endWithOutcome`, which prints at the end: an import prints all along.
        try {
          process.exitCode = await runImport(environmentName, request);
        } catch (error) {
          await endWithOutcome(() => failureOutcome(error));
        }
      },
    );
}

/** Request for a file or for a job. `undefined`: the caller gave neither, or both. */
function importRequest(csvPath: string | undefined, jobId: string | undefined): ImportRequest | undefined {
  if (csvPath !== undefined && jobId === undefined) return { csvPath };
  if (csvPath === undefined && jobId !== undefined) return { jobId };
  return undefined;
}

/** Adds `start` or `stop`. */
function addStartOrStop(program: Command, action: OfficeHoursAction, summary: string, exitCodes: ExitCodes): void {
  const details = 'As its schedules do, in their order; waits until it is done.';
  addCommand(program, {
    name: action,
    summary,
    details,
    exitCodes,
  })
    .addArgument(environmentOrRehearsalArgument('<environment>'))
    .action(async (environmentName: EnvironmentName) => {
      await endWithOutcome(async () => {
        const { runOfficeHours } = await import('./office-hours');
        return await runOfficeHours(environmentName, action);
      });
    });
}

function addDrift(program: Command): void {
  addCommand(program, {
    name: 'drift',
    summary: 'Reports in Markdown what somebody changed by hand.',
    exitCodes: {
      0: 'no drift',
      1: 'drift',
      2: 'not known',
    },
  })
    .argument('<stack>', 'the stack, e.g. ProoflinkDev')
    .action(async (stackName: string) => {
      await endWithOutcome(async () => {
        const { runDrift } = await import('./drift/drift');
        const outcome = await runDrift(stackName);
        // The report on stdout has the errors, too. A terminal, which shows both streams, would show them twice.
        return process.stdout.isTTY ? { ...outcome, stderr: '' } : outcome;
      });
    });
}

function addReachability(program: Command): void {
  addCommand(program, {
    name: 'reachability',
    summary: 'Shows who reaches whom over the network.',
    exitCodes: {
      0: 'only what must be reached is reached',
      1: 'more is reached, or less',
      2: 'not known',
    },
  })
    .argument('[assembly]', 'folder that "npx cdk synth" wrote', 'cdk.out')
    .action(async (assemblyFolder: string) => {
      await endWithOutcome(async () => {
        const { runReachability } = await import('./reachability');
        return runReachability(assemblyFolder);
      });
    });
}
