import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly, type SynthesizedStack } from '@infra/common/assembly';
import { CannotTellError } from '@infra/common/outcome';
import { makeTemporaryFolder } from '@infra/common/own-paths';
import { SecretMask } from '@infra/common/secret-mask';
import { runCdk } from '../../program/cdk-cli';
import { OWN_STACK_NAME } from './environment';
import { words } from './words';

const REPOSITORY_FOLDER = join(__dirname, '../../..');

/** Command of the app of a rehearsal. Node loads it as it has loaded this program. */
const APP_COMMAND = ['node', ...process.execArgv, 'tools/operate/rehearse/app.ts'].join(' ');

/** Synthesizes the stack of a rehearsal into a temporary folder, which is removed when this process ends. */
export async function synthesizeRehearsal(account: string): Promise<string> {
  const folder = makeTemporaryFolder('prooflink-rehearsal-');
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const args = ['synth', '--quiet', '--app', APP_COMMAND, '--context', `account=${account}`, '--output', folder];
  const { exitCode, output } = await runCdk(args, { directory: REPOSITORY_FOLDER, env });
  if (exitCode !== 0) throw new CannotTellError(words.notSynthesized({ output: output.trim() }));
  return folder;
}

/** Stacks of an assembly, by their names. */
export function readStacksOf(assemblyFolder: string): ReadonlyMap<string, SynthesizedStack> {
  return readAssembly(assemblyFolder, new SecretMask()).stacks;
}

/** Artifact of a stack in the manifest of an assembly. */
interface StackArtifact {
  readonly properties: { tags?: Readonly<Record<string, string>> };
}

/**
 * Copies an assembly into a temporary folder, and adds tags to its stack. Tags that `cdk deploy --tags` adds would replace
 * those of the assembly, and the next deployment would lose them.
 */
export function copyWithTags(assemblyFolder: string, tags: Readonly<Record<string, string>>): string {
  const folder = makeTemporaryFolder('prooflink-rehearsal-');
  cpSync(assemblyFolder, folder, { recursive: true });
  const manifestFile = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as {
    readonly artifacts: Readonly<Record<string, StackArtifact>>;
  };
  const artifact = manifest.artifacts[OWN_STACK_NAME];
  if (!artifact) throw new CannotTellError(words.otherStacksInAssembly({ names: [], stackName: OWN_STACK_NAME }));
  artifact.properties.tags = { ...artifact.properties.tags, ...tags };
  writeFileSync(manifestFile, JSON.stringify(manifest, null, 1));
  return folder;
}
