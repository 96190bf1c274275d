import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { CannotTellError, endWith } from '@infra/common/outcome';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { newProgram, start, withExitCodes } from '../program/program';

const REPOSITORY = join(__dirname, '../..');
const ENVIRONMENTS = [2, 10, 50];

/** `npm run bench` */
export function benchProgram(): Command {
  const program = newProgram(
    'npm run bench --',
    'Compares the time of "npx cdk synth" of this app with that of the app which "cdk init" generates plus one ' +
      'queue, and shows how it grows with the number of environments.',
  );
  return withExitCodes(program, { 0: 'measured', 1: 'an app could not be made or run', 2: 'no such option' })
    .option('--runs <n>', 'how often each app is measured, 1 to 100', runs, 5)
    .action(async ({ runs }: { runs: number }) => {
      await endWith(() => ({ exitCode: 0, stdout: bench(runs), stderr: '' }));
      if (process.exitCode) process.exitCode = 1;
    });
}

function runs(text: string): number {
  if (/^([1-9]\d?|100)$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number from 1 to 100 is needed.');
}

/** Measures all apps in turn, so that a busy machine slows all alike: once to warm up, then `runs` times. */
function bench(runs: number): string {
  const folder = makeTemporaryFolder('prooflink-bench-');
  const synth = ['synth', '-q', '--no-notices', '--output', join(folder, 'out')];
  console.error('making the app of `cdk init` plus one queue');
  const empty = makeEmptyApp(folder);
  const apps = [
    () => run(empty, 'npx', 'cdk', ...synth),
    ...ENVIRONMENTS.map((count) => {
      const app = appOf(count, folder);
      return () => run(REPOSITORY, 'npx', 'cdk', ...synth, '--app', app);
    }),
  ];
  const rounds = Array.from({ length: runs + 1 }, (_, round) => {
    console.error(round === 0 ? 'warm-up' : `round ${round} of ${runs}`);
    return apps.map((app) => app());
  });
  const [least = NaN, ...ours] = apps.map((_, app) => median(rounds.slice(1).map((times) => times[app] ?? NaN)));
  const [base = NaN] = ours;
  const growth = ENVIRONMENTS.map((count, index) => {
    const more = ((ours[index] ?? NaN) / base - 1) / (count - 2);
    return [String(count), seconds(ours[index] ?? NaN), count === 2 ? '' : `${(more * 100).toFixed(1)} %`];
  });
  const rows = [
    ['app', 'median', 'ratio'],
    ['cdk init + one queue', seconds(least), '1.00'],
    ['this app, both environments', seconds(base), (base / least).toFixed(2)],
    ['', '', ''],
    ['environments', 'median', 'per further one'],
    ...growth,
  ];
  const lines = rows.map(([first = '', ...more]) => first.padEnd(30) + more.map((cell) => cell.padStart(18)).join(''));
  return `\n${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8'));
const seconds = (value: number): string => `${value.toFixed(2)} s`;

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (index: number) => sorted[Math.floor(index)] ?? NaN;
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2;
}

/** Runs a program to its end and returns the seconds that it took. Throws what it printed where it fails. */
function run(cwd: string, command: string, ...args: readonly string[]): number {
  const began = performance.now();
  // A synth with credentials asks AWS for the account first, and one on EC2 looks for credentials: neither is measured.
  const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name)));
  const env = { ...bare, AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new CannotTellError(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return (performance.now() - began) / 1000;
}

/** Makes the app that `cdk init` generates, with its queue and this repository's CDK, in a new folder. */
function makeEmptyApp(parent: string): string {
  const folder = join(parent, 'empty-app');
  mkdirSync(folder);
  run(folder, join(REPOSITORY, 'node_modules/.bin/cdk'), 'init', 'app', '--language', 'typescript', '--generate-only');
  // The generated stack has its queue in comments.
  const stack = join(folder, 'lib/empty-app-stack.ts');
  const code = readFileSync(stack, 'utf8').replace(/\/\/ (?=import|const queue| {2}visibility|\}\))/g, '');
  if (!code.includes('\n    const queue = new sqs')) throw new CannotTellError('cdk init generated another stack');
  writeFileSync(stack, code);
  const { dependencies } = read('package.json') as { dependencies: Record<string, string> };
  const cdk = ['aws-cdk', 'aws-cdk-lib', 'constructs'].map((name) => `${name}@${dependencies[name] ?? ''}`);
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--no-progress', ...cdk);
  return folder;
}

/** The call of this app with `count` environments: its own ones, then dev under other names. */
function appOf(count: number, folder: string): string {
  const { app } = read('cdk.json') as { app: string };
  if (count === ENVIRONMENTS[0]) return app;
  const file = join(folder, `app-of-${count}.js`);
  const code = [
    `const load = (module) => require('${REPOSITORY}/' + module);`,
    "const environments = { ...load('lib/config') };",
    `for (let one = 1; one <= ${count - 2}; one++) environments['copy' + one] = { ...environments.dev };`,
    "const app = new (load('node_modules/aws-cdk-lib/core').App)();",
    "load('lib/create-stacks').createStacks(app, environments);",
  ];
  writeFileSync(file, code.join('\n'));
  return app.replace('bin/prooflink.ts', file);
}

if (require.main === module) void start(benchProgram());
