import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');
const RULES = ['own/removals'];

/** A program, since Jest loads no ES module. */
const LINT = `
  import { readFileSync } from 'node:fs';
  import { ESLint } from 'eslint';
  import tseslint from 'typescript-eslint';
  const [rules, files] = JSON.parse(readFileSync(0, 'utf8'));
  const eslint = new ESLint({
    overrideConfig: [tseslint.configs.disableTypeChecked],
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  });
  const reported = [];
  for (const { file, line } of files) {
    const [{ messages }] = await eslint.lintText(line + '\\n', { filePath: file });
    reported.push(messages.map(({ message }) => message).join());
  }
  console.log(JSON.stringify(reported));
`;

/** A line, as if it were alone in its file. */
interface Row {
  readonly file: string;
  readonly line: string;
  /** Part of its refusal; it is allowed without. */
  readonly message?: string;
}

const refused = (file: string, line: string, message: string): Row => ({ file, line, message });
const allowed = (file: string, line: string): Row => ({ file, line });

const REMOVALS: readonly Row[] = [
  refused('packages/doctor/src/drift/drift.ts', "import { rmSync as gone } from 'node:fs';", 'use removeOwnPath'),
  refused('lib/outputs.ts', "import fs from 'node:fs/promises'; void fs['rm']('x');", 'use removeOwnPath'),
  refused('lib/constructs/migration/index.js', "const { rmdir } = require('fs'); rmdir('x');", 'use removeOwnPath'),
  refused(
    'packages/local-aws/server/runtime/balancer.mjs',
    "import { unlink } from 'node:fs'; unlink('x');",
    'use removeOwnPath',
  ),
  refused('packages/common/src/at-exit.ts', "spawnSync('rm', ['-rf', 'x']);", 'use removeOwnPath'),
  refused('packages/doctor/src/drift/drift.ts', 'spawnSync("sh", ["-c", `cd ${x} && rm -rf *`]);', 'use removeOwnPath'),
  refused('packages/local-aws/src/python.ts', "run(base, ['-m', 'venv', '--clear', folder]);", 'use removeOwnPath'),
  allowed('packages/common/src/own-paths.ts', "import { rmSync } from 'node:fs'; rmSync('x');"),
  allowed('packages/doctor/src/drift/drift.ts', "removeOwnPath('rms');"),
];

/** Messages on each row. */
let messages: ReadonlyMap<Row, string>;

beforeAll(() => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', LINT], {
    cwd: ROOT,
    encoding: 'utf8',
    input: JSON.stringify([RULES, REMOVALS]),
  });
  expect(stderr).toBe('');
  const reported = JSON.parse(stdout) as string[];
  messages = new Map(REMOVALS.map((row, index) => [row, reported[index] ?? 'not linted']));
});

const refusals = REMOVALS.filter(({ message }) => message !== undefined);
const admissions = REMOVALS.filter(({ message }) => message === undefined);

test.each(refusals)('TypeScript and JavaScript remove nothing but through own-paths.ts: $file, $line', (row) => {
  expect(messages.get(row)).toContain(row.message);
});

test.each(admissions)('allowed in $file: $line', (row) => {
  expect(messages.get(row)).toBe('');
});
