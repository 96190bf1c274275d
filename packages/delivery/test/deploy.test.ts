import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { App, type DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import { temporaryFolder } from '@infra/common/testing';
import { bootstrap, LOCAL_ACCOUNT, LOCAL_REGION, type LocalAws, startLocalAws } from '@infra/local-aws';
import { ROOT } from '@infra/testing/workflow';
import { requirePrograms } from '@infra/testing/require-programs';
import { runScript } from './support/run-script';

const { AsciiTemplateSynthesizer } = jest.requireActual<{
  AsciiTemplateSynthesizer: new () => DefaultStackSynthesizer;
}>('../../../lib/ascii-template');

const STACK = 'ProoflinkDev';
const BUCKET = `cdk-hnb659fds-assets-${LOCAL_ACCOUNT}-${LOCAL_REGION}`;
const COMMIT = '3f1c2b7a9d0e4c5b8a6f7e8d9c0b1a2f3e4d5c6b';

const root = temporaryFolder('deploy-');
let aws: LocalAws;
let cloudFormation: CloudFormation;
let s3: S3Client;

beforeAll(async () => {
  requirePrograms('aws', 'jq');
  aws = await startLocalAws({ standIns: true });
  await bootstrap({ aws });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = { endpoint: aws.endpoint, region: LOCAL_REGION, credentials, forcePathStyle: true };
  cloudFormation = new CloudFormation(client);
  s3 = new S3Client(client);
});
afterAll(() => aws.stop());

interface AppProps {
  /** Names of log groups, by their ids. */
  readonly logGroups: Readonly<Record<string, string>>;
  readonly description?: string;
}

/** The assembly of an app with log groups and a published file. */
function synthesize({ logGroups, description }: AppProps, synthesizer?: IStackSynthesizer): string {
  const app = new App({ outdir: join(mkdtempSync(join(root, 'app-')), 'cdk.out'), analyticsReporting: false });
  const env = { account: LOCAL_ACCOUNT, region: LOCAL_REGION };
  const stack = new Stack(app, STACK, { env, description, synthesizer });
  new Asset(stack, 'Code', { path: join(ROOT, '.nvmrc') });
  for (const [id, logGroupName] of Object.entries(logGroups)) new CfnLogGroup(stack, id, { logGroupName });
  return app.synth().directory;
}

type Json = Record<string, unknown>;

/** Changes a file of an assembly. */
function change(assembly: string, file: string, edit: (content: Json) => void): void {
  const path = join(assembly, file);
  const content = JSON.parse(readFileSync(path, 'utf8')) as Json;
  edit(content);
  writeFileSync(path, JSON.stringify(content, undefined, 1));
}

interface Deployment {
  readonly assembly: string;
  /** Commit of main when the change set is about to be executed. */
  readonly head?: string;
  /** Scripts of the shell that are found before the programs of this machine. */
  readonly programs?: Readonly<Record<string, string>>;
}

let runs = 0;

/** Runs the script as deploy-stack.yml does. */
function deploy({ assembly, head = COMMIT, programs = {} }: Deployment) {
  runs += 1;
  const { status, stdout, stderr } = runScript('deploy.sh', {
    arguments: [STACK, assembly, join(ROOT, 'node_modules/aws-cdk/bin/cdk')],
    folder: mkdtempSync(join(root, 'run-')),
    programs: { gh: `echo ${head}`, ...programs },
    variables: {
      ...aws.env,
      GITHUB_REPOSITORY: 'prooflink/infrastructure',
      GITHUB_RUN_ID: String(runs),
      GITHUB_RUN_ATTEMPT: '1',
      COMMIT,
      PAUSE: '0.1',
    },
  });
  return { status, stdout, output: `${stdout}${stderr}` };
}

async function resourceNames(): Promise<(string | undefined)[]> {
  const { StackResources = [] } = await cloudFormation.describeStackResources({ StackName: STACK });
  return StackResources.map(({ PhysicalResourceId }) => PhysicalResourceId).sort();
}

/** Key under which the template of an assembly is published. */
function keyOfTemplate(assembly: string): string {
  const manifest = readFileSync(join(assembly, 'manifest.json'), 'utf8');
  const [, key = ''] = /"stackTemplateAssetObjectUrl": "s3:\/\/[^/]+\/([^"]+)"/.exec(manifest) ?? [];
  return key;
}

