import { join } from 'node:path';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { CannotTellError } from '@infra/common/outcome';
import { SecretMask } from '@infra/common/secret-mask';
import { stackId } from '../../lib/config/names';
import { runCdk } from '../program/cdk-cli';

const ROOT = join(__dirname, '../..');

type Stacks = ReadonlyMap<string, SynthesizedStack>;

/** Stacks of a cloud assembly; the app is synthesized unless one is given. */
export async function readStacks(assembly?: string): Promise<Stacks> {
  const folder = assembly ?? (await synthesizeApp());
  return readAssembly(folder, new SecretMask()).stacks;
}

/** The stack of an environment. */
export function environmentStack(stacks: Stacks, environmentName: string): SynthesizedStack {
  const id = stackId(environmentName);
  const stack = stacks.get(id);
  if (!stack) throw new CannotTellError(`${environmentName}: the assembly has no stack ${id}. Synthesize it again.`);
  return stack;
}

/** Synthesizes the app into a folder that is removed at the end of this process. */
async function synthesizeApp(): Promise<string> {
  const folder = makeTemporaryFolder('prooflink-cost-');
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const { exitCode, output } = await runCdk(['synth', '-q', '-o', folder], { directory: ROOT, env });
  if (exitCode !== 0) throw new CannotTellError(`The app cannot be synthesized:\n${output}`);
  return folder;
}
