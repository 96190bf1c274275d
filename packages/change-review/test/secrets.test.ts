import { newDirectory, resource, review, reviewResource, reviewStack, writeAssembly } from './support/assemblies';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SECRET = 'hunter2-correct-horse';
const OTHER = 'hunter3-battery-staple';
const SHOWN = /hunter|correct|battery/;

describe('no secret is shown, and that it changed is', () => {
  it.each([
    { title: 'in a comment', markdown: true },
    { title: 'on a terminal', markdown: false },
  ])('in a template, $title', ({ markdown }) => {
    const database = (MasterUserPassword: string) => resource('AWS::RDS::DBInstance', { MasterUserPassword });
    const write = (secret: string) => writeAssembly({ stacks: { A: { resources: { Thing: database(secret) } } } });
    const changed = review(write(SECRET), write(OTHER), { markdown }).stdout;
    expect(changed).toMatch(/hidden value 1[^]*hidden value 2/);
    const added = review(writeAssembly({ stacks: { A: {} } }), write(SECRET), { markdown }).stdout;
    expect(changed + added).not.toMatch(SHOWN);
    expect(review(write(SECRET), write(SECRET), { markdown }).stdout).toMatch(/No change\./);
  });

  it("a parameter's default that is not to be echoed", () => {
    const parameter = (Default: string, NoEcho: unknown) => ({ template: { Parameters: { P: { Default, NoEcho } } } });
    const { stdout } = reviewStack(parameter(SECRET, true), parameter(OTHER, 'true'));
    expect(stdout).toContain('`P.Default`: `(hidden value 1)` → `(hidden value 2)`');
    expect(reviewStack(parameter('aaa', false), parameter('bbb', 'false')).stdout).toContain('`aaa` → `bbb`');
  });

  it('a line of the configuration', () => {
    const file = join(newDirectory(), 'config.diff');
    const tokens = `ghp_${'a'.repeat(36)}`;
    writeFileSync(file, `-  apiToken: '${SECRET}',\n+  apiToken: "${OTHER}",\n+  // ${tokens}\n   cpu: 256,\n`);
    const assembly = writeAssembly({ stacks: { A: {} } });
    const { stdout } = review(assembly, assembly, { markdown: true, configDiff: file });
    expect(stdout).toContain(
      '-  apiToken: (hidden value 1)\n+  apiToken: (hidden value 2)\n+ (hidden value 3)\n   cpu: 256,',
    );
  });
});

it('a line without end is left out: the search for secrets in it would not end either', () => {
  const file = join(newDirectory(), 'config.diff');
  writeFileSync(file, `+  before\n+${'secret'.repeat(400_000)}\n+  after`);
  const assembly = writeAssembly({ stacks: { A: {} } });
  const { stdout } = review(assembly, assembly, { markdown: true, configDiff: file });
  expect(stdout).toContain('+  before\n… (a line of 2400001 characters)\n+  after');
});

it('who writes the label of a secret in its place does not make the change unseen', () => {
  const topic = (DisplayName: string) => resource('AWS::SNS::Topic', { DisplayName });
  const { stdout } = reviewResource(topic(`https://me:${SECRET}@example.com/`), topic('(hidden value 1)'));
  expect(stdout).toContain('`DisplayName`: `(hidden value 1)` → `(hidden value 2)`');
});

it('a secret of the base is one under any other name', () => {
  const task = (Name: string) =>
    resource('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [{ Name: 'web', Environment: [{ Name, Value: SECRET }] }],
    });
  const { stdout } = reviewResource(task('PASSWORD'), task('INNOCENT'));
  expect(stdout).not.toMatch(SHOWN);
  expect(stdout).toContain('What looks like a secret is in plain text outside Secrets Manager');
});

it('a clear text before it is known as a secret is the same on both sides', () => {
  const stack = { template: { Outputs: { Plain: { Value: SECRET }, AdminPassword: { Value: SECRET } } } };
  const { stdout } = reviewStack(stack, stack);
  expect(stdout).toMatch(/No change\./);
});

describe('a dynamic reference', () => {
  const task = (value: unknown) =>
    resource('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [{ Name: 'web', Environment: [{ Name: 'X', Value: value }] }],
    });
  const reference = (key: string) => ({
    'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, `:SecretString:${key}::}}`]],
  });

  it.each([
    { title: 'to the password of a database', value: reference('password') },
    { title: 'to a whole secret', value: '{{resolve:secretsmanager:app}}' },
    { title: 'to a secure parameter', value: '{{resolve:ssm-secure:app:1}}' },
  ])('$title is written into the resource, but not into the repository', ({ value }) => {
    const { stdout } = reviewResource(task('x'), task(value));
    expect(stdout).toContain('CloudFormation writes the value of a secret into');
    expect(stdout).not.toContain('in plain text');
    expect(stdout).not.toContain('history of the repository');
  });

  it.each([
    { title: 'to the user name of a database', value: reference('username') },
    { title: 'to a plain parameter', value: '{{resolve:ssm:/app/name}}' },
  ])('$title is no secret', ({ value }) => {
    const { stdout } = reviewResource(task('x'), task(value));
    expect(stdout).not.toContain('secret is in plain');
    expect(stdout).not.toContain('value of a secret');
    expect(stdout).toContain('to check');
  });

  it('gives way to a plain text, which is in the repository', () => {
    const database = (MasterUserPassword: unknown) => resource('AWS::RDS::DBInstance', { MasterUserPassword });
    const { stdout } = reviewResource(database(reference('password')), database(SECRET));
    expect(stdout).toContain('What looks like a secret is in plain text outside Secrets Manager');
    expect(stdout).toContain('in the history of the repository');
  });
});
