import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import rules from '../mutation/rules.stryker.json';
import stacks from '../mutation/stacks.stryker.json';
import { scripts } from '../../../package.json';
import { compilerOptions } from '../../../tsconfig.json';
import { ROOT } from './workflow';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('types are checked strictly', () => {
  expect(compilerOptions).toMatchObject({
    strict: true,
    noUncheckedIndexedAccess: true,
    noImplicitReturns: true,
  });
});

test('the lint refuses a package that production loads and package.json does not declare', () => {
  expect(scripts.lint).toContain('knip --production --strict --include unlisted');
});

const NEVER_COMMITTED = [
  { path: 'cdk.out*/', content: 'the templates' },
  { path: 'cdk.context.json', content: 'the answers of an account' },
  { path: 'moving/', content: 'passwords' },
];

test.each(NEVER_COMMITTED)('$path is never committed: it has $content', ({ path }) => {
  expect(read('.gitignore').split('\n')).toContain(path);
});

test('people work with an LTS of Node', () => {
  expect(Number(read('.nvmrc')) % 2).toBe(0);
});

test('each file of lib is judged by one half of the mutants, but for the sentences, which no template has', () => {
  const judgedByRules = rules.mutate.map((file) => `!${file}`);
  expect(stacks.mutate).toEqual(['lib/**/*.ts', ...judgedByRules, '!lib/config/{en,ja}.ts']);
});

test.each([
  { half: 'rules', thresholds: rules.thresholds },
  { half: 'stacks', thresholds: stacks.thresholds },
])('the half $half of the mutants fails below nine tenths', ({ thresholds }) => {
  expect(thresholds.break).toBe(90);
});
