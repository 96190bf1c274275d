import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { runCdk } from '../../program/cdk-cli';
import { words } from './words';
import { showProgress } from './masked-output';

/**
 * The output of the CDK CLI is shown, masked: it is the progress of the release. After a service that failed, the CLI prints
 * up to fifty lines of the application's log.
 */
const CDK_OPTIONS = { directory: join(__dirname, '../../..'), showLine: showProgress };

/**
 * Synthesizes the app into a temporary folder, which is removed when this process ends. Shows the messages on one stack alone.
 * Returns the folder.
 */
export async function synthesizeApp(stackName: string): Promise<string> {
  const assemblyFolder = makeTemporaryFolder('prooflink-release-');
  const args = ['synth', stackName, '--exclusively', '--quiet', '--output', assemblyFolder];
  const { exitCode } = await runCdk(args, CDK_OPTIONS);
  if (exitCode === 0) return assemblyFolder;
  throw new CannotTellError(words.notSynthesized());
}

/** Runs `cdk deploy`; stack parameters that are not passed keep their values. Returns true if it succeeded. */
export async function deployStack(
  assemblyFolder: string,
  stackName: string,
  parameters: Readonly<Record<string, string>>,
): Promise<boolean> {
  const parameterOptions = Object.entries(parameters).flatMap(([name, value]) => {
    return ['--parameters', `${stackName}:${name}=${value}`];
  });
  const args = [
    'deploy',
    stackName,
    '--app',
    assemblyFolder,
    // Under its default name, the CLI would delete the change set of a deployment that runs at the same time.
    '--change-set-name',
    `release-${randomUUID()}`,
    '--exclusively',
    '--require-approval',
    'never',
    '--progress',
    'events',
    ...parameterOptions,
  ];
  const { exitCode } = await runCdk(args, CDK_OPTIONS);
  return exitCode === 0;
}
