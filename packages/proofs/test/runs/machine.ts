import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = join(__dirname, '../../../..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
const CONFIG = join(ROOT, 'packages/commands/jest.config.js');

/** A setup that makes the run's folder, and no templates, which take seconds. */
const FOLDER_ONLY = require.resolve('./folder-only');

/** Folder of another owner among the temporary files. No run may remove anything of it. */
const STRANGERS_FOLDER = 'strangers';
const STRANGERS_FILES = ['strangers.txt', `${STRANGERS_FOLDER}/file.txt`];

/** A process that was started, and its end. */
interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
}

interface Ended {
  readonly status: number | null;
  /** All that the process printed, on stdout and on stderr. */
  readonly output: string;
}

/** A folder for temporary files, with files of another owner, and tests that run there. */
export class Machine {
  readonly temporary: string;
  private readonly tests: string;

  /** @param tests - Bodies of tests in JavaScript, by their names; each is a file of its own. */
  constructor(parent: string, tests: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(join(parent, 'machine-'));
    this.temporary = join(folder, 'tmp');
    this.tests = join(folder, 'tests');
    mkdirSync(join(this.temporary, STRANGERS_FOLDER), { recursive: true });
    mkdirSync(this.tests);
    for (const path of STRANGERS_FILES) {
      writeFileSync(join(this.temporary, path), 'mine');
    }
    for (const [name, body] of Object.entries(tests)) {
      const content = `test('${name}', async () => { ${body} });\n`;
      writeFileSync(join(this.tests, `${name}.test.js`), content);
    }
  }

  /** Node's arguments for `npx jest`: as for `npm test`, only with these tests, and by default without templates. */
  jest(args: readonly string[], globalSetup = FOLDER_ONLY): string[] {
    const ownTests = ['--roots', this.tests, '--testMatch', '**/*.js'];
    return [JEST, '--config', CONFIG, ...args, ...ownTests, '--globalSetup', globalSetup];
  }

  /**
   * Options for starting Jest.
   * PROOFLINK_TEST_RUN leads Jest's workers to the folder of their run; here it leads to a stranger's, by mistake.
   */
  private options() {
    const { PATH, HOME } = process.env;
    const PROOFLINK_TEST_RUN = join(this.temporary, STRANGERS_FOLDER);
    return { cwd: ROOT, env: { PATH, HOME, PROOFLINK_TEST_RUN, TMPDIR: this.temporary } };
  }

  /** Starts Node with arguments. */
  start(args: readonly string[]): Started {
    const child = spawn(process.execPath, args, this.options());
    return { child, ended: untilEnd(child) };
  }

  /** Runs Jest to its end. */
  async run(args: readonly string[]): Promise<Ended> {
    return await this.start(this.jest(args)).ended;
  }

  /** Names of the temporary files that runs have left. Throws if a stranger's file is gone. */
  left(): string[] {
    for (const path of STRANGERS_FILES) {
      readFileSync(join(this.temporary, path));
    }
    const names = readdirSync(this.temporary);
    return names.filter((name) => !name.startsWith(STRANGERS_FOLDER));
  }
}

/** Waits for the end of a process. */
async function untilEnd(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const outputs = Promise.all([text(child.stdout), text(child.stderr)]);
  await once(child, 'close');
  const [stdout, stderr] = await outputs;
  return { status: child.exitCode, output: stdout + stderr };
}
