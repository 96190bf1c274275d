import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CannotTellError } from '@infra/common/outcome';

/** A terminal sends the lines of a pasted text one by one. The text has ended if no line follows within this time. */
const PASTE_PAUSE_MS = 200;

const PEM_BEGIN = '-----BEGIN ';
/** One or several blocks of PEM, such as a key with its certificate. */
const PEM = /^(?:-----BEGIN (.+)-----\n[^]*?-----END \1-----\n*)+$/;

/**
 * Characters that no value may have. NUL ends an environment variable, and is in every text in UTF-16. The replacement
 * character stands for bytes of a terminal that does not send UTF-8.
 */
const NOT_TEXT = /[\0\ufffd]/;

/**
 * Reads the value of a key: in a terminal from a person, without showing the value, otherwise everything from the pipe or
 * file that stdin is. The end of the last line does not belong to the value.
 */
export async function askValue(key: string, input: NodeJS.ReadStream = process.stdin): Promise<string> {
  if (input.isTTY) return await readTyped(key, input);
  const value = await readPiped(input);
  return value.replace(/\r?\n$/, '');
}

async function readPiped(input: NodeJS.ReadStream): Promise<string> {
  const bytes = await buffer(input);
  return requireText(decodeUtf8(bytes));
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
  return new CannotTellError(
    'The value is not set: it is no text in UTF-8. Convert a file first (iconv -t UTF-8), or encode binary data (base64).',
  );
}

/** Reads a value that a person types or pastes; empty if the person gives up. */
async function readTyped(key: string, input: NodeJS.ReadStream): Promise<string> {
  process.stderr.write(`${key}: `);
  const terminal = createInterface({
    input,
    output: silentOutput(),
    terminal: true,
    historySize: 0,
    crlfDelay: Infinity,
  });
  const lines: string[] = [];
  try {
    const isComplete = await readLines(terminal, lines);
    if (!isComplete) return '';
    // A pasted text may end within a line, which readline still holds.
    const value = [...lines, terminal.line].join('\n').replace(/\n+$/, '');
    const hasSeveralLines = value.includes('\n');
    if (!hasSeveralLines || PEM.test(value)) return requireText(value);
    throw new CannotTellError(
      `${key} is not set: several lines were pasted, and only a PEM is taken so. Pipe a file with them into this command.`,
    );
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

/** Output for readline, which would otherwise show what is typed. */
function silentOutput(): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
}

/**
 * Adds lines to the list until the value is complete: no PEM is open, and no further line has come during the pause. Returns
 * false if Ctrl-C or Ctrl-D came before.
 */
async function readLines(terminal: Interface, lines: string[]): Promise<boolean> {
  return await new Promise<boolean>((resolve) => {
    let pasteTimer: NodeJS.Timeout | undefined;
    terminal.on('line', (line) => {
      lines.push(line);
      clearTimeout(pasteTimer);
      if (isInsidePem(lines)) return;
      pasteTimer = setTimeout(() => {
        resolve(true);
      }, PASTE_PAUSE_MS);
    });
    terminal.once('close', () => {
      resolve(false);
    });
  });
}

function isInsidePem(lines: readonly string[]): boolean {
  const [firstLine = ''] = lines;
  return firstLine.startsWith(PEM_BEGIN) && !PEM.test(lines.join('\n'));
}
