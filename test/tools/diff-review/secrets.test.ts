import { SecretMask } from '../../../tools/shared/secret-mask';
import {
  newDirectory,
  removeAssemblies,
  review,
  reviewResource,
  reviewStack,
  writeAssembly,
} from './support/assemblies';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

afterAll(removeAssemblies);

const SECRET = 'hunter2-correct-horse';
const OTHER = 'hunter3-battery-staple';

const container = (entry: object) => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions: [{ Name: 'web', Environment: [entry], Command: ['serve'] }] },
});

describe('no secret is shown, and that it changed is', () => {
  it.each([
    ['a plain one', (s: string) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: s } })],
    [
      'one that is put together',
      (s: string) => ({
        Type: 'AWS::SecretsManager::Secret',
        Properties: { SecretString: { 'Fn::Join': ['', ['postgresql://app:', s, { Ref: 'Host' }]] } },
      }),
    ],
    [
      'a template of a generated one',
      (s: string) => ({
        Type: 'AWS::SecretsManager::Secret',
        Properties: { GenerateSecretString: { SecretStringTemplate: `{"username":"${s}"}`, PasswordLength: 40 } },
      }),
    ],
    ['a password', (s: string) => ({ Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: s } })],
    ['an environment variable', (s: string) => container({ Name: 'NEXTAUTH_SECRET', Value: s })],
    ['an API key', (s: string) => container({ Name: 'STRIPE_API_KEY', Value: s })],
    ['a URL with a password', (s: string) => container({ Name: 'UPSTREAM', Value: `https://me:${s}@example.com/` })],
    ['a setting in a text', (s: string) => container({ Name: 'OPTIONS', Value: `--user=me --password=${s}` })],
    [
      'a variable of a function',
      (s: string) => ({
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { DB_PASSWORD: s } } },
      }),
    ],
    [
      'an option of a command',
      (s: string) => ({
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { ContainerDefinitions: [{ Name: 'web', Command: ['serve', '--api-token', s] }] },
      }),
    ],
    ['a number', (s: string) => container({ Name: 'PIN_TOKEN', Value: s.length * 1_234_567 })],
  ])('%s', (_case, resource) => {
    for (const options of [[], ['--markdown']]) {
      const write = (secret: string) => writeAssembly({ stacks: { A: { resources: { Thing: resource(secret) } } } });
      const changed = review(write(SECRET), write(`${OTHER}s`), ...options).stdout;
      expect(changed).toMatch(/hidden value 1[^]*hidden value 2/);
      expect(changed).not.toMatch(/hunter|correct|battery|25925907|28395041/);
      expect(review(write(SECRET), write(SECRET), ...options).stdout).toMatch(/No change\./);
      const added = review(writeAssembly({ stacks: { A: {} } }), write(SECRET), ...options).stdout;
      expect(added).not.toMatch(/hunter|correct/);
    }
  });

  it("a parameter's default that is not to be echoed", () => {
    const parameter = (Default: string, NoEcho: unknown) => ({ template: { Parameters: { P: { Default, NoEcho } } } });
    const { stdout } = reviewStack(parameter(SECRET, true), parameter(OTHER, 'true'));
    expect(stdout).toContain('`P.Default`: `(hidden value 1)` → `(hidden value 2)`');
    expect(reviewStack(parameter('aaa', false), parameter('bbb', 'false')).stdout).toContain('`aaa` → `bbb`');
  });

  it('an output whose name says what it is', () => {
    const output = (Value: string) => ({ template: { Outputs: { AdminPassword: { Value } } } });
    expect(reviewStack(output(SECRET), output(OTHER)).stdout).not.toContain('hunter');
  });

  it('a line of the configuration', () => {
    const file = join(newDirectory(), 'config.diff');
    const tokens = `ghp_${'a'.repeat(36)}`;
    writeFileSync(file, `-  apiToken: '${SECRET}',\n+  apiToken: "${OTHER}",\n+  // ${tokens}\n   cpu: 256,\n`);
    const assembly = writeAssembly({ stacks: { A: {} } });
    const { stdout } = review(assembly, assembly, '--markdown', '--config-diff', file);
    expect(stdout).toContain(
      '-  apiToken: (hidden value 1)\n+  apiToken: (hidden value 2)\n+ (hidden value 3)\n   cpu: 256,',
    );
  });
});

it('a line without end is left out: the search for secrets in it would not end either', () => {
  const file = join(newDirectory(), 'config.diff');
  writeFileSync(file, `+  before\n+${'secret'.repeat(400_000)}\n+  after`);
  const assembly = writeAssembly({ stacks: { A: {} } });
  const { stdout } = review(assembly, assembly, '--markdown', '--config-diff', file);
  expect(stdout).toContain('+  before\n… (a line of 2400001 characters)\n+  after');
});

it('the key to a secret is no secret', () => {
  const { stdout } = reviewResource(
    { Type: 'AWS::ECS::TaskDefinition', Properties: { Secrets: [{ Name: 'DATABASE_URL', ValueFrom: 'arn:one' }] } },
    { Type: 'AWS::ECS::TaskDefinition', Properties: { Secrets: [{ Name: 'DATABASE_URL', ValueFrom: 'arn:two' }] } },
  );
  expect(stdout).toContain('`Secrets[DATABASE_URL].ValueFrom`: `arn:one` → `arn:two`');
});

it.each([
  'AKIAIOSFODNN7EXAMPLE',
  '-----BEGIN RSA PRIVATE KEY-----',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc',
  '{"password": "hunter2"}',
  'postgres://:hunter2@db/app',
])('%s looks like a secret wherever it stands', (text) => {
  expect(new SecretMask().mask({ Anything: [text] })).toEqual({ Anything: ['(hidden value 1)'] });
});

it.each([
  'secretsmanager:GetSecretValue',
  'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prooflink-abc',
  '{{resolve:secretsmanager:arn:SecretString:password::}}',
  'https://prooflink.example.com/a@b',
])('%s does not', (text) => {
  expect(new SecretMask().mask({ Anything: [text] })).toEqual({ Anything: [text] });
});
