import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type ArtifactManifest, ArtifactType } from 'aws-cdk-lib/cloud-assembly-schema';
import {
  AssetManifestArtifact,
  type CloudArtifact,
  CloudAssembly,
  type CloudFormationStackArtifact,
} from 'aws-cdk-lib/cx-api';
import { assemblyErrors } from './assembly-errors';
import { AssemblyFiles, readJson } from './assembly-files';
import { isLoop, withoutLoops } from './loops';
import { asStack, nestedStacksIn, withoutHashes } from './nested-stacks';
import type { SecretMask } from './secret-mask';
import type { Template } from './template';
import { entriesOf, isRecord, objectsOf, omitKeys, valueAtPath } from './values';

/** A stack of a cloud assembly. Each environment of the app is one stack. */
export interface SynthesizedStack {
  readonly name: string;
  /** Account and region that the stack is deployed to, `aws://123456789012/ap-northeast-1`. */
  readonly environment: string;
  readonly terminationProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Further fields of the stack's artifact in the manifest, such as roles and parameters, and the stack's assets. */
  readonly artifact: Readonly<Record<string, unknown>>;
  readonly template: Template;
  /** Set if the stack is nested in another one: the DeletionPolicy that it has there. */
  readonly nested?: { readonly deletionPolicy: unknown };
}

/** Content of a cloud assembly, which `cdk synth` writes; only the parts that the tools read. */
export interface Assembly {
  /** Version of aws-cdk-lib that made the assembly; empty if the assembly does not have it. */
  readonly cdkVersion: string;
  /** Version of the format of the manifest. */
  readonly schemaVersion: string;
  /** Stacks by name; a nested one by its logical id behind its parent, `Parent/Id`. */
  readonly stacks: ReadonlyMap<string, SynthesizedStack>;
  /** The manifest without its stacks. */
  readonly manifestWithoutStacks: Readonly<Record<string, unknown>>;
}

/** Reads a cloud assembly, and masks its secrets. Throws a CannotTellError if the assembly is incomplete. */
export function readAssembly(directory: string, mask: SecretMask): Assembly {
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) {
    throw assemblyErrors.noDirectory({ directory });
  }
  const assembly = loadAssembly(directory);
  const { missing = [] } = assembly.manifest;
  if (missing.length > 0) {
    const keys = missing.map(({ key }) => key).join(', ');
    throw assemblyErrors.missingContext({ directory, keys });
  }
  const stacks = new AssemblyReader(directory, mask).readStacks(assembly);
  return {
    cdkVersion: readCdkVersion(directory),
    schemaVersion: assembly.manifest.version,
    stacks,
    manifestWithoutStacks: mask.mask(manifestWithoutStacks(assembly)) as Assembly['manifestWithoutStacks'],
  };
}

function loadAssembly(directory: string): CloudAssembly {
  try {
    return new CloudAssembly(directory, { skipEnumCheck: true });
  } catch (error) {
    throw assemblyErrors.notReadable({ directory, reason: (error as Error).message });
  }
}

/** Reads the stacks of an assembly. */
class AssemblyReader {
  private readonly stacks = new Map<string, SynthesizedStack>();
  private readonly files: AssemblyFiles;

  constructor(
    private readonly directory: string,
    private readonly mask: SecretMask,
  ) {
    this.files = new AssemblyFiles(directory);
  }

  readStacks(assembly: CloudAssembly): ReadonlyMap<string, SynthesizedStack> {
    const { directory, stacks } = this;
    for (const artifact of assembly.stacksRecursively) {
      const { stackName, templateFullPath } = artifact;
      const stack = this.readStack(artifact);
      // The same name in another account or region is another stack.
      const key = stacks.has(stackName) ? `${stackName} (${stack.environment})` : stackName;
      if (stacks.get(stackName)?.environment === stack.environment || stacks.has(key)) {
        throw assemblyErrors.repeatedStack({ directory, stackName });
      }
      this.addStack(key, { ...stack, name: key }, [templateFullPath]);
    }
    if (stacks.size === 0) throw assemblyErrors.noStack({ directory });
    return stacks;
  }

