import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory, review, reviewResource, reviewStack, writeAssembly } from './support/assemblies';

const topic = { Type: 'AWS::SNS::Topic' };
const bucket = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' };
const one = writeAssembly({ stacks: { ProoflinkDev: { resources: { topic } } } });
const both = writeAssembly({
  stacks: { ProoflinkDev: { resources: { topic } }, ProoflinkProd: { resources: { topic, bucket } } },
});

describe('unknown', () => {
  const notJson = writeAssembly({ stacks: { ProoflinkDev: { resources: { topic } } } });
  writeFileSync(join(notJson, '0.template.json'), '{ "SecretString": "hunter2" ');
  const noManifest = newDirectory();
  const oddManifest = newDirectory();
  writeFileSync(join(oddManifest, 'manifest.json'), '[]');
  const file = join(newDirectory(), 'file');
  writeFileSync(file, '');
  const stack = (resource: unknown) => writeAssembly({ stacks: { ProoflinkDev: { resources: { Thing: resource } } } });
  const missing = writeAssembly({
    stacks: { ProoflinkDev: { resources: { topic }, properties: { templateFile: 'no.json' } } },
  });
  const lookups = writeAssembly({ stacks: { ProoflinkDev: { resources: { topic } } } });
  writeFileSync(
    join(lookups, 'manifest.json'),
    JSON.stringify({ version: '55.0.0', artifacts: {}, missing: [{ key: 'azs', provider: 'azs', props: {} }] }),
  );
  const same = { properties: { stackName: 'Same' } };

  it.each([
    ['no directory', join(newDirectory(), 'no'), 'is not a directory. Make it with: npx cdk synth -o'],
    ['a file', file, 'is not a directory'],
    ['no manifest', noManifest, 'is not a readable cloud assembly'],
    ['a manifest of another kind', oddManifest, 'is not a readable cloud assembly'],
    ['no stack', writeAssembly({ stacks: {} }), 'has no stack in it'],
    ['two stacks of one name', writeAssembly({ stacks: { A: same, B: same } }), 'has two stacks named Same'],
    ['a template that is not there', missing, 'no.json cannot be read: ENOENT'],
    ['a template that is not JSON', notJson, '0.template.json cannot be read: it is not JSON'],
    ['stand-ins for a lookup', lookups, 'was synthesized without context that it needs'],
    ['no resources', writeAssembly({ stacks: { A: { template: { Resources: undefined } } } }), 'it has no Resources'],
    ['a resource without a type', stack({ Properties: {} }), 'its resource Thing has no Type'],
    ['a resource that is none', stack('text'), 'its resource Thing has no Type'],
    ['properties that are none', stack({ ...topic, Properties: [] }), 'Properties of its resource Thing are not'],
    ['a nested stack', stack({ Type: 'AWS::CloudFormation::Stack' }), 'has a nested stack, Thing'],
    [
      'a manifest that a newer CDK wrote',
      writeAssembly({ stacks: { A: {} }, schemaVersion: '99.0.0' }),
      'found 99.0.0',
    ],
    ['a manifest whose version is none', writeAssembly({ stacks: { A: {} }, schemaVersion: 'x' }), 'Invalid semver'],
  ])('%s', (_case, assembly, message) => {
    for (const [base, head] of [
      [assembly, one],
      [one, assembly],
    ] as const) {
      const { exitCode, stdout, stderr } = review(base, head, { markdown: true });
      expect(exitCode).toBe(2);
      expect(stderr).toContain(message);
      // The comment of an earlier push must not remain as if it were about this one.
      expect(stdout).toMatch(/^<!-- prooflink-diff -->\n\n> \[!CAUTION\]\n> \*\*The diff could not be made/);
      expect(stdout).toContain(message);
      expect(stdout + stderr).not.toMatch(/no change|hunter2/i);
    }
  });

  it("a configuration's diff that is not there", () => {
    expect(review(one, both, { configDiff: 'no-such-file' })).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining("The configuration's diff cannot be read: ENOENT") as string,
    });
  });
});

it('no change is one line', () => {
  const { exitCode, stdout } = review(both, both, { markdown: true });
  expect(stdout).toContain(
    '\n\n**No change.** The templates of `ProoflinkDev`, `ProoflinkProd` are equivalent on both sides.\n\n<sub>',
  );
  expect(review(both, both).stdout).toBe(
    'No change.\nThe templates of ProoflinkDev, ProoflinkProd are equivalent on both sides.\n',
  );
  expect(exitCode).toBe(0);
});

it("CDK's own metadata is folded away", () => {
  const resources = (Analytics: string, path: string) => ({
    CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics } },
    topic: { ...topic, Metadata: { 'aws:cdk:path': path } },
  });
  const { stdout } = reviewStack({ resources: resources('a', 'a') }, { resources: resources('b', 'b') });
  expect(stdout).toContain('No data is at risk, and nothing is opened or weakened.');
  expect(stdout).toContain('### `ProoflinkDev`: 2 other changes\n\n<details>');
});

