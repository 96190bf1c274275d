import { Command, CommanderError, Help } from 'commander';
import { endWith, failure } from './outcome';

/** Help fits into a narrow terminal beside an editor. */
const WIDTH = 60;
const USAGE = 'Usage: ';

/** What a command's exit codes mean; 2 is also a call that makes no sense. */
export type ExitCodes = Readonly<Record<0 | 2, string> & Partial<Record<1, string>>>;

/** A program in this repository's one style, called as its name says, e.g. `npm run bench --`. */
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

/** Adds a command to a program; its own help has the details below what the program's list says of it. */
export function newCommand(program: Command, name: string, summary: string, codes: ExitCodes, details = ''): Command {
  const command = program.command(name).summary(summary).description(`${summary}\n${details}`.trimEnd());
  return withExitCodes(command, codes).showHelpAfterError(`How to call it: ${program.name()} ${name} --help`);
}

/** Says in a command's help what its exit codes mean. */
export function withExitCodes(command: Command, codes: ExitCodes): Command {
  const lines = Object.entries(codes).map(([code, meaning]) => `  ${code}  ${meaning}`);
  return command.addHelpText('after', ['', 'Exit codes:', ...lines].join('\n'));
}

/** Runs a program and sets the exit code of this process. */
export async function start(program: Command, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  if (!process.stdout.isTTY) noColour();
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has said it already.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else await endWith(() => failure(error));
  }
}

/** A file or a pipe gets no colour codes. Some libraries believe that the log of a CI is a terminal. */
function noColour(): void {
  delete process.env.FORCE_COLOR;
  process.env.NO_COLOR = '1';
}
