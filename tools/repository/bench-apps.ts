import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ownEnvironments from '../../lib/config';
import { enableQueue } from './cdk-init-stack';
import { replaceText } from './replace-text';
import { runProgram } from './run-program';

const REPOSITORY_FOLDER = join(__dirname, '../..');

/** Number of environments that this app has. */
export const OWN_ENVIRONMENT_COUNT = Object.keys(ownEnvironments).length;

/** The file that the command in this repository's `cdk.json` runs. */
const APP_FILE = 'bin/prooflink.ts';

/** A CDK app that is measured. */
export interface App {
  /** Folder in which `npx cdk synth` runs. */
  readonly folder: string;
  /** Options of `cdk synth` for the command that runs the app; none if that of the folder's `cdk.json` is right. */
  readonly options: readonly string[];
}

/** Generates an app by `cdk init` in a new folder, enables its queue, and installs the CDK packages of this repository. */
export function makeCdkInitApp(parentFolder: string): App {
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
export function ownApp(): App {
  return { folder: REPOSITORY_FOLDER, options: ['--app', ownAppCommand()] };
}

/** Makes an app with more environments than this one: copies of dev, named copy1, copy2, and so on, are added. */
export function makeLargerApp(environmentCount: number, parentFolder: string): App {
  const file = join(parentFolder, `app-of-${environmentCount}.js`);
  writeFileSync(file, largerAppCode(environmentCount - OWN_ENVIRONMENT_COUNT));
  const command = replaceText('cdk.json', ownAppCommand(), { oldText: APP_FILE, newText: file });
  return { folder: REPOSITORY_FOLDER, options: ['--app', command] };
}

/**
 * Code in place of `bin/prooflink.ts`. For eight copies:
 *
 *     const load = (module) => require('/repository/' + module);
 *     const environments = { ...load('lib/config') };
 *     for (let index = 1; index <= 8; index++) environments['copy' + index] = { ...environments.dev };
 *     const app = new (load('node_modules/aws-cdk-lib/core').App)();
 *     load('lib/create-stacks').createStacks(app, environments);
 */
function largerAppCode(copyCount: number): string {
  return [
    `const load = (module) => require('${REPOSITORY_FOLDER}/' + module);`,
    "const environments = { ...load('lib/config') };",
    `for (let index = 1; index <= ${copyCount}; index++) environments['copy' + index] = { ...environments.dev };`,
    "const app = new (load('node_modules/aws-cdk-lib/core').App)();",
    "load('lib/create-stacks').createStacks(app, environments);",
  ].join('\n');
}

/** Command that runs this app, `node … bin/prooflink.ts`. */
function ownAppCommand(): string {
  const { app } = readRepositoryJson('cdk.json') as { app: string };
  return app;
}

function readRepositoryJson(file: string): unknown {
  return JSON.parse(readFileSync(join(REPOSITORY_FOLDER, file), 'utf8'));
}
