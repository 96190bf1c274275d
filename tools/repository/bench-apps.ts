import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';

const REPOSITORY = join(__dirname, '../..');

/** Environments of this app. */
export const OWN_ENVIRONMENTS = 2;

/** An app as `npx cdk synth` finds it. */
export interface App {
  readonly folder: string;
  /** Options that name the app, unless the folder's `cdk.json` does. */
  readonly options: readonly string[];
}

/** Synthesizes an app into a folder and returns the seconds that it took. */
export function timeSynth({ folder, options }: App, output: string): number {
  const began = performance.now();
  run(folder, 'npx', 'cdk', 'synth', '-q', '--no-notices', '--output', output, ...options);
  return (performance.now() - began) / 1000;
}

/** Makes the app that `cdk init` generates, with its queue and this repository's CDK, in a new folder. */
export function makeEmptyApp(parent: string): App {
  const folder = join(parent, 'empty-app');
  mkdirSync(folder);
  run(folder, join(REPOSITORY, 'node_modules/.bin/cdk'), 'init', 'app', '--language', 'typescript', '--generate-only');
  enableQueue(join(folder, 'lib/empty-app-stack.ts'));
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--no-progress', ...ownCdkPackages());
  return { folder, options: [] };
}

/** Start of a comment before a line of the generated stack's queue. */
const COMMENTED_QUEUE = /\/\/ (?=import|const queue| {2}visibility|\}\))/g;

function enableQueue(stackFile: string): void {
  const code = readFileSync(stackFile, 'utf8').replace(COMMENTED_QUEUE, '');
  if (!code.includes('\n    const queue = new sqs')) throw new CannotTellError('cdk init generated another stack');
  writeFileSync(stackFile, code);
}

/** The packages of the CDK in the versions of this repository. */
function ownCdkPackages(): string[] {
  const { dependencies } = readJson('package.json') as { dependencies: Record<string, string> };
  return ['aws-cdk', 'aws-cdk-lib', 'constructs'].map((name) => `${name}@${dependencies[name] ?? ''}`);
}

/** Makes this app with a number of environments: its own ones, then dev under other names. */
export function makeAppWithEnvironments(environmentCount: number, folder: string): App {
  const { app } = readJson('cdk.json') as { app: string };
  if (environmentCount === OWN_ENVIRONMENTS) return { folder: REPOSITORY, options: ['--app', app] };
  const file = join(folder, `app-of-${environmentCount}.js`);
  const code = [
    `const load = (module) => require('${REPOSITORY}/' + module);`,
    "const environments = { ...load('lib/config') };",
    `for (let one = 1; one <= ${environmentCount - OWN_ENVIRONMENTS}; one++) environments['copy' + one] = { ...environments.dev };`,
    "const app = new (load('node_modules/aws-cdk-lib/core').App)();",
    "load('lib/create-stacks').createStacks(app, environments);",
  ];
  writeFileSync(file, code.join('\n'));
  return { folder: REPOSITORY, options: ['--app', app.replace('bin/prooflink.ts', file)] };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8'));
}

/** Runs a program to its end. Throws its output if it fails. */
function run(cwd: string, command: string, ...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: environmentWithoutAws(),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new CannotTellError(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}

/**
 * Variables of this process without AWS's. A synth with credentials asks AWS for the account first, and one on EC2 looks
 * for credentials: neither is measured.
 */
function environmentWithoutAws(): NodeJS.ProcessEnv {
  const variables = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return {
    ...Object.fromEntries(variables),
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}
