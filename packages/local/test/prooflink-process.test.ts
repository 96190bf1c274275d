import * as childProcess from 'node:child_process';
import type { LocalAws } from '@infra/local-aws';
import { runProoflink } from '../src/prooflink-process';

jest.mock('node:child_process', () => ({
  ...jest.requireActual<object>('node:child_process'),
  spawn: jest.fn(),
}));

const { spawn } = jest.requireActual<typeof childProcess>('node:child_process');
const env = { PATH: process.env['PATH'] ?? '' };
const aws = { env } as Partial<LocalAws> as LocalAws;

/** A command of `npm run prooflink`: its progress goes to stderr, and its summary to stdout. */
interface CommandEnd {
  readonly progress?: string;
  readonly summary?: string;
  readonly exitCode: number;
}

/** Lets a script of the shell run in place of the command. */
function replaceCommand({ progress = '', summary = '', exitCode }: CommandEnd): void {
  const script = 'printf "%s" "$1" >&2; printf "%s" "$2"; exit "$3"';
  jest.mocked(childProcess.spawn).mockImplementation((_program, _args, options) => {
    return spawn('sh', ['-c', script, 'sh', progress, summary, String(exitCode)], options);
  });
}

const run = (props?: Parameters<typeof runProoflink>[2]) => runProoflink(aws, ['status', 'dev'], props);

test('a command that succeeds returns what it prints to stdout, and reports its progress line by line', async () => {
  replaceCommand({ progress: '1/2 Check\n2/2 Deploy\n', summary: 'dev is well', exitCode: 0 });
  const progressLines: string[] = [];
  const report = (line: string) => progressLines.push(line);
  expect(await run({ report })).toBe('dev is well');
  expect(progressLines).toEqual(['1/2 Check', '2/2 Deploy']);
});

test('the error of a command that ends with 1 has its progress, then its summary, which may refer to it', async () => {
  replaceCommand({
    progress: 'Resource handler returned message: no\n',
    summary: 'The CDK CLI says why above.\n',
    exitCode: 1,
  });
  await expect(run()).rejects.toThrow(
    'npm run prooflink -- status dev failed\n\nResource handler returned message: no\nThe CDK CLI says why above.',
  );
});

test('a command that a signal ends has failed', async () => {
  jest.mocked(childProcess.spawn).mockImplementation((_program, _args, options) => {
    return spawn('sh', ['-c', 'kill -TERM $$'], options);
  });
  await expect(run()).rejects.toThrow('npm run prooflink -- status dev failed');
});
