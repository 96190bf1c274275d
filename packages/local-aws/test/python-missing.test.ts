import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { isUsableMoto, MOTO_REQUIREMENT } from '../src/python';

/** Working directory of a start, with scripts that play Python. */
let directory: string;

beforeEach(() => {
  directory = makeTemporaryFolder('python-');
});

afterEach(() => {
  removeOwnPath(directory);
});

/** Virtual environment that a start creates, below its working directory. */
const CACHE = 'node_modules/.cache/local-aws-python';

/** Writes a shell script. It may use built-in commands alone, since nothing else is on the path. */
function writeProgram(path: string, script: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

/** Shell commands by which the scripts answer. */
interface ScriptedAnswers {
  /** Answer of `python3` to the question for its version. */
  readonly version?: string;
  /** Answer of `python3` to `-m venv`. */
  readonly venv?: string;
  /** Answer of `made`, which a scripted `venv` copies to the virtual environment, to `-m pip`. */
  readonly pip?: string;
}

/** Starts a local AWS with a scripted Python; returns the output. */
function startWith({ version = 'exit 0', venv = 'exit 0', pip = 'exit 1' }: ScriptedAnswers): string {
  const python = `case "$*" in *version_info*) ${version};; *venv*) ${venv};; *) exit 1;; esac`;
  const pythonOfVenv = `case "$*" in *pip*) ${pip};; *) exit 1;; esac`;
  writeProgram(join(directory, 'bin', 'python3'), python);
  writeProgram(join(directory, 'made'), pythonOfVenv);

  const packageFolder = JSON.stringify(resolve('packages/local-aws/src'));
  const start = `require(${packageFolder}).startLocalAws().catch((error) => console.log(error.message))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-r', resolve('packages/common/register.js'), '-e', start], {
    cwd: directory,
    env: { PATH: join(directory, 'bin') },
    encoding: 'utf8',
  });
  return stdout + stderr;
}

describe('a failed installation of moto', () => {
  it('reports pip’s reason first, then the steps for an externally managed Python', () => {
    const output = startWith({
      venv: `/bin/mkdir -p ${CACHE}/bin && /bin/cp made ${CACHE}/bin/python`,
      pip: `echo WARNING: Retrying; echo 'ERROR: No matching distribution found' >&2; echo '[notice] A new pip'; exit 1`,
    });
    expect(output).toMatch(/ERROR: No matching distribution found[^]*python3 -m venv[^]*\/bin\/pip install/);
    expect(output).not.toMatch(/python3 -m pip install|^ *pip install/m);
  });

  it('leaves no virtual environment behind', () => {
    const output = startWith({ venv: `/bin/mkdir -p ${CACHE}/bin; echo began; exit 1` });
    expect(output).toContain('began');
    expect(existsSync(join(directory, CACHE))).toBe(false);
  });

  it('does not touch a folder at its path that it did not create', () => {
    const foreignFile = join(directory, CACHE, 'bin', 'python');
    writeProgram(foreignFile, 'exit 1');
    const output = startWith({ venv: 'exit 1' });
    expect(output).toContain(`${CACHE} is no cache that was made here, and is left alone. To remove it: `);
    expect(existsSync(foreignFile)).toBe(true);
  });

  it('names the required version if Python is too old', () => {
    expect(startWith({ version: 'exit 1' })).toContain('no Python 3.10 or newer was found');
  });
});

describe('a version of moto', () => {
  it.each(['', '4.9.0', '5.1.1'])('%j is too old', (version) => {
    expect(isUsableMoto(version)).toBe(false);
  });

  it.each(['5.2.0', '5.10.0', '6.0.0'])('%s is usable', (version) => {
    expect(isUsableMoto(version)).toBe(true);
  });

  it('that is installed by default is usable', () => {
    const [, version = ''] = MOTO_REQUIREMENT.split('==');
    expect(isUsableMoto(version)).toBe(true);
  });
});
