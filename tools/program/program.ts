import { Command, CommanderError, Help } from 'commander';
import { endWith, failure } from '@infra/common/outcome';

/** Columns of a help text: it fits into a narrow terminal next to an editor. */
const WIDTH = 60;
const USAGE = 'Usage: ';

/** Meanings of a command's exit codes. A wrong call also exits with 2. */
export type ExitCodes = Readonly<Record<0 | 2, string> & Partial<Record<1 | 3, string>>>;

/** A program in this repository's style. Its name is how it is called, e.g. `npm run bench --`. */
export function newProgram(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .configureHelp({
      helpWidth: WIDTH,
      minWidthToWrap: 20,
      subcommandTerm: (command) => command.name(),
      styleUsage: (usage) =>
        new Help().boxWrap(usage, WIDTH - USAGE.length).replaceAll('\n', `\n${' '.repeat(USAGE.length)}`),
    })
    .helpOption('-h, --help', 'show this')
    .helpCommand(false)
    .showHelpAfterError(`How to call it: ${name} --help`)
    .exitOverride();
}

/** Adds a command to a program. Its help shows the details below the summary. */
export function newCommand(program: Command, name: string, summary: string, codes: ExitCodes, details = ''): Command {
  const command = program.command(name).summary(summary).description(`${summary}\n${details}`.trimEnd());
  return withExitCodes(command, codes).showHelpAfterError(`How to call it: ${program.name()} ${name} --help`);
}

/** Adds the exit codes to a command's help. */
export function withExitCodes(command: Command, codes: ExitCodes): Command {
  const lines = Object.entries(codes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return command.addHelpText('after', ['', 'Exit codes:', ...lines].join('\n'));
}

/** Runs a program with the arguments of this process. */
export async function start(program: Command): Promise<void> {
  if (!process.stdout.isTTY) {
    // No colour codes in a file or a pipe, although some libraries take a CI's log for a terminal.
    delete process.env.FORCE_COLOR;
    process.env.NO_COLOR = '1';
  }
  // A reader of the pipe may stop, as `head` does; the exit code stays the same.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  await run(program, process.argv.slice(2));
}

/** Runs a program and sets the exit code of this process. */
export async function run(program: Command, args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has already printed the message.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else await endWith(() => failure(error));
  }
}
