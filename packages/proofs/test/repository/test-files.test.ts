import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@infra/testing/prooflink';

/** Lines that a program prints at the root. */
function linesOf(program: string, ...args: string[]): string[] {
  const output = execFileSync(program, args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });
  return output.split('\n').filter(Boolean);
}

/** Files that git does not ignore. */
const files = (pattern: string) => linesOf('git', 'ls-files', '--cached', '--others', '--exclude-standard', pattern);

/** Configurations of Jest that the scripts name which `.ci/run --all` runs in each package. */
const configurations = files('packages/*/package.json').flatMap((manifest) => {
  const { scripts = {} } = JSON.parse(readFileSync(join(ROOT, manifest), 'utf8')) as {
    scripts?: Record<string, string>;
  };
  const run = ['test', 'long', 'paced', 'lives'].map((name) => scripts[name] ?? '').join('\n');
  return run.match(/packages\/\S+jest\.config\.js/g) ?? [];
});

test('each file of tests is run by a step of .ci/run --all: in another folder it would be silent', () => {
  const listed = linesOf('npx', 'jest', '--listTests', '--projects', 'jest.config.js', ...configurations);
  const run = new Set(listed.map((path) => path.slice(ROOT.length + 1)));
  expect(files('*.test.ts').filter((path) => !run.has(path))).toEqual([]);
});
