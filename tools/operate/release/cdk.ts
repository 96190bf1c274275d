import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { CannotTellError } from '@infra/common/outcome';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { runCdk } from '../../program/cdk-cli';

/** The CLI's words are the progress of a release. */
const OPTIONS = { directory: join(__dirname, '../../..'), showsOutput: true };

/** Synthesizes the app into a folder that is removed at the end of this process. */
export async function synthesize(): Promise<string> {
  const folder = makeTemporaryFolder('prooflink-release-');
  const { exitCode } = await runCdk(['synth', '--quiet', '--output', folder], OPTIONS);
  if (exitCode === 0) return folder;
  throw new CannotTellError('The app could not be synthesized; the CDK CLI says why above.');
}

/** Runs `cdk deploy`; parameters that are not given keep their values. Returns true if it succeeded. */
export async function deploy(
  assembly: string,
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
    assembly,
    // Under the default name, the CLI would delete the change set of a deployment at the same time.
    '--change-set-name',
    `release-${randomUUID()}`,
    '--exclusively',
    '--require-approval',
    'never',
    '--progress',
    'events',
    ...parameterOptions,
  ];
  const { exitCode } = await runCdk(args, OPTIONS);
  return exitCode === 0;
}
