import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = join(__dirname, '../..');

/** Other files among a person's temporary files. */
const STRANGERS = ['strangers.txt', 'strangers/file.txt'];

/** A folder for temporary files with another owner's files, and tests to run there. */
export class Machine {
  readonly temporary: string;
  private readonly tests: string;

  constructor(parent: string, tests: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(join(parent, 'machine-'));
    this.temporary = join(folder, 'tmp');
    this.tests = join(folder, 'tests');
    mkdirSync(join(this.temporary, 'strangers'), { recursive: true });
    mkdirSync(this.tests);
    for (const path of STRANGERS) writeFileSync(join(this.temporary, path), 'mine');
    for (const [name, body] of Object.entries(tests)) {
      writeFileSync(join(this.tests, `${name}.test.js`), `test('${name}', async () => { ${body} });\n`);
    }
  }

  /** Call of `npx jest`: as for `npm test`, only with these tests, and by default without templates. */
  jest(args: readonly string[] = [], globalSetup = require.resolve('./folder-only')): string[] {
    const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
    return [jest, ...args, '--roots', this.tests, '--testMatch', '**/*.js', '--globalSetup', globalSetup];
  }

  /** Start of a program of this repository, with the variable that leads workers to their run, by mistake. */
  options(variables: NodeJS.ProcessEnv = { TMPDIR: this.temporary }) {
    const { PATH, HOME } = process.env;
    return { cwd: ROOT, env: { PATH, HOME, PROOFLINK_TEST_RUN: join(this.temporary, 'strangers'), ...variables } };
  }

  /** Starts a program in a process group of its own, to which a terminal would send Ctrl-C. */
  start(args: readonly string[] = this.jest(), variables?: NodeJS.ProcessEnv) {
    const child = spawn(process.execPath, args, { ...this.options(variables), detached: true });
    return { child, ended: untilEnd(child) };
  }

  /** Runs Jest to its end. */
  run(args?: readonly string[], variables?: NodeJS.ProcessEnv) {
    return this.start(this.jest(args), variables).ended;
  }

  /** Files besides the strangers', which must exist, and programs' caches in a home folder. */
  left(): string[] {
    for (const path of STRANGERS) readFileSync(join(this.temporary, path));
    return readdirSync(this.temporary).filter((name) => !/^(strangers|\.)/.test(name));
  }
}

/** Waits for the end of a process, and returns its exit code and all that it printed. */
async function untilEnd(child: ChildProcessWithoutNullStreams): Promise<{ status: number | null; output: string }> {
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, output: stdout + stderr };
}
