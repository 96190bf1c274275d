import { type Message, untranslated } from './message';
import { escapeInvisible } from './untrusted-text';

/** Output and exit code of a command. */
export interface Outcome {
  /**
   * 0: all is well, 1: something is wrong, 2: unknown. The help of each command explains its codes; 3 and 4 have a meaning
   * of their own for each command that uses them.
   */
  readonly exitCode: 0 | 1 | 2 | 3 | 4;
  readonly stdout: string;
  readonly stderr: string;
}

/** Reason for which a command cannot answer, in words for its user. */
export class CannotTellError extends Error {
  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- Error takes any string
  constructor(message: Message, options?: ErrorOptions) {
    super(message, options);
  }
}

/** A sentence in each language. */
type Translations = Readonly<Record<'en' | 'ja', string>>;

/** Reason in the words of each language, for a package, which does not know its user's. The message is the English one. */
export class TranslatedError extends CannotTellError {
  constructor(readonly translations: Translations) {
    super(untranslated(translations.en));
  }
}

/** Beginnings of the message on an error that nobody foresaw. */
const UNEXPECTED_FAULT: Translations = {
  en: 'An unexpected fault of this program',
  ja: 'このプログラムの予期しないエラーです',
};

interface FailureOptions {
  /** Language of a message that has translations; English by default. */
  readonly language?: keyof Translations;
  /**
   * Makes the command's output from the error message; by default, there is none. The message itself is written to stderr
   * in any case.
   */
  readonly stdout?: (message: string) => string;
}

/**
 * The outcome of a command that threw an error. Its exit code is 2, even for a fault of the command: no error must read
 * as "all is well".
 */
export function failureOutcome(error: unknown, { language = 'en', stdout = () => '' }: FailureOptions = {}): Outcome {
  if (error instanceof TranslatedError) return failureWith(error.translations[language], '', stdout);
  if (error instanceof CannotTellError) return failureWith(error.message, '', stdout);
  const reason = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error ? `${error.stack ?? ''}\n` : '';
  return failureWith(`${UNEXPECTED_FAULT[language]}: ${reason}`, trace, stdout);
}

function failureWith(message: string, trace: string, stdout: (message: string) => string): Outcome {
  return {
    exitCode: 2,
    stdout: stdout(message),
    stderr: escapeInvisible(`${message}\n${trace}`, '\n'),
  };
}

/** The outcome of a command's work; that of a failure if the work throws an error. */
export async function outcomeOf(work: () => Outcome | Promise<Outcome>, options?: FailureOptions): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    return failureOutcome(error, options);
  }
}

/**
 * Writes the outcome of a command's work, and sets the exit code with which this process will end. Throws the work's error:
 * the program of the command writes it.
 */
export async function endWithOutcome(work: () => Outcome | Promise<Outcome>): Promise<void> {
  const { exitCode, stdout, stderr } = await work();
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  // Not process.exit(): output that a slow pipe has not taken yet would be lost.
  process.exitCode = exitCode;
}