test('before the CDK CLI starts, an assembly is refused that has what no review shows', () => {
  const assembly = synthesize({ logGroups: { Group: 'first' } });
  change(assembly, `${STACK}.assets.json`, (content) => {
    content['files'] = {
      // The CDK CLI would run it beside the credentials.
      program: { source: { executable: ['env'] } },
      // The credentials would be published.
      outside: { source: { path: '/proc/self/environ' } },
    };
  });
  writeFileSync(join(assembly, 'other'), JSON.stringify({ files: { program: { source: { executable: ['sh'] } } } }));
  change(assembly, 'manifest.json', (content) => {
    const artifacts = content['artifacts'] as Record<string, { properties: Json }>;
    // The running version would change.
    Object.assign(artifacts[STACK]?.properties ?? {}, { parameters: { AppImageTag: 'old' } });
    Object.assign(artifacts, {
      other: { type: 'cdk:asset-manifest', properties: { file: 'other' } },
      nested: { type: 'cdk:cloud-assembly', properties: {} },
    });
  });
  const { status, output } = deploy({ assembly, programs: { aws: 'echo AWS was asked' } });
  expect(output).toBe(
    '::error::The assembly has what no review shows: parameters {"AppImageTag":"old"}, type cdk:cloud-assembly, ' +
      'executable ["env"], path /proc/self/environ, executable ["sh"]\n',
  );
  expect(status).toBe(1);
});

test('before the CDK CLI starts, a nested stack is refused: what is read back is its parent alone', () => {
  const assembly = synthesize({ logGroups: { Group: 'first' } });
  change(assembly, `${STACK}.template.json`, ({ Resources }) => {
    Object.assign(Resources as Json, { Nested: { Type: 'AWS::CloudFormation::Stack' } });
  });
  const { status, output } = deploy({ assembly, programs: { aws: 'echo AWS was asked' } });
  expect(output).toContain('has a nested stack, whose template no review compares.');
  expect(output).not.toContain('AWS was asked');
  expect(status).toBe(1);
});

describe('a deployment', () => {
  const first = { Group: 'first' };

  test('whose first creation fails names the resource that failed', () => {
    const { status, stdout } = deploy({ assembly: synthesize({ logGroups: { Group: 'same', Twin: 'same' } }) });
    expect(stdout).toMatch(/^ProoflinkDev is ROLLBACK_COMPLETE\.$/m);
    expect(stdout).toMatch(/^(?:Group|Twin) \(AWS::Logs::LogGroup\): .*already exists/m);
    expect(status).toBe(1);
  });

  test('stops before it changes anything if main has moved on meanwhile', () => {
    const { status, output } = deploy({ assembly: synthesize({ logGroups: first }), head: 'f'.repeat(40) });
    expect(output).toContain(`::error::main is at ${'f'.repeat(40)}, no longer at ${COMMIT}. Nothing was deployed`);
    expect(status).toBe(1);
  });

  test('creates the stack that a failed creation, and one that stopped, have left, and publishes the files of functions', async () => {
    const { status, stdout } = deploy({ assembly: synthesize({ logGroups: first }) });
    expect(stdout).toMatch(/^ProoflinkDev is CREATE_COMPLETE\.$/m);
    expect(status).toBe(0);
    expect(await resourceNames()).toEqual(['first']);
    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(KeyCount).toBeGreaterThan(1);
  });

  test('of the same template again succeeds', () => {
    const { status, stdout } = deploy({ assembly: synthesize({ logGroups: first }) });
    expect(stdout).toMatch(/^ProoflinkDev has no changes\.$/m);
    expect(status).toBe(0);
  });

  test('is refused if another file was published under the key of its template, in this assembly or in an earlier one', async () => {
    const reviewed = synthesize({ logGroups: { ...first, Second: 'second' } });
    const template = readFileSync(join(reviewed, `${STACK}.template.json`), 'utf8');
    const Body = template.replace('"second"', '"admin"');
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: keyOfTemplate(reviewed), Body }));
    const { status, output } = deploy({ assembly: reviewed });
    expect(output).toContain('::error::CloudFormation received another template than the reviewed one');
    expect(status).toBe(1);
    expect(await resourceNames()).toEqual(['first']);
  });

  describe('of a template with Japanese', () => {
    const japanese = { logGroups: { ...first, Third: 'third' }, description: '開発環境' };

    test('is refused if it is not escaped', () => {
      // CloudFormation returns "?" for each character, so that any other text would look the same.
      const { status, output } = deploy({ assembly: synthesize(japanese) });
      expect(output).toContain('::error::CloudFormation received another template than the reviewed one');
      expect(status).toBe(1);
    });

    test('succeeds if it is escaped, as those of lib are', async () => {
      const { status, stdout } = deploy({ assembly: synthesize(japanese, new AsciiTemplateSynthesizer()) });
      expect(stdout).toMatch(/^ProoflinkDev is UPDATE_COMPLETE\.$/m);
      expect(status).toBe(0);
      expect(await resourceNames()).toEqual(['first', 'third']);
    });
  });
});
