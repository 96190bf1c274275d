import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { isUsableMoto, MOTO_REQUIREMENT } from '../src/python';

let directory: string;

beforeEach(() => {
  directory = makeTemporaryFolder('python-');
});

afterEach(() => {
  removeOwnPath(directory);
});

/** Shell script limited to built-in commands: the path contains nothing else. */
function program(path: string, script: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

const CACHE = 'node_modules/.cache/local-aws-python';
const PACKAGE = JSON.stringify(resolve('packages/local-aws/src'));

/** Output of a start with scripted answers of `python3`, and of the Python in its virtual environment. */
function startWith({ version = 'exit 0', venv = 'exit 0', pip = 'exit 1' }): string {
  const answers = `case "$*" in *version_info*) ${version};; *venv*) ${venv};; *) exit 1;; esac`;
  program(join(directory, 'bin', 'python3'), answers);
  program(join(directory, 'made'), `case "$*" in *pip*) ${pip};; *) exit 1;; esac`);
  const script = `require(${PACKAGE}).startLocalAws().catch((error) => console.log(error.message))`;
  const args = ['-r', resolve('tools/register.js'), '-e', script];
  const env = { PATH: join(directory, 'bin') };
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, env, encoding: 'utf8' });
  return stdout + stderr;
}

describe('a failed installation of moto', () => {
  it('reports pip’s reason first, then the steps for an externally managed Python', () => {
    const pip = `echo WARNING: Retrying; echo 'ERROR: No matching distribution found' >&2; echo '[notice] A new pip'; exit 1`;
    const said = startWith({ venv: `/bin/mkdir -p ${CACHE}/bin && /bin/cp made ${CACHE}/bin/python`, pip });
    expect(said).toMatch(/ERROR: No matching distribution found[^]*python3 -m venv[^]*\/bin\/pip install/);
    expect(said).not.toMatch(/python3 -m pip install|^ *pip install/m);
  });

  it('names only the missing package on a Debian without ensurepip', () => {
    const said = startWith({ venv: 'echo "ensurepip is not available."; echo "Failing command: python3"; exit 1' });
    expect(said).toMatch(/ensurepip is not available[^]*sudo apt install python3-venv/);
    expect(said).not.toContain('pip install');
  });

  it('leaves nothing behind, and does not touch a foreign folder at its path', () => {
    startWith({ venv: `/bin/mkdir -p ${CACHE}/bin; exit 1` });
    expect(existsSync(join(directory, CACHE))).toBe(false);
    const file = join(directory, CACHE, 'bin', 'python');
    program(file, 'exit 1');
    const foreign = `${CACHE} is no cache that was made here, and is left alone. To remove it: `;
    expect(startWith({ venv: 'exit 1' })).toContain(foreign);
    expect(existsSync(file)).toBe(true);
  });

  it('names the required version if Python is too old', () => {
    expect(startWith({ version: 'exit 1' })).toContain('no Python 3.10 or newer was found');
  });
});

test('moto is usable from 5.2 on, as is the version that is installed by default', () => {
  const versions = ['', '4.9.0', '5.1.1', '5.2.0', '5.10.0', '6.0.0', MOTO_REQUIREMENT.split('==')[1] ?? ''];
  expect(versions.map(isUsableMoto)).toEqual([false, false, false, true, true, true, true]);
});
