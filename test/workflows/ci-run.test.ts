import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryFolder, removeMade } from '@infra/common/own-paths';
import { bareEnvironment } from '../support/bare-environment';
import { scripts } from '../../package.json';
import { ROOT } from './workflow';

const SCRIPT = readFileSync(join(ROOT, '.ci/run'), 'utf8');

/** Each step in the order that tells most soon, with what makes it a check: in CI no snapshot is written. */
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

/** Runs the script in a folder of its own, with programs of which one call may fail; returns what it called and said. */
function run(script: string, failing = 'nothing') {
  const directory = makeTemporaryFolder('ci-run-');
  const file = (name: string) => join(directory, name);
  mkdirSync(file('.ci'));
  for (const program of ['npm', 'npx', '.ci/cfn-lint']) {
    const says = [`call="${program} $*"`, `echo "$call" >> '${file('calls')}'`, '[ -z "$AWS_PROFILE" ] || exit 9'];
    writeFileSync(file(program), ['#!/bin/sh', ...says, `[ "$call" != "${failing}" ]`].join('\n'), { mode: 0o755 });
  }
  writeFileSync(file('.ci/run'), script, { mode: 0o755 });
  const env = {
    ...bareEnvironment(),
    PATH: `${directory}:${process.env['PATH'] ?? ''}`,
    HOME: tmpdir(),
    AWS_PROFILE: 'somebody',
  };
  const { status, stdout } = spawnSync(file('.ci/run'), { cwd: tmpdir(), env, encoding: 'utf8' });
  const calls = readFileSync(file('calls'), 'utf8').trimEnd().split('\n');
  removeMade(directory);
  return {
    status,
    calls,
    last: stdout.trimEnd().split('\n').at(-1),
  };
}

/** True if a script takes every step, and is red where any of them is. */
function isWhole(script: string): boolean {
  const green = run(script);
  return (
    green.status === 0 &&
    green.last === `${STEPS.length} passed, 0 failed` &&
    JSON.stringify(green.calls) === JSON.stringify(STEPS) &&
    STEPS.slice(1).every((step) => {
      const red = run(script, step);
      return (
        red.status === 1 && red.last === `${STEPS.length - 1} passed, 1 failed` && red.calls.length === STEPS.length
      );
    })
  );
}

test('.ci/run takes every step, without the caller’s AWS account, and is red where one is', () => {
  expect(run(SCRIPT)).toEqual({ status: 0, calls: STEPS, last: `${STEPS.length} passed, 0 failed` });
  expect(isWhole(SCRIPT)).toBe(true);
});

test('without the packages nothing else is tried', () => {
  expect(run(SCRIPT, STEPS[0])).toEqual({ status: 1, calls: STEPS.slice(0, 1), last: '0 passed, 1 failed' });
});

test.each([
  ...SCRIPT.split('\n')
    .filter((line) => line.startsWith('step '))
    .map((line) => [`without ${line}`, `${line}\n`, '']),
  ['that takes warnings', ' --strict', ''],
  ['that writes snapshots', 'npm test -- --ci', 'npm test'],
  ['that writes the proofs’ snapshots', 'test:proofs -- --ci', 'test:proofs'],
  ['that counts no failure', 'failed=$((failed + 1))', ':'],
  ['that counts, and succeeds', '[ "$failed" -eq 0 ]\n  exit', 'exit 0'],
  ['that takes failures for passes', 'if "$@" </dev/null; then', 'if "$@" </dev/null || true; then'],
  ['that uses the caller’s account', 'unset "$variable"', ':'],
] as [string, string, string][])('a script %s would be seen', (_, from, to) => {
  expect(SCRIPT).toContain(from);
  expect(isWhole(SCRIPT.replace(from, () => to))).toBe(false);
});

/** The suites that the steps run, each with its folders. */
const SUITES = { test: scripts.test, 'test:proofs': scripts['test:proofs'], 'test:life-cycle': 'test/life-cycle' };
/** Parts of the step `lint`. */
const LINT = ['tsc -p tsconfig.all.json', 'eslint . --max-warnings 0', 'prettier --check .', 'knip'];

/** Files that no step, or more than one, runs. */
function unrun(suites: Readonly<Record<string, string>>, lint: string): string[] {
  const folders = Object.values(suites).flatMap((script) =>
    script.split(' ').filter((word) => /^(test|packages)\//.test(word)),
  );
  const files = ['test', 'packages'].flatMap((root) =>
    readdirSync(join(ROOT, root), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .map((file) => `${root}/${file}`),
  );
  const steps = lint.split(' && ').map((step) => step.replace(/^node node_modules\/typescript-native\/bin\//, ''));
  return [
    ...files.filter((file) => folders.filter((folder) => file.startsWith(folder.replace(/\/?$/, '/'))).length !== 1),
    ...LINT.filter((step) => !steps.includes(step)),
  ];
}

test('each file of tests is run by one step of .ci/run, and the lint takes no warning', () => {
  expect(unrun(SUITES, scripts.lint)).toEqual([]);
  const config = jest.requireActual<Readonly<Record<string, unknown>>>('../../jest.config.js');
  const { testPathIgnorePatterns, roots, testMatch } = config;
  expect({ testPathIgnorePatterns, roots, testMatch }).toEqual({
    roots: ['<rootDir>/test', '<rootDir>/packages'],
    testMatch: ['**/*.test.ts'],
  });
});

test.each([
  ['a folder that npm test no longer names', { ...SUITES, test: scripts.test.replace(' test/docs', '') }, scripts.lint],
  ['a folder that two steps run', { ...SUITES, 'test:proofs': `${scripts['test:proofs']} test/app` }, scripts.lint],
  ['a lint that takes warnings', SUITES, scripts.lint.replace(' --max-warnings 0', '')],
  ['a lint without the types', SUITES, scripts.lint.replace('-p tsconfig.all.json', '')],
])('%s would be seen', (_, suites, lint) => {
  expect(unrun(suites, lint)).not.toEqual([]);
});
