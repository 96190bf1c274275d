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

/** A program in which only the shell's own commands are used: nothing else is in the path. */
function program(path: string, script: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

const CACHE = 'node_modules/.cache/local-aws-python';

/** What the local AWS says where `python3` answers `-m venv` so, and the Python that this makes answers `-m pip` so. */
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

describe('where moto cannot be installed', () => {
  it('pip’s reason comes first, and then what works where Python is managed by the system', () => {
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

  it('a Debian without ensurepip is told its package, and nothing else', () => {
    const said = startWith({ venv: 'echo "ensurepip is not available."; echo "Failing command: python3"; exit 1' });
    expect(said).toMatch(/ensurepip is not available[^]*sudo apt install python3-venv/);
    expect(said).not.toContain('pip install');
  });

  it('nothing is left, and a folder of that name which something else made is not touched', () => {
    const file = join(directory, CACHE, 'bin', 'python');
    startWith({ venv: `/bin/mkdir -p ${CACHE}/bin; exit 1` });
    expect(existsSync(join(directory, CACHE))).toBe(false);
    program(file, 'exit 1');
    const said = startWith({ venv: 'exit 1' });
    expect(said).toContain(`${CACHE} is no cache that was made here, and is left alone. To remove it: `);
    expect(existsSync(file)).toBe(true);
  });

  it('a machine with an old Python only is told which one it needs', () => {
    expect(startWith({ version: 'exit 1', venv: 'exit 0' })).toContain('no Python 3.10 or newer was found');
  });
});
