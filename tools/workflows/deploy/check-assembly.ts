import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { escapeInvisible } from '@infra/common/untrusted-text';
import { entriesOf, objectsOf, valueAtPath } from '@infra/common/values';
import { asciiJson } from '../../../lib/ascii-template';
import { keysOf, readKnownKeys, renewKnownKeys } from './assembly-keys';
import { digestsOfKnownCode } from './known-code';
import { sha256 } from './sha256';

interface CheckOptions {
  /** Takes the keys of the assembly's manifests for known, before they are checked. */
  readonly renew?: boolean;
}

/**
 * Runs `check-assembly`: checks that an assembly deploys what its templates say, and nothing else. A review compares
 * templates only. The CDK CLI also uploads the files that the asset manifests name, runs the executables that they name,
 * and deploys to the accounts and by the roles that the manifest names.
 *
 * @throws CannotTellError with a list of all findings, if there are any.
 */
export function runCheckAssembly(assemblyFolder: string, { renew = false }: CheckOptions = {}): Outcome {
  if (!statSync(assemblyFolder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CannotTellError(`${assemblyFolder} is not a directory.`);
  }
  if (renew) renewKnownKeys(assemblyFolder);
  const findings = new AssemblyCheck(assemblyFolder).run();
  if (findings.length === 0) {
    return { exitCode: 0, stdout: `${assemblyFolder} deploys its templates, and nothing else.\n`, stderr: '' };
  }
  const title = `${assemblyFolder} would deploy something else than its templates say, so that no review holds:`;
  const lines = findings.map((finding) => `  - ${escapeInvisible(finding)}`);
  throw new CannotTellError([title, ...lines].join('\n'));
}

/** Account and region to which a stack is deployed. */
interface Target {
  /** Number of the account; without one in the config, a placeholder for the account of the credentials. */
  readonly account: string;
  readonly region: string;
}

/** Type of a stack's artifact in the manifest. */
const STACK_TYPE = 'aws:cloudformation:stack';
/** Type of the artifact that lists a stack's uploads. */
const ASSET_MANIFEST_TYPE = 'cdk:asset-manifest';
/** Type of a record in a construct's metadata that makes the CDK CLI upload or build an asset. */
const CONSTRUCT_ASSET_TYPE = 'aws:cdk:asset';

/** Name without a folder: such a path cannot lead out of the assembly. */
const PLAIN_NAME = /^[\w-][\w.-]*$/;

/** Extension of a file's name, such as `.json`. */
const EXTENSION = /\.\w+$/;

/** Account and region of a stack in the manifest, `aws://123456789012/ap-northeast-1`. */
const ENVIRONMENT = /^aws:\/\/(\d{12}|unknown-account)\/([a-z]+(?:-[a-z]+)+-\d)$/;

/** Placeholder of the CDK for the account of the credentials, in names and ARNs. */
const ACCOUNT_PLACEHOLDER = '${AWS::AccountId}';

/** Checks one assembly, and collects the findings. */
class AssemblyCheck {
  private readonly findings: string[] = [];
  private readonly knownKeys = readKnownKeys();
  private readonly knownCode = digestsOfKnownCode();

  constructor(private readonly folder: string) {}

  /** Returns the findings; none if the assembly deploys its templates only. */
  run(): readonly string[] {
    this.checkFiles();
    const manifest = this.readJson('manifest.json');
    this.checkKeys('manifest.json', keysOf(manifest));
    const artifacts = entriesOf(valueAtPath(manifest, 'artifacts'));
    for (const [id, artifact] of artifacts) {
      const type = typeOf(artifact);
      if (type === STACK_TYPE) this.checkStack(id, artifact);
      if (type === ASSET_MANIFEST_TYPE) this.checkStackOfAssetManifest(id, artifact, artifacts);
    }
    return this.findings;
  }

  private report(where: string, finding: string): void {
    this.findings.push(`${where}: ${finding}`);
  }

  /** Reports a value that differs from the CDK's default. */
  private expect(where: string, actual: unknown, expected: unknown): void {
    const actualJson = JSON.stringify(actual);
    const expectedJson = JSON.stringify(expected);
    if (actualJson === expectedJson) return;
    this.report(where, `${actualJson}, and the CDK's default is ${expectedJson}.`);
  }

  /** Reports links: an upload follows them, to files of the machine that deploys. */
  private checkFiles(): void {
    const paths = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    for (const path of paths) {
      const stats = lstatSync(join(this.folder, path));
      const isExpected = stats.isFile() || stats.isDirectory();
      if (!isExpected) this.report(path, 'neither a file nor a folder, but a link, say.');
    }
  }

  /** Reports keys of a manifest that are not known: the CDK CLI might do something else by them. */
  private checkKeys(where: string, keys: readonly string[]): void {
    for (const key of new Set(keys)) {
      if (this.knownKeys.has(key)) continue;
      this.report(where, `"${key}" is new. If an upgrade of the CDK or a change of lib brings it: npm run renew`);
    }
  }

  /**
   * Reads a JSON file, and reports one that the CDK cannot have written. If a key were in it twice, another program might
   * read the first value, while Node reads the second one.
   *
   * @returns `undefined` if the file cannot be read, which is reported, too.
   */
  private readJson(file: string): unknown {
    try {
      const text = readFileSync(join(this.folder, file), 'utf8');
      const value: unknown = JSON.parse(text);
      if (!isWrittenByCdk(text, value)) {
        this.report(file, 'not written as the CDK writes it, perhaps with a key twice.');
      }
      return value;
    } catch (error) {
      this.report(file, `cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  }

  /**
   * Checks that a stack's files have the name of the stack, and that its roles and its bucket are those of `cdk bootstrap`.
   */
  private checkStack(id: string, artifact: unknown): void {
    const environment = String(valueAtPath(artifact, 'environment'));
    const target = targetOf(environment);
    if (!target) {
      this.report(id, `"${environment}" is no account and region.`);
      return;
    }
    const expectProperty = (name: string, expected: unknown) => {
      const actual = valueAtPath(artifact, 'properties', ...name.split('.'));
      this.expect(`${id}, ${name}`, actual, expected);
    };
    const templateFile = `${id}.template.json`;
    const manifestId = `${id}.assets`;
    const versionParameter = fillTemplate(
      DefaultStackSynthesizer.DEFAULT_BOOTSTRAP_STACK_VERSION_SSM_PARAMETER,
      target,
    );

    this.expect(`${id}, displayName`, valueAtPath(artifact, 'displayName'), id);
    this.expect(`${id}, dependencies`, valueAtPath(artifact, 'dependencies'), [manifestId]);
    this.expect(
      `${id}, additionalMetadataFile`,
      valueAtPath(artifact, 'additionalMetadataFile'),
      `${id}.metadata.json`,
    );
    expectProperty('templateFile', templateFile);
    expectProperty('additionalDependencies', [manifestId]);
    expectProperty('assumeRoleArn', fillTemplate(DefaultStackSynthesizer.DEFAULT_DEPLOY_ROLE_ARN, target));
    expectProperty(
      'cloudFormationExecutionRoleArn',
      fillTemplate(DefaultStackSynthesizer.DEFAULT_CLOUDFORMATION_ROLE_ARN, target),
    );
    expectProperty('lookupRole.arn', fillTemplate(DefaultStackSynthesizer.DEFAULT_LOOKUP_ROLE_ARN, target));
    expectProperty('bootstrapStackVersionSsmParameter', versionParameter);
    expectProperty('lookupRole.bootstrapStackVersionSsmParameter', versionParameter);

    this.checkMetadata(id);
    const templateKey = this.checkUploads(`${manifestId}.json`, templateFile, target);
    expectProperty('stackTemplateAssetObjectUrl', `s3://${bucketIn(target)}/${templateKey}`);
  }

  /** Reports assets in a stack's metadata: the CDK CLI uploads or builds them, too. */
  private checkMetadata(id: string): void {
    const metadata = entriesOf(this.readJson(`${id}.metadata.json`));
    for (const [path, records] of metadata) {
      const hasAsset = objectsOf(records).some((record) => typeOf(record) === CONSTRUCT_ASSET_TYPE);
      if (hasAsset) this.report(`${id}.metadata.json`, `${path} has an asset of its own.`);
    }
  }

  /** Checks that an asset manifest has the name of a stack of the assembly, to which it belongs. */
  private checkStackOfAssetManifest(id: string, artifact: unknown, artifacts: ReadonlyMap<string, unknown>): void {
    const stackId = id.replace(/\.assets$/, '');
    const hasStack = stackId !== id && typeOf(artifacts.get(stackId)) === STACK_TYPE;
    if (!hasStack) this.report(id, 'uploads files for no stack.');
    this.expect(`${id}, file`, valueAtPath(artifact, 'properties', 'file'), `${stackId}.assets.json`);
  }

  /** Checks the uploads in a stack's asset manifest. Returns the key of the template in the bucket. */
  private checkUploads(manifestFile: string, templateFile: string, target: Target): string {
    const manifest = this.readJson(manifestFile);
    this.checkKeys(manifestFile, keysOf(manifest));
    this.expect(`${manifestFile}, dockerImages`, valueAtPath(manifest, 'dockerImages'), {});
    const templateDigest = this.digestOfFile(templateFile);
    const uploads = entriesOf(valueAtPath(manifest, 'files'));
    // Only reports a template that the CDK cannot have written.
    this.readJson(templateFile);
    const templateUploads = [...uploads].filter(([, upload]) => sourcePathOf(upload) === templateFile);
    const templateSources = templateUploads.map(([id, upload]) => [id, packagingOf(upload)]);
    this.expect(`${manifestFile}, uploads of ${templateFile}`, templateSources, [[templateDigest, 'file']]);
    for (const [id, upload] of uploads) {
      const where = `${manifestFile}, ${id}`;
      const isTemplate = sourcePathOf(upload) === templateFile;
      const extension = isTemplate ? '.json' : this.checkCode(where, upload);
      this.checkDestinations(where, upload, `${id}${extension}`, target);
    }
    return `${templateDigest}.json`;
  }

  /**
   * Checks that an upload, of a Lambda function, has no other files than known ones. Returns the extension of its key in
   * the bucket.
   */
  private checkCode(where: string, upload: unknown): string {
    const path = sourcePathOf(upload);
    if (typeof path !== 'string' || !PLAIN_NAME.test(path)) {
      this.report(where, `${JSON.stringify(path)} is no file or folder of the assembly.`);
      return '';
    }
    const isFolder = packagingOf(upload) === 'zip';
    const files = isFolder ? this.filesIn(path) : [path];
    if (files.length === 0) this.report(where, `${path} has no file.`);
    for (const file of files) {
      if (this.knownCode.has(this.digestOfFile(file))) continue;
      this.report(where, `${file} is neither a file of this repository nor one of aws-cdk-lib's handlers.`);
    }
    if (isFolder) return '.zip';
    const [extension = ''] = EXTENSION.exec(path) ?? [];
    return extension;
  }

  /** Paths of the files in a folder of the assembly; none if it does not exist. */
  private filesIn(folder: string): string[] {
    try {
      const names = readdirSync(join(this.folder, folder), { recursive: true, encoding: 'utf8' });
      const paths = names.map((name) => join(folder, name));
      return paths.filter((path) => !this.isDirectory(path));
    } catch {
      return [];
    }
  }

  private isDirectory(path: string): boolean {
    return lstatSync(join(this.folder, path)).isDirectory();
  }

  /** Digest of a file; empty if it cannot be read, which is reported. */
  private digestOfFile(file: string): string {
    try {
      return sha256(readFileSync(join(this.folder, file)));
    } catch (error) {
      this.report(file, `cannot be read: ${(error as Error).message}`);
      return '';
    }
  }

  /** Checks that an upload goes to the bucket of `cdk bootstrap`, by the role of `cdk bootstrap`. */
  private checkDestinations(where: string, upload: unknown, objectKey: string, target: Target): void {
    const destinations = entriesOf(valueAtPath(upload, 'destinations'));
    const role = fillTemplate(DefaultStackSynthesizer.DEFAULT_FILE_ASSET_PUBLISHING_ROLE_ARN, target);
    for (const destination of destinations.values()) {
      this.expect(`${where}, objectKey`, valueAtPath(destination, 'objectKey'), objectKey);
      this.expect(`${where}, bucketName`, valueAtPath(destination, 'bucketName'), bucketIn(target));
      this.expect(`${where}, region`, valueAtPath(destination, 'region'), target.region);
      this.expect(`${where}, assumeRoleArn`, valueAtPath(destination, 'assumeRoleArn'), role);
    }
  }
}

/** True if a text is the value's JSON, indented as the CDK does it; templates are in ASCII. */
function isWrittenByCdk(text: string, value: unknown): boolean {
  const asciiText = asciiJson(text.trimEnd());
  const indents = [1, 2];
  return indents.some((indent) => asciiJson(JSON.stringify(value, undefined, indent)) === asciiText);
}

/** Type of an artifact, or of a record in a construct's metadata. */
function typeOf(artifactOrRecord: unknown): unknown {
  return valueAtPath(artifactOrRecord, 'type');
}

/** Path in the assembly of a file or folder that is uploaded. */
function sourcePathOf(upload: unknown): unknown {
  return valueAtPath(upload, 'source', 'path');
}

/** `file`, or `zip` for a folder. */
function packagingOf(upload: unknown): unknown {
  return valueAtPath(upload, 'source', 'packaging');
}

/** The target that `aws://123456789012/ap-northeast-1` describes; `undefined` if a text does not describe any. */
function targetOf(environment: string): Target | undefined {
  const [, account, region] = ENVIRONMENT.exec(environment) ?? [];
  if (account === undefined || region === undefined) return undefined;
  return { account: account === 'unknown-account' ? ACCOUNT_PLACEHOLDER : account, region };
}

/** Fills in the template of a name or ARN of something that `cdk bootstrap` creates by default. */
function fillTemplate(nameTemplate: string, { account, region }: Target): string {
  return nameTemplate
    .replaceAll('${Qualifier}', DefaultStackSynthesizer.DEFAULT_QUALIFIER)
    .replaceAll(ACCOUNT_PLACEHOLDER, account)
    .replaceAll('${AWS::Region}', region);
}

function bucketIn(target: Target): string {
  return fillTemplate(DefaultStackSynthesizer.DEFAULT_FILE_ASSETS_BUCKET_NAME, target);
}