it('what becomes such metadata is no metadata: it is gone', () => {
  const { exitCode, stdout } = reviewResource({ Type: 'AWS::S3::Bucket' }, { Type: 'AWS::CDK::Metadata' });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('Replaced: its type changes from `AWS::S3::Bucket`.');
});

it('an environment that comes is summarized, with what it opens to everyone, and who may do everything', () => {
  const Backdoor = {
    Type: 'AWS::IAM::Role',
    Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
  };
  const group = {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }] },
  };
  const resources = { topic, other: topic, Backdoor, group };
  const head = writeAssembly({ stacks: { ProoflinkDev: { resources: { topic } }, ProoflinkProd: { resources } } });
  const { exitCode, stdout } = review(one, head, { markdown: true });
  expect(stdout).toContain('### `ProoflinkProd`: new environment: 4 resources, none of them deployed yet');
  expect(stdout).toContain(
    '**New resources**: `AWS::EC2::SecurityGroup` × 1, `AWS::IAM::Role` × 1, `AWS::SNS::Topic` × 2',
  );
  expect(stdout).toContain('⚠️ **Security group `group`**: Newly allowed: `tcp 443` from `0.0.0.0/0` (everyone).');
  expect(stdout).toMatch(/Permissions of `Backdoor`\*\*: Newly allowed: .*AdministratorAccess/);
  expect(exitCode).toBe(0);
});

it('of an environment that goes all data is at risk, once the stack is deleted', () => {
  const { exitCode, stdout } = review(both, one, { markdown: true });
  expect(stdout).toContain('### `ProoflinkProd`: environment removed');
  expect(stdout).toContain('It is no longer part of the app. Deployments no longer update it');
  expect(stdout).toContain('⛔ **`bucket` (`AWS::S3::Bucket`)**: Removed. It is retained outside the stack (`Retain`)');
  expect(stdout).not.toContain('AWS::SNS::Topic');
  expect(exitCode).toBe(1);
});

it("a stack's tags reach AWS Batch, which cannot take them", () => {
  const tagged = (Project: string) => ({ properties: { tags: { Project } } });
  expect(reviewStack(tagged('a'), tagged('b')).exitCode).toBe(0);
  const resources = { Batch: { Type: 'AWS::Batch::ComputeEnvironment' } };
  const { exitCode, stdout } = reviewStack({ ...tagged('a'), resources }, { ...tagged('b'), resources });
  expect(stdout).toContain('Because they have fixed names they cannot be replaced: the deployment would fail');
  expect(exitCode).toBe(1);
});

it.each([
  [{ cdkVersion: '2.277.0' }, '(`2.276.0` and `2.277.0`)'],
  [{ schemaVersion: '54.0.0' }, '(`2.276.0` and `2.276.0`)'],
  [{ cdkVersion: '', schemaVersion: '54.0.0' }, '(`2.276.0` and `assembly schema 54.0.0`)'],
])('another CDK %j is reported', (version, versions) => {
  const head = writeAssembly({ stacks: { ProoflinkDev: { resources: { topic } } }, ...version });
  const { exitCode, stdout } = review(one, head, { markdown: true });
  expect(stdout).toContain(versions);
  expect(stdout).toContain('may come from the upgrade');
  expect(exitCode).toBe(0);
});

it('the other sections of a template are reported as well', () => {
  const before = { Parameters: { Tag: { Default: 'a' } }, Outputs: { Url: { Value: 'a' } }, Description: 'a' };
  const after = { Parameters: { Tag: { Default: 'b' } }, Outputs: { Other: { Value: 'a' } }, Description: 'b' };
  const Conditions = { IsOne: { 'Fn::Equals': ['a', 'b'] } };
  const { stdout } = reviewStack({ template: before }, { template: { ...after, Conditions, Rules: { Check: {} } } });
  for (const text of [
    '**Parameter `Tag`**: Existing stacks keep their current value.\n  - `Tag.Default`: `a` → `b`',
    '**Output `Url`**: Removed.',
    '**Output `Other`**: Added.',
    '**Condition `IsOne`**: Added.',
    '👀 **Rule `Check`**: Added.',
    "**The template's `Description`**:\n  - `Description`: `a` → `b`",
  ]) {
    expect(stdout).toContain(text);
  }
});

it('the label accepts data at risk, and is said so', () => {
  const refused = review(both, one, { markdown: true });
  expect(refused.stdout).toContain('This check fails unless the pull request has the label `allow-destructive`.');
  const accepted = review(both, one, { markdown: true, allowDestructive: true });
  expect(accepted.exitCode).toBe(0);
  expect(accepted.stdout).toContain('> [!WARNING]\n> **2 findings at risk in `ProoflinkProd`.**');
  expect(accepted.stdout).toContain('Accepted by the label `allow-destructive`, so this check passes.');
});
