import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { INTERRUPTED_EXIT_CODE } from '@infra/commands/steps';
import { CannotTellError } from '@infra/common/outcome';
import { runProcess } from '@infra/commands/run-process';
import { words } from './words';

/** Programs that the commands start, and a person installs. */
type Program = 'aws' | 'psql' | 'session-manager-plugin';

const PLUGIN_DOWNLOADS = 'https://s3.amazonaws.com/session-manager-downloads/plugin/latest';

/** Throws a CannotTellError with the line that installs a program, if this machine lacks it. */
export async function requireProgram(program: Program): Promise<void> {
  const version = await readVersion(program);
  if (version === undefined) throw new CannotTellError(words.missing({ program, install: installLine(program) }));
  // It lacks `logs tail`, and the endpoint of a local AWS.
  if (version.startsWith('aws-cli/1.')) throw new CannotTellError(words.oldAwsCli({ install: installLine(program) }));
}

/** Text that a program prints for `--version`; `undefined` if this machine lacks the program. */
async function readVersion(program: Program): Promise<string | undefined> {
  try {
    const { stdout } = await runProcess(program, ['--version']);
    return stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function installLine(program: Program): string {
  const isMac = process.platform === 'darwin';
  switch (program) {
    case 'aws':
      return isMac
        ? 'brew install awscli'
        : 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html';
    case 'psql':
      return isMac ? 'brew install libpq && brew link --force libpq' : 'sudo apt-get install postgresql-client';
    case 'session-manager-plugin':
      return isMac ? 'brew install --cask session-manager-plugin' : debianPlugin();
  }
}

function debianPlugin(): string {
  const folder = process.arch === 'arm64' ? 'ubuntu_arm64' : 'ubuntu_64bit';
  const file = 'session-manager-plugin.deb';
  return `curl -sO ${PLUGIN_DOWNLOADS}/${folder}/${file} && sudo dpkg -i ${file}`;
}

interface TerminalOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly directory?: string;
}

/** Runs a program in this terminal to its end. Returns 0, 130 after Ctrl-C, or else 1. Ctrl-C is for the program alone. */
export async function runInTerminal(
  program: string,
  args: readonly string[],
  { env = process.env, directory }: TerminalOptions = {},
): Promise<number> {
  const leaveToProgram = () => undefined;
  process.on('SIGINT', leaveToProgram);
  try {
    const child = spawn(program, args, { stdio: 'inherit', env, cwd: directory });
    const [exitCode, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    if (exitCode === 0) return 0;
    return exitCode === INTERRUPTED_EXIT_CODE || signal === 'SIGINT' ? INTERRUPTED_EXIT_CODE : 1;
  } finally {
    process.off('SIGINT', leaveToProgram);
  }
}
