type Resource = Readonly<Record<string, unknown>>;

const container = (properties: object): Resource => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { ContainerDefinitions: [{ Name: 'web', Command: ['serve'], ...properties }] },
});
const variables = (...entries: object[]) => container({ Environment: entries });
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

/** Two secrets, and what must not be shown of them. */
export const [SECRET, OTHER, SHOWN] = ['hunter2-correct-horse', 'hunter3-battery-staple', /hunter|correct|battery/];

/** Places of secrets in a template. */
export const SECRETIVE: readonly (readonly [string, (secret: string) => Resource])[] = [
  ['a plain one', (s) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: s } })],
  [
    'one that is put together',
    (s) => ({
      Type: 'AWS::SecretsManager::Secret',
      Properties: { SecretString: join('postgresql://app:', s, { Ref: 'Host' }) },
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
  ['a variable that is put together', (s) => variables({ Name: 'SESSION_SECRET', Value: join('a', 'b', 'c', s, 'd') })],
  ['a URL with a password', (s) => variables({ Name: 'UPSTREAM', Value: `https://me:${s}@example.com/` })],
  ['a setting in a text', (s) => variables({ Name: 'OPTIONS', Value: `--user=me --password=${s}` })],
  [
    'a variable of a function',
    (s) => ({ Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { DB_PASSWORD: s } } } }),
  ],
  ['an option of a command', (s) => container({ Command: ['serve', '--api-token', s] })],
];
