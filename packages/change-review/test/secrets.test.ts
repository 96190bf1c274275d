import { SecretMask } from '@infra/common/secret-mask';
import { newDirectory, review, reviewResource, reviewStack, writeAssembly } from './support/assemblies';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const container = (properties: object) => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions: [{ Name: 'web', Command: ['serve'], ...properties }] },
});
const variables = (...entries: object[]) => container({ Environment: entries });
const joined = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

/** Two secrets, and what must not be shown of them. */
const [SECRET, OTHER, SHOWN] = ['hunter2-correct-horse', 'hunter3-battery-staple', /hunter|correct|battery/];

/** Places of secrets in a template. */
const SECRETIVE: readonly (readonly [string, (secret: string) => object])[] = [
  ['a plain one', (s) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: s } })],
  [
    'one that is put together',
    (s) => ({
      Type: 'AWS::SecretsManager::Secret',
      Properties: { SecretString: joined('postgresql://app:', s, { Ref: 'Host' }) },
    }),
  ],
  [
    'a template of a generated one',
    (s) => ({
      Type: 'AWS::SecretsManager::Secret',
      Properties: { GenerateSecretString: { SecretStringTemplate: `{"username":"${s}"}`, PasswordLength: 40 } },
    }),
  ],
  ['a password', (s) => ({ Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: s } })],
  ['a key of several lines', (s) => ({ Type: 'AWS::X::Y', Properties: { PrivateKey: `${s}\n${s}2\n\n${s}3` } })],
  ['an environment variable', (s) => variables({ Name: 'NEXTAUTH_SECRET', Value: s })],
  ['an API key beside others', (s) => variables({ Name: 'STRIPE_API_KEY', Value: s }, { Name: 'A', Value: 'b' })],
  [
    'a variable that is put together',
    (s) => variables({ Name: 'SESSION_SECRET', Value: joined('a', 'b', 'c', s, 'd') }),
  ],
  ['a URL with a password', (s) => variables({ Name: 'UPSTREAM', Value: `https://me:${s}@example.com/` })],
  ['a setting in a text', (s) => variables({ Name: 'OPTIONS', Value: `--user=me --password=${s}` })],
  [
    'a variable of a function',
    (s) => ({ Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { DB_PASSWORD: s } } } }),
  ],
  ['an option of a command', (s) => container({ Command: ['serve', '--api-token', s] })],
  ['a number', (s) => variables({ Name: 'PIN_TOKEN', Value: s.length * 1_234_567 })],
];

describe('no secret is shown, and that it changed is', () => {
  it.each(SECRETIVE)('%s', (_case, resource) => {
    for (const markdown of [false, true]) {
      const write = (secret: string) => writeAssembly({ stacks: { A: { resources: { Thing: resource(secret) } } } });
      // A terminal's lines end anywhere.
      const changed = review(write(SECRET), write(`${OTHER}s`), { markdown }).stdout.replace(/\s+/g, ' ');
      expect(changed).toMatch(/hidden value 1[^]*hidden value 2/);
      expect(changed).not.toMatch(SHOWN);
      expect(changed).not.toMatch(/25925907|28395041/);
      expect(review(write(SECRET), write(SECRET), { markdown }).stdout).toMatch(/No change\./);
      const added = review(writeAssembly({ stacks: { A: {} } }), write(SECRET), { markdown }).stdout;
      expect(added).not.toMatch(SHOWN);
    }
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
  const topic = (DisplayName: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName } });
  const { stdout } = reviewResource(topic(`https://me:${SECRET}@example.com/`), topic('(hidden value 1)'));
  expect(stdout).toContain('`DisplayName`: `(hidden value 1)` → `(hidden value 2)`');
});

it.each([
  'AKIAIOSFODNN7EXAMPLE',
  '-----BEGIN RSA PRIVATE KEY-----',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc',
  '{"password": "hunter2"}',
  'postgres://:hunter2@db/app',
])('%s looks like a secret in any place', (text) => {
  expect(new SecretMask().mask({ Anything: [text] })).toEqual({ Anything: ['(hidden value 1)'] });
});

it.each([
  ['SMTP_PASS', { SMTP_PASS: SECRET }],
  ['SIGNING_KEY', { SIGNING_KEY: SECRET }],
  ['an entry of a list', { Environment: [{ Name: 'APP_KEY', Value: SECRET }] }],
  ['a branch of a function', { Password: { 'Fn::If': ['C', SECRET, 'other'] } }],
  ['a text that is joined', { Url: { 'Fn::Join': ['', ['https://me:', SECRET, '@example.com']] } }],
  ['a text with a variable', { Url: { 'Fn::Sub': ['https://me:${P}@example.com', { P: SECRET }] } }],
])('%s is masked', (_what, value) => {
  expect(JSON.stringify(new SecretMask().mask(value))).not.toMatch(SHOWN);
});

it('a secret of the base is one under any other name', () => {
  const task = (Name: string) => ({
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { ContainerDefinitions: [{ Name: 'web', Environment: [{ Name, Value: SECRET }] }] },
  });
  const { stdout } = reviewResource(task('PASSWORD'), task('INNOCENT'));
  expect(stdout).not.toMatch(SHOWN);
  expect(stdout).toContain('A secret stands in plain text outside Secrets Manager');
});

it.each(['secret', '://', '://a:', 'eyJ-', '-----BEGIN ', 'sk-', '${', 'passwd"   ', '{{resolve:'])(
  '400 kB of %s take no longer than other texts',
  (piece) => {
    const text = piece.repeat(400_000 / piece.length);
    new SecretMask().mask({ Anything: text, Password: text, Joined: { 'Fn::Join': ['', [text, { Ref: 'X' }]] } });
    new SecretMask().maskLines(text.replace(/.{4000}/g, '$&\n'));
  },
  10_000,
);

it.each([
  { Anything: ['secretsmanager:GetSecretValue'] },
  { Anything: ['arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prooflink-abc'] },
  { Anything: ['{{resolve:secretsmanager:arn:SecretString:password::}}'] },
  { Anything: ['https://prooflink.example.com/a@b'] },
  // Conditions of a role's trust.
  { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:prooflink/infrastructure:ref' } },
  // The name and the place of a secret.
  { Secrets: [{ Name: 'DATABASE_URL', ValueFrom: 'arn:one' }] },
])('%j is shown', (value) => {
  expect(new SecretMask().mask(value)).toEqual(value);
});

it('a clear text before it is known as a secret is the same on both sides', () => {
  const stack = { template: { Outputs: { Plain: { Value: SECRET }, AdminPassword: { Value: SECRET } } } };
  const { stdout } = reviewStack(stack, stack);
  expect(stdout).toMatch(/No change\./);
});