  /**
   * Adds a stack, and those that are nested in it.
   * @param templateFiles - File of its template, before it those of the stacks that it is nested in.
   */
  private addStack(key: string, stack: SynthesizedStack, templateFiles: readonly string[]): void {
    const templateFile = templateFiles.at(-1) ?? '';
    const nestedStacks = nestedStacksIn(stack.template, templateFile);
    this.stacks.set(key, { ...stack, template: withoutHashes(stack.template, nestedStacks) });
    for (const nested of nestedStacks) {
      if (templateFiles.includes(nested.templateFile)) {
        throw assemblyErrors.nestedInItself({ source: nested.templateFile, id: nested.id });
      }
      const template = this.readTemplate(nested.templateFile);
      this.addStack(`${key}/${nested.id}`, asStack(nested, stack, template), [...templateFiles, nested.templateFile]);
    }
  }

  private readStack(artifact: CloudFormationStackArtifact): SynthesizedStack {
    const otherFields = {
      ...otherFieldsOf(artifact.manifest),
      assets: assetsOf(artifact, this.files),
    };
    return {
      name: artifact.stackName,
      environment: artifact.environment.name,
      terminationProtection: artifact.terminationProtection === true,
      tags: artifact.tags,
      artifact: this.mask.mask(otherFields) as SynthesizedStack['artifact'],
      template: this.readTemplate(artifact.templateFullPath),
    };
  }

  /** Reads a template, and masks its secrets. */
  private readTemplate(file: string): Template {
    const template = checkTemplate(this.files.readJson(file), file);
    return this.mask.mask(template) as Template;
  }
}

/** Fields of a stack's artifact that are not fields of SynthesizedStack. */
function otherFieldsOf(artifact: ArtifactManifest): Record<string, unknown> {
  return {
    ...omitKeys(artifact, 'properties', 'environment'),
    ...omitKeys(artifact.properties ?? {}, 'terminationProtection', 'tags'),
  };
}

/**
 * Files and images that are uploaded for a stack. Their hashes are left out: a manifest has them as the keys of the
 * files, of the images and of their destinations.
 */
function assetsOf({ dependencies }: CloudArtifact, files: AssemblyFiles): Record<string, unknown>[] {
  const manifests = dependencies.filter(AssetManifestArtifact.isAssetManifestArtifact);
  return manifests.flatMap(({ file }) => {
    const manifest = files.readJson(file);
    const fileAssets = valuesOf(valueAtPath(manifest, 'files'));
    const images = valuesOf(valueAtPath(manifest, 'dockerImages'));
    return objectsOf([...fileAssets, ...images]).map(withoutDestinationIds);
  });
}

function withoutDestinationIds(asset: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...asset, destinations: valuesOf(asset.destinations) };
}

function valuesOf(object: unknown): unknown[] {
  return [...entriesOf(object).values()];
}

function manifestWithoutStacks({ manifest }: CloudAssembly): Record<string, unknown> {
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const otherArtifacts = artifacts.filter(([, { type }]) => type !== ArtifactType.AWS_CLOUDFORMATION_STACK);
  return {
    ...omitKeys(manifest, 'artifacts', 'version'),
    artifacts: Object.fromEntries(otherArtifacts),
  };
}

/**
 * Throws a CannotTellError if a value is not a template. Loops of resources that only CloudFormation can unroll become a
 * section of their own.
 * @param source - Path of the template's file, in errors.
 */
function checkTemplate(template: unknown, source: string): Template {
  if (!isRecord(template) || !isRecord(template.Resources)) {
    throw assemblyErrors.noResources({ source });
  }
  const entries = Object.entries(withoutLoops(template.Resources));
  const loops = entries.filter(([name]) => isLoop(name));
  const resources = entries.filter(([name]) => !isLoop(name));
  for (const [id, resource] of resources) {
    if (!isResource(resource)) throw assemblyErrors.malformedResource({ source, id });
  }
  const unrolled = { ...template, Resources: Object.fromEntries(resources) };
  return (loops.length === 0 ? unrolled : { ...unrolled, 'Fn::ForEach': Object.fromEntries(loops) }) as Template;
}

function isResource(value: unknown): boolean {
  if (!isRecord(value) || typeof value.Type !== 'string') return false;
  return value.Properties === undefined || isRecord(value.Properties);
}

/** Reads the version of aws-cdk-lib from the construct tree, the only part of an assembly that has it. */
function readCdkVersion(directory: string): string {
  try {
    const treeFile = readJson(join(directory, 'tree.json'));
    const version = valueAtPath(treeFile, 'tree', 'constructInfo', 'version');
    return typeof version === 'string' ? version : '';
  } catch {
    // The tree is optional: an app with `treeMetadata: false` has none.
    return '';
  }
}
