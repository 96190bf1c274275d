import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments as ownEnvironments } from '@infra/commands/app';
import { enableQueue } from './cdk-init-stack';
import { largerAppCode } from './larger-app-code';
import { replaceText } from './replace-text';
import { runProgram } from './run-program';

const REPOSITORY_FOLDER = join(__dirname, '../../..');

/** Number of environments that this app has. */
export const OWN_ENVIRONMENT_COUNT = Object.keys(ownEnvironments).length;

/** The file that the command in this repository's `cdk.json` runs: `node … -r ts-node/register bin/prooflink.ts`. */
const APP_FILE = 'bin/prooflink.ts';

/** A CDK app that is measured. */
export interface App {
  /** Folder in which `npx cdk synth` runs. */
  readonly folder: string;
  /** Options of `cdk synth`: `--app` with the command that runs the app, or none if `cdk.json` of the folder has it. */
  readonly options: readonly string[];
}

/**
 * Generates an app by `cdk init` in a new folder, uncomments the queue in its generated stack, and installs the CDK packages
 * of this repository.
 */
export function makeCdkInitApp(parentFolder: string): App {
  // The generated code has the name of this folder, and `enableQueue` expects it.
  const folder = join(parentFolder, 'empty-app');
  mkdirSync(folder);
  const ownCdk = join(REPOSITORY_FOLDER, 'node_modules/.bin/cdk');
  runProgram(folder, ownCdk, ['init', 'app', '--language', 'typescript', '--generate-only']);
  const stackFile = join(folder, 'lib/empty-app-stack.ts');
  writeFileSync(stackFile, enableQueue(stackFile, readFileSync(stackFile, 'utf8')));
  runProgram(folder, 'npm', ['install', '--no-audit', '--no-fund', '--no-progress', ...ownCdkPackages()]);
  return { folder, options: [] };
}

/** The CDK's packages with the versions of this repository, as `npm install` takes them. */
function ownCdkPackages(): string[] {
  const { dependencies } = readRepositoryJson('package.json') as { dependencies: Record<string, string> };
  return ['aws-cdk', 'aws-cdk-lib', 'constructs'].map((name) => `${name}@${dependencies[name] ?? ''}`);
}

/** The app of this repository. */
export function appOfRepository(): App {
  return { folder: REPOSITORY_FOLDER, options: [] };
}

/**
 * Makes an app of this repository's code with more environments. Its command is that of `cdk.json`, with a generated file in
 * place of `bin/prooflink.ts`.
 */
export function makeLargerApp(environmentCount: number, parentFolder: string): App {
  const file = join(parentFolder, `app-of-${environmentCount}.js`);
  const copyCount = environmentCount - OWN_ENVIRONMENT_COUNT;
  writeFileSync(file, largerAppCode(REPOSITORY_FOLDER, copyCount));
  // `replaceText` names cdk.json in its error.
  const command = replaceText('cdk.json', ownAppCommand(), { oldText: APP_FILE, newText: file });
  return { folder: REPOSITORY_FOLDER, options: ['--app', command] };
}

/** Command in `cdk.json` that runs this app. */
function ownAppCommand(): string {
  const { app } = readRepositoryJson('cdk.json') as { app: string };
  return app;
}

function readRepositoryJson(file: string): unknown {
  return JSON.parse(readFileSync(join(REPOSITORY_FOLDER, file), 'utf8'));
}
