import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';

let directory: string;

beforeEach(() => {
  directory = makeTemporaryFolder('python-');
});

afterEach(() => {
  removeMade(directory);
});

/** Shell script limited to built-in commands: the path contains nothing else. */
function program(path: string, script: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

const CACHE = 'node_modules/.cache/local-aws-python';

/** Output of a start with scripted answers of `python3`, and of the Python in its virtual environment. */
function startWith(answers: { version?: string; venv: string; pip?: string }): string {
  const python = join(directory, 'bin', 'python3');
  program(
    python,
    `case "$*" in *version_info*) ${answers.version ?? 'exit 0'};; *venv*) ${answers.venv};; *) exit 1;; esac`,
  );
  if (answers.pip !== undefined) {
    program(join(directory, 'made'), `case "$*" in *pip*) ${answers.pip};; *) exit 1;; esac`);
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...['-r', resolve('tools/register.js'), '-e'],
      `require(${JSON.stringify(resolve('packages/local-aws/src'))}).startLocalAws().catch((error) => console.log(error.message))`,
    ],
    { cwd: directory, env: { PATH: join(directory, 'bin') }, encoding: 'utf8' },
  );
  return stdout + stderr;
}

describe('a failed installation of moto', () => {
  it('reports pip’s reason first, then the steps for an externally managed Python', () => {
    const said = startWith({
      venv: `/bin/mkdir -p ${CACHE}/bin && /bin/cp made ${CACHE}/bin/python`,
      pip: 'echo "WARNING: Retrying"; echo "ERROR: No matching distribution found for moto[server]==5.2.1" >&2; echo "[notice] A new release of pip"; exit 1',
    });
    const places = ['ERROR: No matching distribution found', 'python3 -m venv', '/bin/pip install'];
    const found = places.map((each) => said.indexOf(each));
    expect(found).not.toContain(-1);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(said).not.toMatch(/python3 -m pip install|^ *pip install/m);
  });

  it('names only the missing package on a Debian without ensurepip', () => {
    const said = startWith({ venv: 'echo "ensurepip is not available."; echo "Failing command: python3"; exit 1' });
    expect(said).toMatch(/ensurepip is not available[^]*sudo apt install python3-venv/);
    expect(said).not.toContain('pip install');
  });

  it('leaves nothing behind, and does not touch a foreign folder at its path', () => {
    const file = join(directory, CACHE, 'bin', 'python');
    startWith({ venv: `/bin/mkdir -p ${CACHE}/bin; exit 1` });
    expect(existsSync(join(directory, CACHE))).toBe(false);
    program(file, 'exit 1');
    const said = startWith({ venv: 'exit 1' });
    expect(said).toContain(`${CACHE} is no cache that was made here, and is left alone. To remove it: `);
    expect(existsSync(file)).toBe(true);
  });

  it('names the required version if Python is too old', () => {
    expect(startWith({ version: 'exit 1', venv: 'exit 0' })).toContain('no Python 3.10 or newer was found');
  });
});
