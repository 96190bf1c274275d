import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import { entries, objects, within } from '@infra/common/values';
import { keysOf, readKnownKeys, renewKnownKeys } from './assembly-keys';
import { digestOf, digestsOfReviewedCode } from './reviewed-code';

/**
 * Checks that an assembly deploys what its templates say, and nothing else: reviews compare templates, while the CDK CLI
 * uploads what the asset manifests name, runs their executables, and deploys to where the manifest says.
 *
 * @throws CannotTellError that lists everything odd.
 */
export function runCheckAssembly(directory: string, renew = false): Outcome {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CannotTellError(`${directory} is not a directory.`);
  }
  if (renew) renewKnownKeys(directory);
  const findings = new AssemblyCheck(directory).run();
  if (findings.length === 0) {
    return { exitCode: 0, stdout: `${directory} deploys its templates, and nothing else.\n`, stderr: '' };
  }
  const title = `${directory} would deploy something else than its templates say, so that no review holds:`;
  const lines = findings.map((finding) => `  - ${visible(finding)}`);
  throw new CannotTellError([title, ...lines].join('\n'));
}

/** Account and region of a stack. */
interface Place {
  readonly account: string;
  readonly region: string;
}

const STACK = 'aws:cloudformation:stack';
const ASSET_MANIFEST = 'cdk:asset-manifest';
const CONSTRUCT_ASSET = 'aws:cdk:asset';

/** A file in the same folder. */
const PLAIN_NAME = /^[\w-][\w.-]*$/;

/** End of a file's name, such as `.json`. */
const ENDING = /\.\w+$/;

/** Account and region of a stack in the manifest, `aws://123456789012/ap-northeast-1`. */
const ENVIRONMENT = /^aws:\/\/(\d{12}|unknown-account)\/([a-z]+(?:-[a-z]+)+-\d)$/;

class AssemblyCheck {
  private readonly findings: string[] = [];
  private readonly knownKeys = readKnownKeys();
  private readonly reviewedCode = digestsOfReviewedCode();

  constructor(private readonly directory: string) {}

  run(): readonly string[] {
    this.checkFiles();
    const manifest = this.readJson('manifest.json');
    this.checkKeys('manifest.json', keysOf(manifest));
    const artifacts = entries(within(manifest, 'artifacts'));
    for (const [id, artifact] of artifacts) {
      const type = typeOf(artifact);
      if (type === STACK) this.checkStack(id, artifact);
      if (type === ASSET_MANIFEST) this.checkOwner(id, artifact, artifacts);
    }
    return this.findings;
  }

  private report(where: string, finding: string): void {
    this.findings.push(`${where}: ${finding}`);
  }

  private expect(where: string, actual: unknown, expected: unknown): void {
    const actualJson = JSON.stringify(actual);
    const expectedJson = JSON.stringify(expected);
    if (actualJson === expectedJson) return;
    this.report(where, `${actualJson}, and the CDK's default is ${expectedJson}.`);
  }

  /** A link is followed when it is uploaded, to whatever is there on the machine that deploys. */
  private checkFiles(): void {
    const paths = readdirSync(this.directory, { recursive: true, encoding: 'utf8' });
    for (const path of paths) {
      const stats = lstatSync(join(this.directory, path));
      const isExpected = stats.isFile() || stats.isDirectory();
      if (!isExpected) this.report(path, 'neither a file nor a folder, but a link, say.');
    }
  }

  private checkKeys(where: string, keys: readonly string[]): void {
    for (const key of new Set(keys)) {
      if (this.knownKeys.has(key)) continue;
      this.report(where, `"${key}" is new. If an upgrade of the CDK or a change of lib brings it: npm run renew`);
    }
  }

