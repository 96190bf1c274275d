import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** Lints one line per file by the given rules, as if it stood there. A program, since Jest loads no ES module. */
const LINT = `
  import { ESLint } from 'eslint';
  import tseslint from 'typescript-eslint';
  const [rules, lines] = JSON.parse(process.argv[1]);
  const eslint = new ESLint({
    overrideConfig: [tseslint.configs.disableTypeChecked],
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  });
  const found = [];
  for (const [file, line] of lines) {
    const [{ messages }] = await eslint.lintText(line + '\\n', { filePath: file });
    found.push(messages.map(({ message }) => message).join());
  }
  console.log(JSON.stringify(found));
`;

/** What ESLint says of each line by these rules; empty where it says nothing. */
export function lintLines(
  rules: readonly string[],
  lines: readonly (readonly [file: string, line: string, ...string[]])[],
) {
  const args = ['--input-type=module', '--eval', LINT, JSON.stringify([rules, lines])];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as string[];
}
