import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory, resource, review, writeAssembly } from './support/assemblies';

const bucket = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' };
const table = { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Delete' };
const topic = (name: string) => resource('AWS::SNS::Topic', { DisplayName: name });

/** The resource of a nested stack, as the CDK writes it. */
const nestedStack = (templateFile: string, attributes: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Metadata: {
    'aws:cdk:path': 'App/Data.NestedStack/Data.NestedStackResource',
    'aws:asset:path': templateFile,
    'aws:asset:property': 'TemplateURL',
  },
  Properties: { TemplateURL: `https://example.com/${templateFile}-hash`, Parameters: { Name: 'a' } },
  ...attributes,
});

/** Writes an assembly whose stack has the resources, and beside it the templates of nested stacks. */
function assemblyWith(resources: Record<string, unknown>, templates: Record<string, object>): string {
  const directory = writeAssembly({ stacks: { App: { resources } } });
  for (const [file, nestedResources] of Object.entries(templates)) {
    writeFileSync(join(directory, file), JSON.stringify({ Resources: nestedResources }));
  }
  return directory;
}

const FILE = 'Data.nested.template.json';
const withNested = (nestedResources: object) => assemblyWith({ Data: nestedStack(FILE) }, { [FILE]: nestedResources });

describe('a nested stack is reviewed like any other one', () => {
  it('data that leaves it is lost', () => {
    const { exitCode, stdout } = review(
      withNested({ Files: table, Topic: topic('a') }),
      withNested({ Topic: topic('b') }),
    );
    expect(stdout).toMatch(
      /^Files \(AWS::DynamoDB::Table\) in App\/Data: It is deleted, and all of its data is\slost\./,
    );
    expect(stdout).toContain('DisplayName: a → b');
    expect(exitCode).toBe(1);
  });

  // The template that is read has the same resources, and is not the one that CloudFormation would get.
  it.each([
    { address: `https://example.com/${'b'.repeat(64)}.json`, says: 'No change' },
    { address: `https://example.org/${'a'.repeat(64)}.json`, says: 'The address of the template changes' },
  ])('at $address: $says', ({ address, says }) => {
    const head = assemblyWith({ Data: nestedStack(FILE, { Properties: { TemplateURL: address } }) }, { [FILE]: {} });
    const before = { Properties: { TemplateURL: `https://example.com/${'a'.repeat(64)}.json` } };
    expect(review(assemblyWith({ Data: nestedStack(FILE, before) }, { [FILE]: {} }), head).stdout).toContain(says);
  });

  it('where it leaves its parent, so does what it holds', () => {
    const { exitCode, stdout } = review(withNested({ Files: table }), assemblyWith({ Topic: topic('a') }, {}));
    expect(stdout).toContain('App/Data: stack removed');
    expect(stdout).toContain('all of its data is lost');
    expect(stdout).not.toContain('keeps running');
    expect(exitCode).toBe(1);
  });

  it('where it is retained, it is left behind, and nothing of it is deleted', () => {
    const retained = nestedStack(FILE, { DeletionPolicy: 'Retain' });
    const { exitCode, stdout } = review(
      assemblyWith({ Data: retained }, { [FILE]: { Files: table } }),
      assemblyWith({ Topic: topic('a') }, {}),
    );
    expect(stdout).toContain('It is retained outside the stack (Retain)');
    expect(stdout).not.toContain('lost');
    expect(exitCode).toBe(4);
  });

  it('one without data may leave', () => {
    const { exitCode, stdout } = review(withNested({ Topic: topic('a') }), assemblyWith({ Topic: topic('a') }, {}));
    expect(stdout).toContain('Data.NestedStackResource (AWS::CloudFormation::Stack)\nRemoved.');
    expect(exitCode).toBe(0);
  });

  it('one within a nested stack, too', () => {
    const inner = 'Inner.nested.template.json';
    const assembly = (innerResources: object) =>
      assemblyWith({ Data: nestedStack(FILE) }, { [FILE]: { Inner: nestedStack(inner) }, [inner]: innerResources });
    const { exitCode, stdout } = review(
      assembly({ Files: bucket, Topic: topic('a') }),
      assembly({ Topic: topic('a') }),
    );
    expect(stdout).toContain('Files (AWS::S3::Bucket) in App/Data/Data: It is deleted if it is empty');
    expect(exitCode).toBe(4);
  });

  it('with its parent alone where only that one is compared', () => {
    const { exitCode } = review(withNested({ Files: table }), withNested({ Topic: topic('a') }), { stack: 'App' });
    expect(exitCode).toBe(1);
  });
});

// An assembly may be what a pull request brings: it must not make the review show files of the machine that it runs on.
describe('a template is read within its assembly only', () => {
  const outside = join(newDirectory(), 'outside.json');
  writeFileSync(outside, JSON.stringify({ Resources: { Files: table } }));
  const unchanged = withNested({ Topic: topic('a') });

  it.each([
    {
      title: 'a stack beside it',
      assembly: () => writeAssembly({ stacks: { App: { properties: { templateFile: '../outside.json' } } } }),
    },
    { title: 'a nested stack beside it', assembly: () => assemblyWith({ Data: nestedStack('../outside.json') }, {}) },
    { title: 'a nested stack elsewhere', assembly: () => assemblyWith({ Data: nestedStack(outside) }, {}) },
    {
      title: 'a link to a file',
      assembly: () => {
        const directory = assemblyWith({ Data: nestedStack(FILE) }, {});
        symlinkSync(outside, join(directory, FILE));
        return directory;
      },
    },
    {
      title: 'a file in a folder that is a link',
      assembly: () => {
        const directory = assemblyWith({ Data: nestedStack('folder/outside.json') }, {});
        symlinkSync(join(outside, '..'), join(directory, 'folder'));
        return directory;
      },
    },
  ])('$title is refused', ({ assembly }) => {
    const { exitCode, stderr } = review(unchanged, assembly());
    expect(stderr).toMatch(/is not read: it is outside of the assembly .*, or behind a link/);
    expect(exitCode).toBe(2);
  });

  it('the folder itself may be a link', () => {
    const link = join(newDirectory(), 'cdk.out');
    symlinkSync(unchanged, link);
    expect(review(unchanged, link).exitCode).toBe(0);
  });
});
