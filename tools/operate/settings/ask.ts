import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CannotTellError } from '@infra/common/outcome';

/** Timeout of the rest of a pasted text, in milliseconds. */
const REST = 200;
const PEM = /^(?:-----BEGIN (.+)-----\n[^]*?-----END \1-----\n*)+$/;

/** Takes a value from a person, without showing it, or all of a pipe; a line's end at the end is not part of it. */
export async function askValue(key: string, input: NodeJS.ReadStream = process.stdin): Promise<string> {
  return input.isTTY ? typed(key, input) : (await piped(input)).replace(/\r?\n$/, '');
}

async function piped(input: NodeJS.ReadStream): Promise<string> {
  try {
    return withoutGaps(new TextDecoder('utf-8', { fatal: true }).decode(await buffer(input)));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw noText();
    throw error;
  }
}

/** A terminal that does not send UTF-8 leaves replacement characters; NUL ends a variable, and betrays UTF-16. */
function withoutGaps(value: string): string {
  if (/[\0\ufffd]/.test(value)) throw noText();
  return value;
}

const noText = () =>
  new CannotTellError(
    'The value is not set: it is no text in UTF-8. Convert a file first (iconv -t UTF-8), or encode binary data (base64).',
  );

async function typed(key: string, input: NodeJS.ReadStream): Promise<string> {
  process.stderr.write(`${key}: `);
  const silent = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  const terminal = createInterface({ input, output: silent, terminal: true, historySize: 0, crlfDelay: Infinity });
  const lines: string[] = [];
  try {
    // Ctrl-C and Ctrl-D close without a value. A paste comes as several lines, a PEM until its end.
    const isWhole = await new Promise<boolean>((resolve) => {
      let rest: NodeJS.Timeout | undefined;
      terminal
        .on('line', (line) => {
          lines.push(line);
          clearTimeout(rest);
          if (lines[0]?.startsWith('-----BEGIN ') && !PEM.test(lines.join('\n'))) return;
          rest = setTimeout(() => {
            resolve(true);
          }, REST);
        })
        .once('close', () => {
          resolve(false);
        });
    });
    const value = [...lines, terminal.line].join('\n').replace(/\n+$/, '');
    if (!isWhole) return '';
    if (!value.includes('\n') || PEM.test(value)) return withoutGaps(value);
    throw new CannotTellError(
      `${key} is not set: several lines were pasted, and only a PEM is taken so. Pipe a file with them into this command.`,
    );
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
