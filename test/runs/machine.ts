import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = join(__dirname, '../..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

/** What else is among a person's temporary files. */
const STRANGERS = ['strangers.txt', 'strangers/file.txt'];

/** A folder for temporary files in which somebody else's files are, and tests to run there. */
export class Machine {
  readonly temporary: string;
  private readonly tests: string;

  constructor(parent: string, tests: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(join(parent, 'machine-'));
    [this.temporary, this.tests] = [join(folder, 'tmp'), join(folder, 'tests')];
    mkdirSync(join(this.temporary, 'strangers'), { recursive: true });
    mkdirSync(this.tests);
    for (const path of STRANGERS) writeFileSync(join(this.temporary, path), 'mine');
    for (const [name, body] of Object.entries(tests)) {
      writeFileSync(join(this.tests, `${name}.test.js`), `test('${name}', async () => { ${body} });\n`);
    }
  }

  /** What `npx jest` is called with: the config of `npm test`, only with these tests. */
  arguments(...args: string[]): string[] {
    return [JEST, '--config', join(ROOT, 'jest.config.js'), '--roots', this.tests, '--testMatch', '**/*.js', ...args];
  }

  /** The variables of a person whose shell has, by mistake, the one in which a run tells its workers where it is. */
  env(variables: NodeJS.ProcessEnv = { TMPDIR: this.temporary }): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    return { PATH, HOME, PROOFLINK_TEST_RUN: join(this.temporary, 'strangers'), ...variables };
  }

  start(args: readonly string[] = [], variables?: NodeJS.ProcessEnv) {
    const child = spawn(process.execPath, this.arguments(...args), { cwd: ROOT, env: this.env(variables) });
    const output = Promise.all([text(child.stdout), text(child.stderr)]).then((parts) => parts.join(''));
    const ended = once(child, 'close').then(async ([status]: unknown[]) => ({ status, output: await output }));
    return { child, ended };
  }

  /** Runs Jest to its end. */
  run(args?: readonly string[], variables?: NodeJS.ProcessEnv) {
    return this.start(args, variables).ended;
  }

  /** What is there besides the strangers' files, which are read for it. */
  left(): string[] {
    for (const path of STRANGERS) readFileSync(join(this.temporary, path));
    return readdirSync(this.temporary).filter((name) => !name.startsWith('strangers'));
  }
}
