import { Command, CommanderError, Help } from 'commander';
import { endWith, failure } from '@infra/common/outcome';

/** Columns of a help text: it fits into a narrow terminal next to an editor. */
const WIDTH = 60;
const MINIMUM_WIDTH = 20;
const USAGE = 'Usage: ';

/** Meanings of a command's exit codes. A wrong call also exits with 2. */
export type ExitCodes = Readonly<Record<0 | 2, string> & Partial<Record<1 | 3, string>>>;

/** A program in this repository's style. Its name is how it is called, e.g. `npm run bench --`. */
export function newProgram(name: string, description: string): Command {
  const program = new Command(name).description(description);
  program.configureHelp({
    helpWidth: WIDTH,
    minWidthToWrap: MINIMUM_WIDTH,
    subcommandTerm: (command) => command.name(),
    styleUsage: wrapUsage,
  });
  program.helpOption('-h, --help', 'show this');
  program.helpCommand(false);
  program.showHelpAfterError(`How to call it: ${name} --help`);
  program.exitOverride();
  return program;
}

/** Breaks a long usage into lines, which start below its first word. */
function wrapUsage(usage: string): string {
  const wrapped = new Help().boxWrap(usage, WIDTH - USAGE.length);
  const indent = ' '.repeat(USAGE.length);
  return wrapped.replaceAll('\n', `\n${indent}`);
}

/** Adds a command to a program. Its help shows the details below the summary. */
export function newCommand(program: Command, name: string, summary: string, codes: ExitCodes, details = ''): Command {
  const command = program.command(name);
  command.summary(summary);
  command.description(`${summary}\n${details}`.trimEnd());
  withExitCodes(command, codes);
  command.showHelpAfterError(`How to call it: ${program.name()} ${name} --help`);
  return command;
}

/** Adds the exit codes to a command's help. */
export function withExitCodes(command: Command, codes: ExitCodes): Command {
  const lines = Object.entries(codes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  const text = ['', 'Exit codes:', ...lines].join('\n');
  return command.addHelpText('after', text);
}

/** Runs a program with the arguments of this process. */
export async function start(program: Command): Promise<void> {
  if (!process.stdout.isTTY) turnColoursOff();
  endQuietlyWithPipe();
  await run(program, process.argv.slice(2));
}

/** No colour codes in a file or a pipe, although some libraries take a CI's log for a terminal. */
function turnColoursOff(): void {
  delete process.env.FORCE_COLOR;
  process.env.NO_COLOR = '1';
}

/** A reader of the pipe may stop, as `head` does; the exit code stays the same. */
function endQuietlyWithPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Runs a program and sets the exit code of this process. */
export async function run(program: Command, args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has already printed the message.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    await endWith(() => failure(error));
  }
}
