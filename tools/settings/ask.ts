import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** Takes a value from a person, without showing it, or all of a pipe; a line's end at the end is not part of it. */
export async function askValue(key: string, input: NodeJS.ReadStream = process.stdin): Promise<string> {
  if (!input.isTTY) return (await text(input)).replace(/\r?\n$/, '');
  process.stderr.write(`${key}: `);
  const silent = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  const terminal = createInterface({ input, output: silent, terminal: true, historySize: 0 });
  try {
    // Ctrl-C and Ctrl-D close without a line.
    return await new Promise<string>((resolve) => {
      terminal.once('line', resolve).once('close', () => {
        resolve('');
      });
    });
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
