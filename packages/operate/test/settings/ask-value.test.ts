import { PassThrough } from 'node:stream';
import { openValuePrompt } from '../../src/settings/ask-value';
import { ROOT } from '@infra/testing/prooflink';
import { CTRL_C, nodeInTerminal } from '@infra/common/test/support/terminal';

let echoed = '';
beforeEach(() => {
  echoed = '';
  const hear = (chunk: string | Uint8Array) => {
    echoed += String(chunk);
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(hear);
  jest.spyOn(process.stderr, 'write').mockImplementation(hear);
});
afterEach(() => jest.restoreAllMocks());

async function piped(bytes: string | Buffer): Promise<string> {
  const pipe = new PassThrough();
  pipe.end(bytes);
  return await openValuePrompt('TLS_KEY', pipe as never).ask();
}

function fakeTerminal(): PassThrough {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => terminal });
  return terminal;
}

/** Text that is read from a terminal's pieces. */
async function typed(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const terminal = fakeTerminal();
  const prompt = openValuePrompt('TLS_KEY', terminal as never);
  try {
    const asked = prompt.ask();
    for (const piece of pieces) {
      terminal.write(piece);
      await new Promise(setImmediate);
    }
    return await asked;
  } finally {
    prompt.close();
  }
}

it('from a pipe, without the end of its line', async () => {
  expect(await piped('two\nlines\n')).toBe('two\nlines');
});

it('from a terminal, which shows nothing of it', async () => {
  expect(await typed('s3cret\r')).toBe('s3cret');
  expect(echoed).toBe('TLS_KEY: \n');
});

it('several lines are refused, and none of them is stored as the value', async () => {
  await expect(typed('first\rsecond')).rejects.toThrow(
    /^TLS_KEY is not set: .* Pipe a file with them into this command\.$/,
  );
});

it('Ctrl-C gives no value', async () => {
  expect(await typed('s3c', '\x03')).toBe('');
});

const SHIFT_JIS = Buffer.from([0x83, 0x70, 0x83, 0x58, 0x0a]);

it.each([
  ['Shift_JIS', SHIFT_JIS],
  ['UTF-16 without a mark', Buffer.from('s3cret', 'utf16le')],
])('what is no UTF-8 is refused, and not stored with characters replaced: %s', async (_, bytes) => {
  await expect(piped(bytes)).rejects.toThrow('The value is not set: it is no text in UTF-8.');
});

it('so is what a terminal sends in another encoding', async () => {
  await expect(typed(SHIFT_JIS)).rejects.toThrow('The value is not set: it is no text in UTF-8.');
});

describe('in a real terminal, before the question', () => {
  /** Opens the prompt, and asks once something was typed. */
  const PROGRAM = `
    const { openValuePrompt } = require('./packages/operate/src/settings/ask-value');
    const prompt = openValuePrompt('TLS_KEY');
    process.stdin.once('data', () => setImmediate(async () => {
      console.log(await prompt.ask().catch((error) => error.message));
      prompt.close();
    }));
    console.log('AWS is asked.');`;

  async function typedEarly(key: string): Promise<{ readonly raw: string; readonly exitCode: number }> {
    const args = ['-r', './packages/common/register.js', '-e', PROGRAM];
    return await nodeInTerminal(args, { cwd: ROOT, env: process.env, keys: [['AWS is asked.', key]] });
  }

  it('a value is not shown, and not taken', async () => {
    const { raw, exitCode } = await typedEarly('s3cret\r');
    expect(raw).not.toContain('s3cret');
    expect(raw).toContain('TLS_KEY is not set: something was typed before the question');
    expect(exitCode).toBe(0);
  });

  it('Ctrl-C ends the command', async () => {
    const { raw, exitCode } = await typedEarly(CTRL_C);
    expect(raw).not.toContain('TLS_KEY');
    expect(exitCode).toBe(130);
  });
});
