import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ArtifactManifest, ArtifactType } from 'aws-cdk-lib/cloud-assembly-schema';
import {
  AssetManifestArtifact,
  type CloudArtifact,
  CloudAssembly,
  type CloudFormationStackArtifact,
} from 'aws-cdk-lib/cx-api';
import { CannotTellError } from './outcome';
import type { SecretMask } from './secret-mask';
import type { Template } from './template';
import { entries, isRecord, objects, within, without } from './values';

/** One synthesized stack, which is one environment. */
export interface SynthesizedStack {
  readonly name: string;
  /** Account and region, `aws://123456789012/ap-northeast-1`. */
  readonly environment: string;
  readonly terminationProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** The other fields of the stack in the manifest: roles, parameters, assets and more. */
  readonly artifact: Readonly<Record<string, unknown>>;
  readonly template: Template;
}

/** A cloud assembly, as far as the tools read it. */
export interface Assembly {
  /** The version of the CDK that made it; empty if the assembly does not say. */
  readonly cdkVersion: string;
  readonly schemaVersion: string;
  readonly stacks: ReadonlyMap<string, SynthesizedStack>;
  /** The manifest without its stacks. */
  readonly others: Readonly<Record<string, unknown>>;
}

/** Reads what `cdk synth -o` wrote, and masks its secrets. Throws a CannotTellError if it is incomplete. */
export function readAssembly(directory: string, mask: SecretMask): Assembly {
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) {
    throw new CannotTellError(`${directory} is not a directory. Make it with: npx cdk synth -o ${directory}`);
  }
  const assembly = loadAssembly(directory);
  if (assembly.manifest.missing?.length) {
    throw new CannotTellError(
      `${directory} was synthesized without context that it needs: its templates are stand-ins.`,
    );
  }
  const stacks = readStacks(directory, assembly, mask);
  return {
    cdkVersion: readCdkVersion(directory),
    schemaVersion: assembly.manifest.version,
    stacks,
    others: mask.mask(manifestWithoutStacks(assembly)) as Assembly['others'],
  };
}

function loadAssembly(directory: string): CloudAssembly {
  try {
    return new CloudAssembly(directory, { skipEnumCheck: true });
  } catch (error) {
    throw new CannotTellError(`${directory} is not a readable cloud assembly: ${(error as Error).message}`);
  }
}

function readStacks(directory: string, assembly: CloudAssembly, mask: SecretMask): Map<string, SynthesizedStack> {
  const stacks = new Map<string, SynthesizedStack>();
  for (const artifact of assembly.stacksRecursively) {
    const { stackName } = artifact;
    if (stacks.has(stackName)) {
      throw new CannotTellError(`${directory} has two stacks named ${stackName}: which one is meant is unclear.`);
    }
    stacks.set(stackName, readStack(artifact, mask));
  }
  if (stacks.size === 0) throw new CannotTellError(`${directory} has no stack in it: was the app synthesized?`);
  return stacks;
}

function readStack(artifact: CloudFormationStackArtifact, mask: SecretMask): SynthesizedStack {
  const otherFields = {
    ...otherFieldsOf(artifact.manifest),
    assets: assetsOf(artifact),
  };
  return {
    name: artifact.stackName,
    environment: artifact.environment.name,
    terminationProtection: artifact.terminationProtection === true,
    tags: artifact.tags,
    artifact: mask.mask(otherFields) as SynthesizedStack['artifact'],
    template: readTemplate(artifact.templateFullPath, mask),
  };
}

/** The fields of a stack's artifact that a SynthesizedStack has no name for. */
function otherFieldsOf(artifact: ArtifactManifest): Record<string, unknown> {
  return {
    ...without(artifact, 'properties', 'environment'),
    ...without(artifact.properties ?? {}, 'terminationProtection', 'tags'),
  };
}

/** The files and images that are uploaded for a stack, without the hashes that they are filed under. */
function assetsOf({ dependencies }: CloudArtifact): Record<string, unknown>[] {
  const manifests = dependencies.filter(AssetManifestArtifact.isAssetManifestArtifact);
  return manifests.flatMap(({ file }) => {
    const manifest = readJson(file);
    const files = valuesOf(within(manifest, 'files'));
    const images = valuesOf(within(manifest, 'dockerImages'));
    return objects([...files, ...images]).map(withoutDestinationIds);
  });
}

function withoutDestinationIds(asset: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...asset, destinations: valuesOf(asset.destinations) };
}

function valuesOf(object: unknown): unknown[] {
  return [...entries(object).values()];
}

function manifestWithoutStacks({ manifest }: CloudAssembly): Record<string, unknown> {
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const otherArtifacts = artifacts.filter(([, { type }]) => type !== ArtifactType.AWS_CLOUDFORMATION_STACK);
  return {
    ...without(manifest, 'artifacts', 'version'),
    artifacts: Object.fromEntries(otherArtifacts),
  };
}

/** The template in a file, or in a text that `where` names; secrets are masked on the way in. */
export function readTemplate(where: string, mask: SecretMask, read?: () => string): Template {
  const template = checkTemplate(readJson(where, read), where);
  return mask.mask(template) as Template;
}

/** Checks that a value is a template that can be looked into; `where` names it in errors. */
export function checkTemplate(template: unknown, where: string): Template {
  if (!isRecord(template) || !isRecord(template.Resources)) {
    throw new CannotTellError(`${where} is not a CloudFormation template: it has no Resources.`);
  }
  for (const [id, resource] of Object.entries(template.Resources)) {
    checkResource(id, resource, where);
  }
  return template as unknown as Template;
}

function checkResource(id: string, resource: unknown, where: string): void {
  if (!isRecord(resource) || typeof resource.Type !== 'string') {
    throw new CannotTellError(`${where} is malformed: its resource ${id} has no Type.`);
  }
  if (resource.Properties !== undefined && !isRecord(resource.Properties)) {
    throw new CannotTellError(`${where} is malformed: the Properties of its resource ${id} are not an object.`);
  }
  if (resource.Type === 'AWS::CloudFormation::Stack') {
    throw new CannotTellError(`${where} has a nested stack, ${id}: those are not looked into.`);
  }
}

/** The value in a file of JSON, or in a text that `where` names. */
export function readJson(where: string, read = () => readFileSync(where, 'utf8')): unknown {
  try {
    return JSON.parse(read());
  } catch (error) {
    // A parser's message quotes the template, which might be a secret.
    const reason = error instanceof SyntaxError ? 'it is not JSON' : (error as Error).message;
    throw new CannotTellError(`${where} cannot be read: ${reason}`);
  }
}

/** The library writes its version next to each construct in the tree, and nowhere else. */
function readCdkVersion(directory: string): string {
  try {
    const file = readJson(join(directory, 'tree.json'));
    const version = within(file, 'tree', 'constructInfo', 'version');
    return typeof version === 'string' ? version : '';
  } catch {
    // The tree is optional (`treeMetadata: false`) and only has the version.
    return '';
  }
}
