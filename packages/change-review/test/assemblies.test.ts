import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  newDirectory,
  resource,
  review,
  reviewResource,
  reviewStack,
  securityGroup,
  tcp,
  writeAssembly,
} from './support/assemblies';

const topic = { Type: 'AWS::SNS::Topic' };
const bucket = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' };
const one = writeAssembly({ stacks: { ProoflinkDev: { resources: { topic } } } });
const both = writeAssembly({
  stacks: { ProoflinkDev: { resources: { topic } }, ProoflinkProd: { resources: { topic, bucket } } },
});

describe('unknown', () => {
  const stackOf = (thing: unknown) => writeAssembly({ stacks: { ProoflinkDev: { resources: { Thing: thing } } } });

  /** Writes an assembly, and then one of its files anew. */
  const withFile = (name: string, content: string) => {
    const directory = writeAssembly({ stacks: { ProoflinkDev: { resources: { topic } } } });
    writeFileSync(join(directory, name), content);
    return directory;
  };

  const absentTemplate = writeAssembly({
    stacks: { ProoflinkDev: { resources: { topic }, properties: { templateFile: 'no.json' } } },
  });
  const missingContext = { key: 'azs', provider: 'azs', props: {} };
  const standIns = withFile(
    'manifest.json',
    JSON.stringify({ version: '55.0.0', artifacts: {}, missing: [missingContext] }),
  );
  const sameName = { properties: { stackName: 'Same' } };

  it.each([
    {
      title: 'no directory',
      assembly: join(newDirectory(), 'no'),
      message: 'is not a directory. Make it with: npx cdk synth -o',
    },
    {
      title: 'no manifest',
      assembly: newDirectory(),
      message: 'is not a readable cloud assembly',
    },
    {
      title: 'a manifest of another kind',
      assembly: withFile('manifest.json', '[]'),
      message: 'is not a readable cloud assembly',
    },
    {
      title: 'no stack',
      assembly: writeAssembly({ stacks: {} }),
      message: 'has no stack in it',
    },
    {
      title: 'two stacks of one name',
      assembly: writeAssembly({ stacks: { A: sameName, B: sameName } }),
      message: 'has two stacks named Same in one account and region',
    },
    { title: 'a template that does not exist', assembly: absentTemplate, message: 'no.json cannot be read: ENOENT' },
    {
      title: 'a template that is not JSON',
      assembly: withFile('0.template.json', '{ "SecretString": "hunter2" '),
      message: '0.template.json cannot be read: it is not JSON',
    },
    {
      title: 'stand-ins for a lookup',
      assembly: standIns,
      message: 'was synthesized without context that it needs',
    },
    {
      title: 'no resources',
      assembly: writeAssembly({ stacks: { A: { template: { Resources: undefined } } } }),
      message: 'it has no Resources',
    },
    {
      title: 'a resource without a type',
      assembly: stackOf({ Properties: {} }),
      message: 'its resource Thing has no Type',
    },
    {
      title: 'properties that are a list',
      assembly: stackOf({ ...topic, Properties: [] }),
      message: 'its resource Thing has no Type, or Properties that are not',
    },
    {
      title: 'a manifest that a newer CDK wrote',
      assembly: writeAssembly({ stacks: { A: {} }, schemaVersion: '99.0.0' }),
      message: 'found 99.0.0',
    },
  ])('$title, on either side', ({ assembly, message }) => {
    const sides = [
      { base: assembly, head: one },
      { base: one, head: assembly },
    ];
    for (const { base, head } of sides) {
      const { exitCode, stdout, stderr } = review(base, head, { markdown: true });
      expect(exitCode).toBe(2);
      expect(stderr).toContain(message);
      // The comment of an earlier push must not remain as if it were about this one.
      expect(stdout).toMatch(/^> \[!CAUTION\]\n> \*\*The diff could not be made/);
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
    '**No change.** The templates of `ProoflinkDev`, `ProoflinkProd` are equivalent on both sides.\n\n<sub>',
  );
  expect(review(both, both).stdout).toBe(
    'No change.\nThe templates of ProoflinkDev, ProoflinkProd are equivalent on both sides.\n',
  );
  expect(exitCode).toBe(0);
});

it("CDK's own metadata is not listed, and the path of a construct is folded away", () => {
  const resources = (Analytics: string, path: string) => ({
    CDKMetadata: resource('AWS::CDK::Metadata', { Analytics }),
    topic: { ...topic, Metadata: { 'aws:cdk:path': path } },
  });
  const { stdout } = reviewStack({ resources: resources('a', 'a') }, { resources: resources('b', 'b') });
  expect(stdout).toContain('No data is at risk, and nothing is opened or weakened.');
  expect(stdout).toContain('### `ProoflinkDev`: 1 other change\n\n<details>');
});

it('what becomes such metadata is no metadata: it is gone', () => {
  const { exitCode, stdout } = reviewResource({ Type: 'AWS::S3::Bucket' }, { Type: 'AWS::CDK::Metadata' });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('Its type changes from `AWS::S3::Bucket`: CloudFormation does not allow that');
});

it('an environment that comes is summarized, with what it opens to everyone, and who may do everything', () => {
  const Backdoor = resource('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] });
  const group = securityGroup(tcp(443, '0.0.0.0/0'));
  const resources = { topic, other: topic, Backdoor, group };
  const head = writeAssembly({ stacks: { ProoflinkDev: { resources: { topic } }, ProoflinkProd: { resources } } });
  const { exitCode, stdout } = review(one, head, { markdown: true });
  expect(stdout).toContain('### `ProoflinkProd`: new stack: 4 resources, none of them deployed yet');
  expect(stdout).toContain(
    '**New resources**: All of it is new: it changes no resource of another stack. `AWS::EC2::SecurityGroup` × 1, `AWS::IAM::Role` × 1, `AWS::SNS::Topic` × 2',
  );
  expect(stdout).toContain('⚠️ **Security group `group`**: Newly allowed: `tcp 443` from `0.0.0.0/0` (everyone).');
  expect(stdout).toMatch(/Permissions of `Backdoor`\*\*: Newly allowed: .*AdministratorAccess/);
  expect(exitCode).toBe(0);
});

it('of an environment that goes all data is at risk, once the stack is deleted', () => {
  const { exitCode, stdout } = review(both, one, { markdown: true });
  expect(stdout).toContain('### `ProoflinkProd`: stack removed');
  expect(stdout).toContain('It is no longer part of the app. Deployments no longer update it');
  expect(stdout).toContain('⛔ **`bucket` (`AWS::S3::Bucket`)**: Removed. It is retained outside the stack (`Retain`)');
  expect(stdout).not.toContain('AWS::SNS::Topic');
  expect(exitCode).toBe(4);
});

it.each([
  {
    title: 'another CDK made the head',
    head: { cdkVersion: '2.277.0' },
    versions: '(`2.276.0` and `2.277.0`)',
  },
  {
    title: 'the head has another schema, from an unknown CDK',
    head: { cdkVersion: '', schemaVersion: '54.0.0' },
    versions: '(`2.276.0` and `assembly schema 54.0.0`)',
  },
])('$title: changes may come from the upgrade', ({ head, versions }) => {
  const upgraded = writeAssembly({ stacks: { ProoflinkDev: { resources: { topic } } }, ...head });
  const { exitCode, stdout } = review(one, upgraded, { markdown: true });
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
    '**Parameter `Tag`**: Existing stacks may keep their current value: the default is for a deployment that passes',
    '`Tag.Default`: `a` → `b`',
    '**Output `Url`**: Removed.',
    '**Output `Other`**: Added.',
    '**Condition `IsOne`**: Added.',
    '👀 **Rule `Check`**: Added.',
    "**The template's `Description`**:\n  - `Description`: `a` → `b`",
  ]) {
    expect(stdout).toContain(text);
  }
});

describe('what is uploaded for a stack', () => {
  const hashOf = (letter: string) => letter.repeat(64);
  const TEMPLATE = hashOf('a');
  const OTHER_TEMPLATE = hashOf('b');
  const CODE = hashOf('c');
  const OTHER_CODE = hashOf('d');
  const urlOf = (templateHash: string) => `s3://assets/${templateHash}.json`;

  const asset = (name: string, fileName: string, otherDestination: object) => ({
    displayName: name,
    source: { path: fileName },
    destinations: { here: { bucketName: 'assets', objectKey: fileName, ...otherDestination } },
  });

  /** Stack whose template and code `cdk synth` files by their hashes. */
  const stackWith = (templateHash: string, codeHash: string, otherDestination: object = {}) => ({
    resources: {},
    properties: { stackTemplateAssetObjectUrl: urlOf(templateHash) },
    assets: {
      version: '55.0.0',
      files: {
        [templateHash]: asset('Template', `${templateHash}.json`, otherDestination),
        [codeHash]: asset('Code', `${codeHash}.zip`, otherDestination),
      },
      dockerImages: {},
    },
  });

  it('into another bucket is shown', () => {
    const { stdout } = reviewStack(stackWith(TEMPLATE, CODE), stackWith(TEMPLATE, CODE, { bucketName: 'other' }));
    expect(stdout).toMatch(/👀 \*\*The stack itself\*\*[^]*assets[^]*other/);
  });

  it('another hash of code is folded', () => {
    const { stdout } = reviewStack(stackWith(TEMPLATE, CODE), stackWith(TEMPLATE, OTHER_CODE));
    expect(stdout).toContain('nothing is opened or weakened');
    expect(stdout).toContain(`\`${CODE}.zip\` → \`${OTHER_CODE}.zip\``);
  });

  it('another hash of a template that says the same is folded', () => {
    const { stdout } = reviewStack(stackWith(TEMPLATE, CODE), stackWith(OTHER_TEMPLATE, CODE));
    expect(stdout).toContain('nothing is opened or weakened');
    expect(stdout).toContain(`\`${urlOf(TEMPLATE)}\` → \`${urlOf(OTHER_TEMPLATE)}\``);
  });

  it('a template that differs is reported without its hash', () => {
    const resources = { Topic: { Type: 'AWS::SNS::Topic' } };
    const { stdout } = reviewStack(stackWith(TEMPLATE, CODE), { ...stackWith(OTHER_TEMPLATE, CODE), resources });
    expect(stdout).toContain('`Topic`');
    expect(stdout).not.toContain('The stack itself');
  });
});
