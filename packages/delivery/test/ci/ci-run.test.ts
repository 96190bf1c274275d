import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import { scripts } from '../../../../package.json';
import { bareEnvironment } from '@infra/common/test/support/bare-environment';
import { ROOT } from '@infra/commands/test/support/workflow';

/** Steps without which no other is taken. */
const CHECK = '.ci/check-packages.js ';
const INSTALL = 'npm ci --no-progress';
const BEGINNING = [CHECK, INSTALL];

/** Each step after them, the quickest first, with what makes it a check: in CI no snapshot is written. */
const STEPS = [
  'npm run --silent lint',
  'npm test -- --ci',
  'npm test --workspace packages/cost -- --ci',
  'npx cdk synth --strict --quiet',
  '.ci/cfn-lint ',
  'npm run --silent lives --workspace packages/proofs -- --ci local-deployment moving-in-dev',
];

/** Steps that a machine takes on its own Node first, if .nvmrc names another one. */
const STEPS_ON_OWN_NODE = ['npm test -- --ci', 'npx cdk synth --strict --quiet'];

const OWN_NODE = process.versions.node.split('.', 1)[0] ?? '';
const OTHER_NODE = `${Number(OWN_NODE) + 2}`;
const NODE_PACKAGE = `node-${process.platform}-${process.arch}@${OTHER_NODE}`;
const FETCH_NODE = `npm exec --yes --package=${NODE_PACKAGE} -- node --print process.execPath`;

/** Ends a noted call that finds the fetched Node first in its path. */
const ON_FETCHED_NODE = ', on the fetched Node';

/** Parts of the lint. */
const LINT = [
  'eslint . --max-warnings 0',
  'knip --no-progress',
  'node node_modules/typescript-native/bin/tsc -p tsconfig.all.json',
  'prettier --check .',
];

interface ScriptRun {
  readonly script: string;
  /** Programs that are replaced: each notes its call, and fails where it sees the caller's AWS account or language. */
  readonly programs: readonly string[];
  /** The call that fails. */
  readonly failing?: string;
  /** Major version of Node in .nvmrc. */
  readonly nvmrc?: string;
}

/** A program that notes its calls in a file of a folder; to `exec` it answers with the path of a fetched Node. */
function fakeProgram(program: string, folder: string, failing: string): string {
  return [
    '#!/bin/sh',
    `call="${program} $*"`,
    `[ "$(command -v node)" != '${folder}/fetched/node' ] || call="$call${ON_FETCHED_NODE}"`,
    `echo "$call" >> '${folder}/calls'`,
    '[ -z "$AWS_PROFILE" ] || exit 9',
    '[ "${LC_ALL-C}" = C ] || exit 9',
    `if [ "$call" = "${failing}" ]; then echo a reason >&2; exit 1; fi`,
    `[ "$1" != exec ] || echo '${folder}/fetched/node'`,
  ].join('\n');
}

/** Runs a script beside a copy of .ci/run, in a folder of its own. */
function runScript({ script, programs, failing = 'nothing', nvmrc = OWN_NODE }: ScriptRun) {
  const folder = makeTemporaryFolder('ci-run-');
  for (const subfolder of ['.ci', 'fetched', 'packages/cost']) mkdirSync(join(folder, subfolder), { recursive: true });
  writeFileSync(join(folder, 'packages/cost/package.json'), '{}');
  for (const program of [...programs, 'fetched/node']) {
    writeFileSync(join(folder, program), fakeProgram(program, folder, failing), { mode: 0o755 });
  }
  writeFileSync(join(folder, '.nvmrc'), `${nvmrc}\n`);
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
  const calls = readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');
  removeOwnPath(folder);
  return { status, calls, stdout };
}

/** Runs .ci/run; `end` is what it prints after its last step. */
function runCi(options: Pick<ScriptRun, 'failing' | 'nvmrc'> = {}) {
  const programs = ['npm', 'npx', 'aws', 'jq', '.ci/cfn-lint', '.ci/check-packages.js'];
  const { status, calls, stdout } = runScript({ script: './run', programs, ...options });
  return { status, calls, end: stdout.split(/^== .*: .*\n/m).at(-1) };
}

/** Runs `npm run lint`. */
function runLint(options: Pick<ScriptRun, 'failing'> = {}) {
  const programs = ['node', 'eslint', 'prettier', 'knip'];
  const script = `unset AWS_PROFILE LC_ALL; ${scripts.lint}`;
  const { status, calls } = runScript({ script, programs, ...options });
  return { status, calls: calls.sort() };
}

test('.ci/run takes every step, in English and without the caller’s AWS account', () => {
  expect(runCi()).toEqual({ status: 0, calls: [...BEGINNING, ...STEPS], end: '\n8 passed, 0 failed\n' });
});

test('.ci/run is red where a step is, takes the other steps, and ends with the reason', () => {
  const { status, calls, end } = runCi({ failing: 'npm test -- --ci' });
  expect({ status, calls }).toEqual({ status: 1, calls: [...BEGINNING, ...STEPS] });
  expect(end).toMatch(/\n== .* failed\. Its last lines:\na reason\n\n7 passed, 1 failed\n$/);
});

test('packages that the check refuses are not installed', () => {
  const { status, calls, end } = runCi({ failing: CHECK });
  expect({ status, calls }).toEqual({ status: 1, calls: [CHECK.trim()] });
  expect(end).toMatch(/\na reason\n\n0 passed, 1 failed\n$/);
});

test('on a machine whose Node is not the one of .nvmrc, npm test and the synth run on its own, then every step on a fetched one: what only the users’ Node refuses would be found by them', () => {
  expect(runCi({ nvmrc: OTHER_NODE })).toEqual({
    status: 0,
    calls: [...BEGINNING, ...STEPS_ON_OWN_NODE, FETCH_NODE, ...STEPS.map((step) => step + ON_FETCHED_NODE)],
    end: '\n10 passed, 0 failed\n',
  });
});

/** Files of tests that a command runs, by their paths in the repository. */
function filesRunBy(command: string): string[] {
  const { stdout } = spawnSync(`${command} --listTests`, { cwd: ROOT, shell: true, encoding: 'utf8' });
  const files = stdout.split('\n').filter((line) => line.endsWith('.test.ts'));
  return files.map((file) => relative(ROOT, file));
}

// A file that none runs guards nothing.
test('each file of tests is run by one step of .ci/run --all', () => {
  const { stdout } = spawnSync('git', ['ls-files', '*.test.ts'], { cwd: ROOT, encoding: 'utf8' });
  const files = stdout.trimEnd().split('\n');
  expect(files.length).toBeGreaterThan(150);
  const long = [
    'lives --workspace packages/proofs',
    'long --workspace packages/proofs',
    'long --workspace packages/local',
    'paced --workspace packages/local',
  ];
  const longRuns = long.map((script) => `npm run --silent ${script} --`);
  const run = ['npm test --silent --', 'npm test --silent --workspaces --', ...longRuns].flatMap(filesRunBy);
  expect(run.toSorted()).toEqual(files.toSorted());
});

test('the lint checks types, rules, form and unused files, and takes no warning', () => {
  expect(runLint()).toEqual({ status: 0, calls: LINT });
});

test.each(LINT)('the lint is red where %s is', (part) => {
  expect(runLint({ failing: part }).status).toBe(1);
});
