import { Command, CommanderError, type ErrorOptions, Help, type Option } from 'commander';
import { endWithOutcome, failureOutcome } from '@infra/common/outcome';
import { textWidth } from '@infra/common/text-width';
import { wrap } from '@infra/common/wrap';
import { language } from '@infra/common/language';
import { refusalInJapanese } from './refusal';
import { words } from './words';

/** Columns of a help text: it fits into a narrow terminal next to an editor. */
const HELP_COLUMNS = 60;
/** Descriptions are not wrapped if fewer columns than these remain beside the names that they describe. */
const FEWEST_DESCRIPTION_COLUMNS = 20;
/** Commander's titles of the parts of a help text, with those of this program. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': words.help.usage,
  'Arguments:': words.help.arguments,
  'Options:': words.help.options,
  'Commands:': words.help.commands,
};
/** Text before a usage. */
const USAGE_LABEL = `${words.help.usage} `;

/** Exit code of a call with arguments that the command does not have or refuses. As for every 2, the answer is not known. */
const WRONG_CALL_EXIT_CODE = 2;

/** Meanings of a command's exit codes. The help of each command explains at least 0 and 2. */
export type ExitCodes = Readonly<Record<0 | 2, string> & Partial<Record<1 | 3 | 4 | 130, string>>>;

/** A command whose refusals are in the language of this process. It refuses an option with a value that is given twice. */
class TranslatedCommand extends Command {
  override createCommand(name?: string): Command {
    return new TranslatedCommand(name);
  }

  override addOption(option: Option): this {
    super.addOption(option);
    const takesOneValue = option.required && !option.variadic;
    let isGiven = false;
    // Commander would use the last value.
    this.on(`option:${option.name()}`, () => {
      if (takesOneValue && isGiven) this.error(`error: option '${option.flags}' given more than once`);
      isGiven = true;
    });
    return this;
  }

  override error(message: string, options?: ErrorOptions): never {
    return super.error(language === 'ja' ? refusalInJapanese(message) : message, options);
  }
}

/**
 * Makes a program in this repository's style.
 * @param name - Command line that starts the program, e.g. `npm run deploy:local --`.
 */
export function newProgram(name: string, description: string): Command {
  const program = new TranslatedCommand(name).description(description);
  program.configureHelp({
    helpWidth: HELP_COLUMNS,
    minWidthToWrap: FEWEST_DESCRIPTION_COLUMNS,
    subcommandTerm: (command) => command.name(),
    styleUsage: wrapUsage,
    displayWidth: textWidth,
    boxWrap: (text, columns) => wrap(text, columns).join('\n'),
    styleTitle: (title) => TITLES[title] ?? title,
    argumentDescription: (argument) => translateNotes(new Help().argumentDescription(argument)),
    optionDescription: (option) => translateNotes(new Help().optionDescription(option)),
  });
  program.helpOption('-h, --help', words.help.helpOption);
  program.helpCommand(false);
  program.showHelpAfterError(words.help.howToCall({ command: name }));
  // Commander throws an error instead of ending the process; `runWithArguments` sets the exit code.
  program.exitOverride();
  return program;
}

/** Translates Commander's notes on choices and default at the end of a description. */
function translateNotes(description: string): string {
  return description
    .replace(/\(choices: (?=[^()]*\)$)/, `(${words.help.choices}: `)
    .replace(/(?<=\(|, )default: (?=[^()]*\)$)/, `${words.help.default}: `);
}

/** Breaks a long usage into lines. All lines begin in the column after "Usage: ". */
function wrapUsage(usage: string): string {
  const indent = ' '.repeat(textWidth(USAGE_LABEL));
  return wrap(usage, HELP_COLUMNS - indent.length).join(`\n${indent}`);
}

/** A command of a program, with the texts of its help. */
export interface CommandProps {
  readonly name: string;
  /** One sentence: in the program's list of commands, and at the begin of the command's own help. */
  readonly summary: string;
  /** Sentences below the summary in the command's own help; none by default. */
  readonly details?: string;
  readonly exitCodes: ExitCodes;
}

/** Adds a command to a program. The caller adds its arguments, its options and its action. */
export function addCommand(program: Command, { name, summary, details = '', exitCodes }: CommandProps): Command {
  const command = program.command(name);
  command.summary(summary);
  command.description(`${summary}\n${details}`.trimEnd());
  addExitCodesHelp(command, exitCodes);
  command.showHelpAfterError(words.help.howToCall({ command: `${program.name()} ${name}` }));
  return command;
}

/** Adds the meanings of the exit codes to the end of a command's help. */
export function addExitCodesHelp(command: Command, exitCodes: ExitCodes): Command {
  const codes = Object.keys(exitCodes);
  const width = Math.max(...codes.map((code) => code.length));
  const lines = Object.entries(exitCodes).map(([code, meaning]) => `  ${code.padEnd(width)}  ${meaning}`);
  const text = ['', words.help.exitCodes, ...lines].join('\n');
  return command.addHelpText('after', text);
}

/** Runs a program with the arguments of this process, and prepares stdout for a file or a pipe. */
export async function runAsProcess(program: Command): Promise<void> {
  if (!process.stdout.isTTY) turnColoursOff();
  ignoreClosedOutput();
  await runWithArguments(program, process.argv.slice(2));
}

/** Keeps colour codes out of a file or a pipe: some libraries take the log of a CI for a terminal. */
function turnColoursOff(): void {
  delete process.env.FORCE_COLOR;
  process.env.NO_COLOR = '1';
}

/** Errors of a pipe whose reader has ended, as `head` does, and of a terminal that was closed. */
const CLOSED_OUTPUT: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO']);

/** Ignores that nothing reads the output any more: the command goes on, and ends with its own exit code. */
function ignoreClosedOutput(): void {
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (!CLOSED_OUTPUT.has(error.code)) throw error;
    });
  }
}

/** Runs a program with these arguments, and sets the exit code of this process. */
export async function runWithArguments(program: Command, args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has already printed the help (exit code 0) or its error message.
      process.exitCode = error.exitCode === 0 ? 0 : WRONG_CALL_EXIT_CODE;
      return;
    }
    await endWithOutcome(() => failureOutcome(error, { language }));
  }
}
