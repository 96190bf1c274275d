import { spawnSync } from 'node:child_process';
import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';

const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Variables that the AWS SDK and the CDK read. */
const AWS_OR_CDK_VARIABLE = /^(AWS|CDK)_/;

/**
 * Runs a program in a folder to its end, without access to AWS.
 *
 * @throws CannotTellError with the output of the program if it fails.
 */
export function runProgram(folder: string, program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: variablesWithoutAws(),
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT_BYTES,
  });
  if (status !== 0) throw new CannotTellError(untranslated(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`));
}

/**
 * Variables of this process without those of AWS and of the CDK. With credentials, a synth would ask AWS for the account
 * first, and without them it would look for those of an EC2 instance: both would be measured, too.
 */
function variablesWithoutAws(): NodeJS.ProcessEnv {
  const variables = Object.entries(process.env).filter(([name]) => !AWS_OR_CDK_VARIABLE.test(name));
  return {
    ...Object.fromEntries(variables),
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}
