import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CannotTellError } from '@infra/common/outcome';
import { words } from './words';

/** Exit code of a program that Ctrl-C has ended, as a shell sets it. */
const INTERRUPTED_EXIT_CODE = 130;

/** A terminal sends the lines of a pasted text one by one. The text has ended if no line follows within this time. */
const PASTE_PAUSE_MS = 200;

/**
 * Characters that no value may have. NUL ends an environment variable, and is in every text in UTF-16. The replacement
 * character stands for bytes of a terminal that does not send UTF-8.
 */
const NOT_TEXT = /[\0\ufffd]/;

/** Question for the value of a key. */
export interface ValuePrompt {
  /** Asks for the value. Returns an empty one if the person gives up. */
  ask(): Promise<string>;
  /** Gives the terminal back. */
  close(): void;
}

/**
 * Prepares to read the value of a key: in a terminal from a person, otherwise everything from the pipe or file that stdin is.
 * From now on, the terminal shows nothing of what is typed, before the question, too.
 */
export function openValuePrompt(key: string, input: NodeJS.ReadStream = process.stdin): ValuePrompt {
  if (input.isTTY) return new TerminalPrompt(key, input);
  // A pipe has nothing to give back.
  return { ask: () => readPiped(input), close: () => undefined };
}

/** Reads a pipe to its end. The end of the last line does not belong to the value. */
async function readPiped(input: NodeJS.ReadStream): Promise<string> {
  const text = requireText(decodeUtf8(await buffer(input)));
  return text.replace(/\r?\n$/, '');
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw notTextError();
    }
    throw error;
  }
}

function requireText(value: string): string {
  if (NOT_TEXT.test(value)) throw notTextError();
  return value;
}

function notTextError(): CannotTellError {
  return new CannotTellError(words.noText);
}

class TerminalPrompt implements ValuePrompt {
  private readonly terminal: Interface;
  private readonly lines: string[] = [];
  private isAsked = false;

  constructor(
    private readonly key: string,
    input: NodeJS.ReadStream,
  ) {
    this.terminal = createInterface({
      input,
      output: silentOutput(),
      terminal: true,
      historySize: 0,
      crlfDelay: Infinity,
    });
    this.terminal.on('line', (line) => {
      this.lines.push(line);
    });
    this.terminal.once('close', exitBeforeQuestion);
  }

  public async ask(): Promise<string> {
    this.requireNothingTyped();
    this.terminal.off('close', exitBeforeQuestion);
    this.isAsked = true;
    process.stderr.write(`${this.key}: `);
    const isComplete = await this.readLines();
    if (!isComplete) return '';
    // A pasted text may end within a line, which readline still holds.
    const value = [...this.lines, this.terminal.line].join('\n').replace(/\n+$/, '');
    if (value.includes('\n')) throw new CannotTellError(words.severalLines({ key: this.key }));
    return requireText(value);
  }

  public close(): void {
    this.terminal.off('close', exitBeforeQuestion);
    this.terminal.close();
    if (this.isAsked) process.stderr.write('\n');
  }

  /** The terminal has shown what was typed before this program ran, and the rest of a value might follow the question. */
  private requireNothingTyped(): void {
    if (this.lines.length === 0 && this.terminal.line === '') return;
    throw new CannotTellError(words.typedBeforeQuestion({ key: this.key }));
  }

  /** Reads lines until no further one has come during the pause. Returns false if Ctrl-C or Ctrl-D came before. */
  private async readLines(): Promise<boolean> {
    return await new Promise<boolean>((resolve) => {
      let pasteTimer: NodeJS.Timeout | undefined;
      this.terminal.on('line', () => {
        clearTimeout(pasteTimer);
        pasteTimer = setTimeout(() => {
          resolve(true);
        }, PASTE_PAUSE_MS);
      });
      this.terminal.once('close', () => {
        resolve(false);
      });
    });
  }
}

/** readline takes Ctrl-C from the terminal, and closes. */
function exitBeforeQuestion(): void {
  process.exit(INTERRUPTED_EXIT_CODE);
}

/** Output for readline, which would otherwise show what is typed. */
function silentOutput(): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
}
