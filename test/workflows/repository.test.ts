import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import rules from '../mutation/rules.stryker.json';
import stacks from '../mutation/stacks.stryker.json';
import { scripts } from '../../package.json';
import { compilerOptions } from '../../tsconfig.json';
import { ROOT } from './workflow';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('types are checked strictly, and what production loads is declared', () => {
  expect(compilerOptions).toMatchObject({ strict: true, noUncheckedIndexedAccess: true, noImplicitReturns: true });
  expect(scripts.lint).toContain('knip --production --strict --include unlisted');
});

test('what holds a password, or an account’s answers, is never committed', () => {
  expect(read('.gitignore').split('\n')).toEqual(expect.arrayContaining(['cdk.out*/', 'cdk.context.json', 'moving/']));
});

test('people work with an LTS of Node', () => {
  expect(Number(read('.nvmrc')) % 2).toBe(0);
});

test('each file of lib is judged by one half of the mutants, which fails below nine tenths', () => {
  expect(stacks.mutate).toEqual(['lib/**/*.ts', ...rules.mutate.map((file) => `!${file}`)]);
  expect([rules, stacks].map(({ thresholds }) => thresholds.break)).toEqual([90, 90]);
});
