import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { newDirectory, resource, writeAssembly } from './support/assemblies';

const PACKAGE = join(__dirname, '..');
const ROOT = join(PACKAGE, '../..');
const TIMEOUT_MS = 60_000;

const bucket = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' };
const topic = (name: string) => resource('AWS::SNS::Topic', { DisplayName: name });
const base = writeAssembly({ stacks: { App: { resources: { Files: bucket, Topic: topic('a') } } } });
const head = writeAssembly({ stacks: { App: { resources: { Topic: topic('b') } } } });

/** The program as it is installed into another app: built, and without the packages of this repository. */
const folder = newDirectory();
const program = join(folder, 'cdk-change-review/cli.js');

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
}

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, ['build.mjs', join(folder, 'cdk-change-review')], {
    cwd: PACKAGE,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  mkdirSync(join(folder, 'node_modules/@aws-cdk'), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'cdk-change-review/package.json'), 'utf8')) as {
    dependencies: object;
    peerDependencies: object;
  };
  for (const name of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
}, TIMEOUT_MS);

it('says what is left behind, and exits with its code', () => {
  const { status, stdout, stderr } = run(base, head);
  expect(stdout).toMatch(/^Files \(AWS::S3::Bucket\) in App: It is retained outside the stack \(Retain\)/);
  expect({ status, stderr }).toEqual({ status: 4, stderr: '' });
  expect(run(base, head, '--accept', 'left').status).toBe(0);
});

it('writes what its schema describes', () => {
  const { stdout } = run(base, head, '--json', '--accept', 'lost');
  const schema = JSON.parse(readFileSync(join(folder, 'cdk-change-review/review.schema.json'), 'utf8')) as object;
  const ajv = new Ajv();
  ajv.validate(schema, JSON.parse(stdout));
  expect(ajv.errors).toBeNull();
  expect(JSON.parse(stdout)).toMatchObject({
    verdicts: { open: ['left'], accepted: [] },
    stacks: [
      {
        name: 'App',
        findings: [{ level: 'left', subject: 'Files', rules: expect.arrayContaining(['keptOutside']) as string[] }, {}],
      },
    ],
  });
});

it.each([
  {
    title: 'no folder',
    args: [base],
    message: 'Two folders are needed.',
  },
  {
    title: 'an unknown option',
    args: [base, head, '--no'],
    message: "Unknown option '--no'",
  },
  {
    title: 'another verdict',
    args: [base, head, '--accept', 'all'],
    message: '--accept takes lost or fails or left, not all.',
  },
])('$title is a wrong call', ({ args, message }) => {
  const { status, stderr } = run(...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain('Usage: cdk-change-review');
  expect(status).toBe(2);
});

it('knows nothing of the app of this repository', () => {
  const texts = ['cli.js', 'package.json', 'README.md', 'workflow.yml'].map((file) => {
    return readFileSync(join(folder, 'cdk-change-review', file), 'utf8');
  });
  expect(texts.join('\n')).not.toMatch(/prooflink|allow-destructive|lib\/config|@infra\/|import job/i);
});