  /**
   * The value in a file, which must be written as the CDK writes it: of a key that stands twice, other readers than
   * Node's may take the first one.
   */
  private readJson(file: string): unknown {
    try {
      const text = readFileSync(join(this.directory, file), 'utf8');
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

  /** A stack is called as its artifact, and so are its files; its roles and its bucket are those of `cdk bootstrap`. */
  private checkStack(id: string, artifact: unknown): void {
    const environment = String(within(artifact, 'environment'));
    const place = placeOf(environment);
    if (!place) {
      this.report(id, `"${environment}" is no account and region.`);
      return;
    }
    const expectProperty = (name: string, expected: unknown) => {
      const actual = within(artifact, 'properties', ...name.split('.'));
      this.expect(`${id}, ${name}`, actual, expected);
    };
    const templateFile = `${id}.template.json`;
    const manifestId = `${id}.assets`;
    const versionParameter = bootstrapped(DefaultStackSynthesizer.DEFAULT_BOOTSTRAP_STACK_VERSION_SSM_PARAMETER, place);

    this.expect(`${id}, displayName`, within(artifact, 'displayName'), id);
    this.expect(`${id}, dependencies`, within(artifact, 'dependencies'), [manifestId]);
    this.expect(`${id}, additionalMetadataFile`, within(artifact, 'additionalMetadataFile'), `${id}.metadata.json`);
    expectProperty('templateFile', templateFile);
    expectProperty('additionalDependencies', [manifestId]);
    expectProperty('assumeRoleArn', bootstrapped(DefaultStackSynthesizer.DEFAULT_DEPLOY_ROLE_ARN, place));
    expectProperty(
      'cloudFormationExecutionRoleArn',
      bootstrapped(DefaultStackSynthesizer.DEFAULT_CLOUDFORMATION_ROLE_ARN, place),
    );
    expectProperty('lookupRole.arn', bootstrapped(DefaultStackSynthesizer.DEFAULT_LOOKUP_ROLE_ARN, place));
    expectProperty('bootstrapStackVersionSsmParameter', versionParameter);
    expectProperty('lookupRole.bootstrapStackVersionSsmParameter', versionParameter);

    this.checkMetadata(id);
    const key = this.checkUploads(`${manifestId}.json`, templateFile, place);
    expectProperty('stackTemplateAssetObjectUrl', `s3://${bucketIn(place)}/${key}`);
  }

  /** The CDK CLI also uploads, or builds, what a construct's metadata calls an asset. */
  private checkMetadata(id: string): void {
    const metadata = entries(this.readJson(`${id}.metadata.json`));
    for (const [path, records] of metadata) {
      const hasAsset = objects(records).some((record) => typeOf(record) === CONSTRUCT_ASSET);
      if (hasAsset) this.report(`${id}.metadata.json`, `${path} has an asset of its own.`);
    }
  }

  /** An asset manifest belongs to one stack, and is called after it. */
  private checkOwner(id: string, artifact: unknown, artifacts: ReadonlyMap<string, unknown>): void {
    const owner = id.replace(/\.assets$/, '');
    const hasOwner = owner !== id && typeOf(artifacts.get(owner)) === STACK;
    if (!hasOwner) this.report(id, 'uploads files for no stack.');
    this.expect(`${id}, file`, within(artifact, 'properties', 'file'), `${owner}.assets.json`);
  }

  /** Checks the files that are uploaded for a stack. Returns the key under which its template is. */
  private checkUploads(file: string, templateFile: string, place: Place): string {
    const manifest = this.readJson(file);
    this.checkKeys(file, keysOf(manifest));
    this.expect(`${file}, dockerImages`, within(manifest, 'dockerImages'), {});
    const templateKey = this.digestOfFile(templateFile);
    const uploads = [...entries(within(manifest, 'files'))];
    const templates = uploads.filter(([, upload]) => sourcePathOf(upload) === templateFile);
    this.readJson(templateFile);
    const sources = templates.map(([id, upload]) => [id, packagingOf(upload)]);
    this.expect(`${file}, uploads of ${templateFile}`, sources, [[templateKey, 'file']]);
    for (const [id, upload] of uploads) {
      const where = `${file}, ${id}`;
      const isTemplate = sourcePathOf(upload) === templateFile;
      const ending = isTemplate ? '.json' : this.checkContent(where, upload);
      this.checkDestinations(where, upload, `${id}${ending}`, place);
    }
    return `${templateKey}.json`;
  }

  /** Checks that a function's files are code that was reviewed. Returns the ending of its key. */
  private checkContent(where: string, upload: unknown): string {
    const path = sourcePathOf(upload);
    if (typeof path !== 'string' || !PLAIN_NAME.test(path)) {
      this.report(where, `${JSON.stringify(path)} is no file or folder of the assembly.`);
      return '';
    }
    const isFolder = packagingOf(upload) === 'zip';
    const files = isFolder ? this.filesIn(path) : [path];
    if (files.length === 0) this.report(where, `${path} has no file.`);
    for (const file of files) {
      if (this.reviewedCode.has(this.digestOfFile(file))) continue;
      this.report(where, `${file} is neither a file of this repository nor one of aws-cdk-lib's handlers.`);
    }
    if (isFolder) return '.zip';
    const [ending = ''] = ENDING.exec(path) ?? [];
    return ending;
  }

  private filesIn(folder: string): string[] {
    try {
      const names = readdirSync(join(this.directory, folder), { recursive: true, encoding: 'utf8' });
      const paths = names.map((name) => join(folder, name));
      return paths.filter((path) => !this.isDirectory(path));
    } catch {
      return [];
    }
  }

  private isDirectory(path: string): boolean {
    return lstatSync(join(this.directory, path)).isDirectory();
  }

  private digestOfFile(file: string): string {
    try {
      return digestOf(readFileSync(join(this.directory, file)));
    } catch (error) {
      this.report(file, `cannot be read: ${(error as Error).message}`);
      return '';
    }
  }

  private checkDestinations(where: string, upload: unknown, objectKey: string, place: Place): void {
    const destinations = entries(within(upload, 'destinations'));
    const role = bootstrapped(DefaultStackSynthesizer.DEFAULT_FILE_ASSET_PUBLISHING_ROLE_ARN, place);
    for (const destination of destinations.values()) {
      this.expect(`${where}, objectKey`, within(destination, 'objectKey'), objectKey);
      this.expect(`${where}, bucketName`, within(destination, 'bucketName'), bucketIn(place));
      this.expect(`${where}, region`, within(destination, 'region'), place.region);
      this.expect(`${where}, assumeRoleArn`, within(destination, 'assumeRoleArn'), role);
    }
  }
}

/** True if a text is the value's JSON, indented as the CDK does it. */
function isWrittenByCdk(text: string, value: unknown): boolean {
  const trimmedText = text.trimEnd();
  const indents = [1, 2];
  return indents.some((indent) => JSON.stringify(value, undefined, indent) === trimmedText);
}

/** Type of an artifact, or of a record in a construct's metadata. */
function typeOf(artifact: unknown): unknown {
  return within(artifact, 'type');
}

/** Path in the assembly of a file or folder that is uploaded. */
function sourcePathOf(upload: unknown): unknown {
  return within(upload, 'source', 'path');
}

/** `file`, or `zip` for a folder. */
function packagingOf(upload: unknown): unknown {
  return within(upload, 'source', 'packaging');
}

/** The place that `aws://123456789012/ap-northeast-1` is; without an account, it is that of the credentials. */
function placeOf(environment: string): Place | undefined {
  const [, account, region] = ENVIRONMENT.exec(environment) ?? [];
  if (account === undefined || region === undefined) return undefined;
  return { account: account === 'unknown-account' ? '${AWS::AccountId}' : account, region };
}

/** Name or ARN of something that `cdk bootstrap` makes by default. */
function bootstrapped(template: string, { account, region }: Place): string {
  return template
    .replaceAll('${Qualifier}', DefaultStackSynthesizer.DEFAULT_QUALIFIER)
    .replaceAll('${AWS::AccountId}', account)
    .replaceAll('${AWS::Region}', region);
}

function bucketIn(place: Place): string {
  return bootstrapped(DefaultStackSynthesizer.DEFAULT_FILE_ASSETS_BUCKET_NAME, place);
}
