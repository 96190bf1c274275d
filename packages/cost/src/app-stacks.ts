import { join } from 'node:path';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { CannotTellError } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { stackId } from '@infra/commands/app';
import { runCdk } from '@infra/commands/cdk-cli';
import { words } from './words';

const REPOSITORY_FOLDER = join(__dirname, '../../..');

/** Stacks by their names. */
export type StacksByName = ReadonlyMap<string, SynthesizedStack>;

/** Reads the stacks of a cloud assembly. Without one, synthesizes the app first. */
export async function readAppStacks(assemblyFolder?: string): Promise<StacksByName> {
  const folder = assemblyFolder ?? (await synthesizeApp());
  const assembly = readAssembly(folder, new SecretMask());
  return assembly.stacks;
}

/**
 * Finds the stack of an environment.
 *
 * @throws CannotTellError if the assembly has none.
 */
export function findEnvironmentStack(stacks: StacksByName, environmentName: string): SynthesizedStack {
  const stackName = stackId(environmentName);
  const stack = stacks.get(stackName);
  if (stack) return stack;
  throw new CannotTellError(words.noStack({ environmentName, stackName }));
}

/** Synthesizes the app into a temporary folder, which is removed when this process ends. Returns the folder. */
async function synthesizeApp(): Promise<string> {
  const folder = makeTemporaryFolder('prooflink-cost-');
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const { exitCode, output } = await runCdk(['synth', '-q', '-o', folder], { directory: REPOSITORY_FOLDER, env });
  if (exitCode !== 0) throw new CannotTellError(words.notSynthesized({ output }));
  return folder;
}
