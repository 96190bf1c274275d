import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeOwnPath, renewCache } from '@infra/common/own-paths';

const run = promisify(execFile);

/** Version to install if none is found; older ones lack operations that the server calls. */
export const MOTO_REQUIREMENT = 'moto[server]==5.2.1';

/** Last lines of a failed program to report: pip prints its reason some lines before the end. */
const LINES = 8;

const virtualEnvironment = join(process.cwd(), 'node_modules', '.cache', 'local-aws-python');
const virtualPython = join(virtualEnvironment, 'bin', 'python');
const candidates = [virtualPython, 'python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

// Looks up the server's imports, so that a moto without its extras fails. A real import takes a second.
const probe = `
import sys
from importlib.metadata import version
from importlib.util import find_spec
if not all(map(find_spec, ['cfnlint', 'cryptography', 'flask', 'flask_cors', 'docker'])): sys.exit(1)
print(sys.executable)
print(version('moto'))
`;

/** True for versions of moto that the server supports. */
export function isUsableMoto(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 5 ? minor >= 2 : major > 5;
}

/** Path of a Python with moto 5.2 or newer, which is installed into the cache if none is found. */
export async function preparePython(report: (line: string) => void): Promise<string> {
  for (const candidate of candidates) {
    const found = await pythonWithMoto(candidate);
    if (found) return found;
  }
  return await install(report);
}

async function pythonWithMoto(candidate: string): Promise<string | undefined> {
  if (candidate === virtualPython && !existsSync(candidate)) return undefined;
  try {
    const { stdout } = await run(candidate, ['-c', probe]);
    const [executable, version] = stdout.trim().split('\n');
    return executable && isUsableMoto(version ?? '') ? executable : undefined;
  } catch {
    return undefined;
  }
}

async function install(report: (line: string) => void): Promise<string> {
  const base = await newestPython();
  report(`no Python with moto 5.2 found: installing ${MOTO_REQUIREMENT} into node_modules/.cache`);
  renewCache(virtualEnvironment);
  try {
    await follow(base, ['-m', 'venv', virtualEnvironment], report);
    await follow(virtualPython, ['-m', 'pip', 'install', '--disable-pip-version-check', MOTO_REQUIREMENT], report);
  } catch (error) {
    removeOwnPath(virtualEnvironment);
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`Could not install moto for the local AWS:\n\n${said}\n\n${advice(said)}`, { cause: error });
  }
  const python = await pythonWithMoto(virtualPython);
  if (!python) throw new Error(`${virtualEnvironment} is damaged: delete the folder and start again.`);
  return python;
}

function advice(said: string): string {
  if (/ensurepip|No module named venv/.test(said)) {
    return 'On Debian and Ubuntu:\n\n  sudo apt install python3-venv\n\nThen start it again.';
  }
  return [
    'If this machine needs options to reach a package index, create a virtual environment by hand (not with',
    '`pip install` alone: Debian, Ubuntu and Homebrew refuse that), and put it first in the path:',
    '',
    '  python3 -m venv ~/.venvs/moto',
    `  ~/.venvs/moto/bin/pip install '${MOTO_REQUIREMENT}'   # with the options that your network needs`,
    '  export PATH="$HOME/.venvs/moto/bin:$PATH"',
    '',
    'Then start it again.',
  ].join('\n');
}

async function newestPython(): Promise<string> {
  for (const candidate of candidates.slice(1)) {
    try {
      await run(candidate, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']);
      return candidate;
    } catch {
      // Try the next one.
    }
  }
  throw new Error(
    [
      'The local AWS is a Python program, and no Python 3.10 or newer was found.',
      'Install one: `sudo apt-get install python3 python3-venv` (Debian, Ubuntu), `brew install python` (macOS),',
      'or see python.org.',
    ].join('\n'),
  );
}

async function follow(command: string, args: string[], report: (line: string) => void): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const note = (data: Buffer): void => {
    for (const line of data
      .toString()
      .split('\n')
      .filter((each) => each.trim())) {
      said.push(line.trim());
      report(line.trim());
    }
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    const last = said.slice(-LINES).map((line) => `  ${line}`);
    throw new Error([`${[command, ...args].join(' ')} says:`, ...last].join('\n'));
  }
}
