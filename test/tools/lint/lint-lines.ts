import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** A program, since Jest loads no ES module. */
const LINT = `
  import { ESLint } from 'eslint';
  import tseslint from 'typescript-eslint';
  const [rules, files] = JSON.parse(process.argv[1]);
  const eslint = new ESLint({
    overrideConfig: [tseslint.configs.disableTypeChecked],
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  });
  const found = [];
  for (const [file, line] of files) {
    const [{ messages }] = await eslint.lintText(line + '\\n', { filePath: file });
    found.push(messages.map(({ message }) => message).join());
  }
  console.log(JSON.stringify(found));
`;

/** Lints lines by some of the rules as if each stood in its file alone; returns what is said of each. */
export function lintLines(
  rules: readonly string[],
  files: readonly (readonly [file: string, line: string, ...unknown[]])[],
): string[] {
  const args = ['--input-type=module', '--eval', LINT, JSON.stringify([rules, files])];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as string[];
}
