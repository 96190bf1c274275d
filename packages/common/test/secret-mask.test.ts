import { SecretMask } from '../src/secret-mask';

const SECRET = 'hunter2-correct-horse';
const OTHER = 'hunter3-battery-staples';
const SHOWN = /hunter|correct|battery|25925907/;

const joined = (...parts: readonly unknown[]) => ({ 'Fn::Join': ['', parts] });
const variable = (name: string, value: unknown) => ({
  Environment: [
    { Name: name, Value: value },
    { Name: 'A', Value: 'b' },
  ],
});

interface SecretPlace {
  readonly title: string;
  /** A part of a template that has a secret. */
  readonly withSecret: (secret: string) => unknown;
}

const PLACES: readonly SecretPlace[] = [
  { title: 'a plain secret', withSecret: (secret) => ({ SecretString: secret }) },
  {
    title: 'a secret that is joined',
    withSecret: (secret) => ({ SecretString: joined('postgresql://app:', secret, { Ref: 'Host' }) }),
  },
  {
    title: 'the template of a generated secret',
    withSecret: (secret) => ({ GenerateSecretString: { SecretStringTemplate: `{"user":"${secret}"}` } }),
  },
  { title: 'a password', withSecret: (secret) => ({ MasterUserPassword: secret }) },
  {
    title: 'a key of several lines',
    withSecret: (secret) => ({ PrivateKey: `${secret}\n${secret}2\n\n${secret}3` }),
  },
  { title: 'an environment variable', withSecret: (secret) => variable('NEXTAUTH_SECRET', secret) },
  { title: 'a number', withSecret: (secret) => variable('LOGIN_PIN', secret.length * 1_234_567) },
  {
    title: 'a variable that is joined',
    withSecret: (secret) => variable('SESSION_SECRET', joined('a', 'b', 'c', secret, 'd')),
  },
  {
    title: 'a URL with a password',
    withSecret: (secret) => variable('UPSTREAM', `https://me:${secret}@example.com/`),
  },
  {
    title: 'a URL with a password that is joined',
    withSecret: (secret) => variable('UPSTREAM', joined('https://me:', secret, '@example.com')),
  },
  {
    title: 'a URL with a variable for the password',
    withSecret: (secret) => variable('UPSTREAM', { 'Fn::Sub': ['https://me:${P}@example.com', { P: secret }] }),
  },
  { title: 'a setting in a text', withSecret: (secret) => variable('OPTIONS', `--user=me --password=${secret}`) },
  {
    title: 'a variable of a function',
    withSecret: (secret) => ({ Environment: { Variables: { DB_PASSWORD: secret } } }),
  },
  {
    title: 'a secret beside a dynamic reference',
    withSecret: (secret) => ({ SecretString: `https://a:{{resolve:secretsmanager:b}}@c/?token=${secret}` }),
  },
  { title: 'an abbreviated name', withSecret: (secret) => ({ SMTP_PASS: secret }) },
  { title: 'a key to sign with', withSecret: (secret) => ({ SIGNING_KEY: secret }) },
  { title: 'a branch of a function', withSecret: (secret) => ({ Password: { 'Fn::If': ['C', secret, 'other'] } }) },
  { title: 'an option of a command', withSecret: (secret) => ({ Command: ['serve', '--api-token', secret] }) },
];

it.each(PLACES)('no secret is shown, and that it changed is: $title', ({ withSecret }) => {
  const mask = new SecretMask();
  const masked = (secret: string) => JSON.stringify(mask.mask(withSecret(secret)));
  const first = masked(SECRET);
  const second = masked(OTHER);
  expect(first + second).not.toMatch(SHOWN);
  expect(first).toContain('(hidden value 1)');
  expect(second).not.toBe(first);
  expect(masked(SECRET)).toBe(first);
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

it.each(['secret', '://', '://a:', 'eyJ-', '-----BEGIN ', 'sk-', '${', 'passwd"   ', '{{resolve:', 'bearer a'])(
  '400 kB of %s take no longer than other texts',
  (piece) => {
    const text = piece.repeat(400_000 / piece.length);
    new SecretMask().mask({ Anything: text, Password: text, Joined: { 'Fn::Join': ['', [text, { Ref: 'X' }]] } });
    new SecretMask().maskLines(text.replace(/.{4000}/g, '$&\n'));
  },
  10_000,
);

describe('a text that is no secret is shown', () => {
  it.each([
    {
      title: 'the ARN of a secret',
      value: { Anything: ['arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:prooflink-abc'] },
    },
    {
      title: 'a dynamic reference',
      value: { Anything: ['{{resolve:secretsmanager:arn:SecretString:password::}}'] },
    },
    {
      title: 'a URL whose password is a dynamic reference',
      value: {
        SecretString: joined('postgresql://a:{{resolve:secretsmanager:', { Ref: 'S' }, '}}@db/a?sslmode=require'),
      },
    },
    { title: 'a URL without a password', value: { Anything: ['https://prooflink.example.com/a@b'] } },
    {
      title: 'a condition of a trust policy',
      value: { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:prooflink/infrastructure:ref' } },
    },
    {
      title: 'the name and the ARN of a secret in a container',
      value: { Secrets: [{ Name: 'DATABASE_URL', ValueFrom: 'arn:one' }] },
    },
  ])('$title', ({ value }) => {
    expect(new SecretMask().mask(value)).toEqual(value);
  });
});
