import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CannotTellError } from '@infra/common/outcome';

/** A pasted text has ended if its next line does not come within these milliseconds. */
const PASTE_PAUSE = 200;

const PEM_BEGIN = '-----BEGIN ';
/** One or several blocks of PEM, such as a key with its certificate. */
const PEM = /^(?:-----BEGIN (.+)-----\n[^]*?-----END \1-----\n*)+$/;

/** NUL ends a variable, and betrays UTF-16; a terminal that does not send UTF-8 leaves replacement characters. */
const NO_TEXT = /[\0\ufffd]/;

/** Takes a value from a person, without showing it, or all of a pipe; a line's end at the end is not part of it. */
export async function askValue(key: string, input: NodeJS.ReadStream = process.stdin): Promise<string> {
  if (input.isTTY) return await readTyped(key, input);
  const value = await readPiped(input);
  return value.replace(/\r?\n$/, '');
}

async function readPiped(input: NodeJS.ReadStream): Promise<string> {
  const bytes = await buffer(input);
  return requireText(decode(bytes));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw noTextError();
    }
    throw error;
  }
}

function requireText(value: string): string {
  if (NO_TEXT.test(value)) throw noTextError();
  return value;
}

function noTextError(): CannotTellError {
  return new CannotTellError(
    'The value is not set: it is no text in UTF-8. Convert a file first (iconv -t UTF-8), or encode binary data (base64).',
  );
}

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

/** Output on which readline shows nothing. */
function silentOutput(): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
}

/**
 * Reads lines until the value is complete: a paste comes as several lines, a PEM until its end. Returns false if Ctrl-C
 * or Ctrl-D ended that before.
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
      }, PASTE_PAUSE);
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
