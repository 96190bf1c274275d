import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '@infra/common/outcome';
import { codeIn, filesWithoutOwner, runConfigLiterals } from '../../../tools/review/config-literals';

const ROOT = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const DEV = read('test/support/configs/dev.ts');

test.each(['lib/config/dev.ts', 'lib/config/prod.ts', 'test/support/configs/dev.ts', 'test/support/configs/prod.ts'])(
  '%s holds nothing but literals',
  (file) => {
    expect(codeIn(file, read(file))).toEqual([]);
  },
);

test('the environments’ own files, and no other of lib, are merged without an owner’s review', () => {
  expect(filesWithoutOwner(read('.github/CODEOWNERS'))).toEqual(['lib/config/dev.ts', 'lib/config/prod.ts']);
});

const IMPORT = "import { Duration } from 'aws-cdk-lib/core';";
const HOUR = 'Duration.hours(1)';
test.each<[string, string, string]>([
  ['a condition on where it is synthesized', 'multiAz: { off:', 'multiAz: process.env.GITHUB_WORKFLOW ? "on" : { off:'],
  ['a variable of the shell', HOUR, 'Duration.hours(Number(process.env.HOURS))'],
  ['a spread', 'officeHours: {', 'officeHours: { ...other,'],
  ['a computed name', 'officeHours: {', "officeHours: { ['start']: '10:00',"],
  ['a getter', 'officeHours: {', 'officeHours: { get start() { return "1" },'],
  ['a method', 'officeHours: {', 'officeHours: { start() { return "1" },'],
  ['a shorthand', 'officeHours: {', 'officeHours: { start,'],
  ['a function', HOUR, '(() => Duration.hours(1))()'],
  ['a function made of a text', HOUR, "Duration.constructor('code')"],
  ['a call of a call', HOUR, "Duration.hours.constructor('code')()"],
  ['a template', "'09:00'", '`${process.pid}`'],
  ['a tagged template', "'09:00'", 'String.raw`09:00`'],
  ['an instance', HOUR, 'new Date()'],
  ['a regular expression', "'09:00'", '/09/'],
  ['a cast', "'09:00'", 'globalThis as never'],
  ['a statement', 'export const', 'console.log(1);\nexport const'],
  ['a variable that changes', 'export const', 'let start = 1;\nexport const'],
  ['a destructured one', 'export const', "const { length } = '';\nexport const"],
  ['another export', 'export const', "export * from './prod';\nexport const"],
  ['a module that only runs', 'import {', "import '../evil';\nimport {"],
  ['a module of this repository', 'import {', "import { Duration as D } from './evil';\nimport {"],
  ['a whole module', 'import {', "import * as cdk from 'aws-cdk-lib/core';\nimport {"],
  ['another value of the CDK', 'import {', "import { Fn } from 'aws-cdk-lib/core';\nimport {"],
  ['a value under another’s name', 'import {', "import { App as Size } from 'aws-cdk-lib/core';\nimport {"],
  ['a module of Node', 'import {', "import { RetentionDays } from 'node:fs';\nimport {"],
  ['what does not parse', 'export const', '<!-- \nexport const'],
])('%s is found', (_, from, to) => {
  expect(DEV).toContain(from);
  expect(codeIn('lib/config/dev.ts', DEV.replace(from, to))).not.toEqual([]);
});

test('types, enums, and values of the CDK are literals; a finding names file, line and text', () => {
  const text = `${IMPORT}\nimport type { X } from './x';\nexport const a: X = [-1, true, 'x', undefined, Duration.days(1)];\nf();\n`;
  expect(codeIn('lib/config/a.ts', text)).toEqual(['lib/config/a.ts:4: f();']);
});

test('a commit’s files are read, and one that is missing makes the result unknown', async () => {
  const { exitCode, stderr } = await outcomeOf(() => runConfigLiterals('0'.repeat(40)));
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('lib/config/dev.ts of 0000')]);
});
