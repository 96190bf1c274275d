import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { scripts } from '../../package.json';
import { bareEnvironment } from '../support/bare-environment';
import { ROOT } from '../workflows/workflow';

/** Each step, the quickest first, with what makes it a check: in CI no snapshot is written. */
const STEPS = [
  'npm ci --no-progress',
  'npm run --silent lint',
  'npm test -- --ci',
  'npm run --silent test:proofs -- --ci',
  'npx cdk synth --strict --quiet',
  '.ci/cfn-lint ',
  'npm run --silent deploy:local',
  'npm run --silent deploy:local -- prod',
  'npm run --silent test:life-cycle',
];

/** Parts of the lint. */
const LINT = [
  'eslint . --max-warnings 0',
  'knip ',
  'knip --production --strict --include unlisted',
  'node node_modules/typescript-native/bin/tsc -p tsconfig.all.json',
  'prettier --check .',
];

interface ScriptRun {
  readonly script: string;
  /** Programs that are replaced: each notes its call, and fails where it sees the caller's AWS account or language. */
  readonly programs: readonly string[];
  /** The call that fails. */
  readonly failing?: string;
}

/** A program that notes its calls in a file. */
function fakeProgram(program: string, calls: string, failing: string): string {
  return [
    '#!/bin/sh',
    `call="${program} $*"`,
    `echo "$call" >> '${calls}'`,
    '[ -z "$AWS_PROFILE" ] || exit 9',
    '[ "${LC_ALL-C}" = C ] || exit 9',
    `[ "$call" != "${failing}" ] || ! echo a reason >&2`,
  ].join('\n');
}

/** Runs a script beside a copy of .ci/run, in a folder of its own. */
function runScript({ script, programs, failing = 'nothing' }: ScriptRun) {
  const folder = makeTemporaryFolder('ci-run-');
  const calls = join(folder, 'calls');
  mkdirSync(join(folder, '.ci'));
  for (const program of programs) {
    writeFileSync(join(folder, program), fakeProgram(program, calls, failing), { mode: 0o755 });
  }
  copyFileSync(join(ROOT, '.ci/run'), join(folder, '.ci/run'));
  const { status, stdout } = spawnSync('sh', ['-c', script], {
    cwd: join(folder, '.ci'),
    encoding: 'utf8',
    env: {
      ...bareEnvironment(),
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      HOME: tmpdir(),
      AWS_PROFILE: 'somebody',
      LC_ALL: 'ja_JP.UTF-8',
    },
  });
  const called = readFileSync(calls, 'utf8').trimEnd().split('\n');
  removeOwnPath(folder);
  return { status, calls: called, stdout };
}

/** Runs .ci/run; `end` is what it prints after its last step. */
function runCi(failing?: string) {
  const programs = ['npm', 'npx', '.ci/cfn-lint'];
  const { status, calls, stdout } = runScript({ script: './run', programs, ...(failing !== undefined && { failing }) });
  return { status, calls, end: stdout.split(/^== .*\n/m).at(-1) };
}

/** Runs `npm run lint`. */
function runLint(failing?: string) {
  const programs = ['node', 'eslint', 'prettier', 'knip'];
  const script = `unset AWS_PROFILE LC_ALL; ${scripts.lint}`;
  const { status, calls } = runScript({ script, programs, ...(failing !== undefined && { failing }) });
  return { status, calls: calls.sort() };
}

test('.ci/run takes every step, in English and without the caller’s AWS account', () => {
  expect(runCi()).toEqual({ status: 0, calls: STEPS, end: '\n9 passed, 0 failed\n' });
});

test.each(STEPS.slice(1))('.ci/run is red where %s is, takes the other steps, and ends with the reason', (step) => {
  expect(runCi(step)).toEqual({ status: 1, calls: STEPS, end: 'a reason\n\n8 passed, 1 failed\n' });
});

test('without the packages nothing else is tried', () => {
  expect(runCi(STEPS[0])).toEqual({
    status: 1,
    calls: STEPS.slice(0, 1),
    end: 'a reason\n\n0 passed, 1 failed\n',
  });
});

/** Folders of tests that a step of .ci/run takes, with a slash at the end. */
const FOLDERS = [scripts.test, scripts['test:proofs'], 'test/life-cycle']
  .flatMap((script) => script.split(' '))
  .filter((word) => /^(test|packages)\//.test(word))
  .map((folder) => folder.replace(/\/?$/, '/'));

function testFiles(): string[] {
  return ['test', 'packages'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .map((file) => `${folder}/${file}`),
  );
}

test('each file of tests is run by one step of .ci/run: a file that none runs guards nothing', () => {
  const files = testFiles();
  expect(files.length).toBeGreaterThan(150);
  const stepsThatRun = (file: string) => FOLDERS.filter((folder) => file.startsWith(folder));
  expect(files.filter((file) => stepsThatRun(file).length !== 1)).toEqual([]);
});

test('Jest leaves no file of tests out', () => {
  const config = jest.requireActual<Readonly<Record<string, unknown>>>('../../jest.config.js');
  expect(config['roots']).toEqual(['<rootDir>/test', '<rootDir>/packages']);
  expect(config['testMatch']).toEqual(['**/*.test.ts']);
  expect(config['testPathIgnorePatterns']).toBeUndefined();
});

test('the lint checks types, rules, form and unused files, and takes no warning', () => {
  expect(runLint()).toEqual({ status: 0, calls: LINT });
});

test.each(LINT)('the lint is red where %s is', (part) => {
  expect(runLint(part).status).toBe(1);
});
