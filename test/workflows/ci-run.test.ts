import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { bareEnvironment } from '../support/bare-environment';
import { scripts } from '../../package.json';
import { ROOT } from './workflow';

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

/** Runs it, or a script, in a folder of its own, with programs of which one call fails; returns its calls and what it printed after them. */
function run(failing = 'nothing', programs = ['npm', 'npx', '.ci/cfn-lint'], script = './run') {
  const directory = makeTemporaryFolder('ci-run-');
  const file = (name: string) => join(directory, name);
  mkdirSync(file('.ci'));
  for (const program of programs) {
    const says = [
      `call="${program} $*"`,
      `echo "$call" >> '${file('calls')}'`,
      '[ -z "$AWS_PROFILE" ] || exit 9',
      '[ "${LC_ALL-C}" = C ] || exit 9',
    ];
    const fails = `[ "$call" != "${failing}" ] || ! echo a reason >&2`;
    writeFileSync(file(program), ['#!/bin/sh', ...says, fails].join('\n'), { mode: 0o755 });
  }
  copyFileSync(join(ROOT, '.ci/run'), file('.ci/run'));
  const PATH = `${directory}:${process.env['PATH'] ?? ''}`;
  const env = { ...bareEnvironment(), PATH, HOME: tmpdir(), AWS_PROFILE: 'somebody', LC_ALL: 'ja_JP.UTF-8' };
  const { status, stdout } = spawnSync('sh', ['-c', script], { cwd: file('.ci'), env, encoding: 'utf8' });
  const calls = readFileSync(file('calls'), 'utf8').trimEnd().split('\n');
  removeOwnPath(directory);
  return { status, calls, end: stdout.split(/^== .*\n/m).at(-1) };
}

test('.ci/run takes every step, in English and without the caller’s AWS account', () => {
  expect(run()).toEqual({ status: 0, calls: STEPS, end: '\n9 passed, 0 failed\n' });
});

test.each(STEPS.slice(1))('.ci/run is red where %s is, takes the other steps, and ends with the reason', (step) => {
  expect(run(step)).toEqual({ status: 1, calls: STEPS, end: 'a reason\n\n8 passed, 1 failed\n' });
});

test('without the packages nothing else is tried', () => {
  expect(run(STEPS[0])).toEqual({
    status: 1,
    calls: STEPS.slice(0, 1),
    end: 'a reason\n\n0 passed, 1 failed\n',
  });
});

/** Folders of tests that a step of .ci/run takes. */
const FOLDERS = [scripts.test, scripts['test:proofs'], 'test/life-cycle'].flatMap((script) =>
  script.split(' ').filter((word) => /^(test|packages)\//.test(word)),
);

test('each file of tests is run by one step of .ci/run', () => {
  const files = ['test', 'packages'].flatMap((root) =>
    readdirSync(join(ROOT, root), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .map((file) => `${root}/${file}`),
  );
  expect(files.length).toBeGreaterThan(150);
  const takes = (file: string) => FOLDERS.filter((folder) => file.startsWith(folder.replace(/\/?$/, '/')));
  expect(files.filter((file) => takes(file).length !== 1)).toEqual([]);
  const { testPathIgnorePatterns, roots, testMatch } =
    jest.requireActual<Readonly<Record<string, unknown>>>('../../jest.config.js');
  expect({ testPathIgnorePatterns, roots, testMatch }).toEqual({
    roots: ['<rootDir>/test', '<rootDir>/packages'],
    testMatch: ['**/*.test.ts'],
  });
});

const lint = (failing?: string) =>
  run(failing, ['node', 'eslint', 'prettier', 'knip'], `unset AWS_PROFILE LC_ALL; ${scripts.lint}`);

test('the lint checks types, rules, form and unused files, and takes no warning', () => {
  const { status, calls } = lint();
  expect({ status, calls: calls.sort() }).toEqual({ status: 0, calls: LINT });
});

test.each(LINT)('the lint is red where %s is', (part) => {
  expect(lint(part).status).toBe(1);
});
