import { SecretMask } from '../src/secret-mask';

const [SECRET, OTHER, SHOWN] = ['hunter2-correct-horse', 'hunter3-battery-staples', /hunter|correct|battery|25925907/];
const joined = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const variable = (Name: string, Value: unknown) => ({
  Environment: [
    { Name, Value },
    { Name: 'A', Value: 'b' },
  ],
});

it.each<readonly [string, (secret: string) => unknown]>([
  ['a plain one', (s) => ({ SecretString: s })],
  ['one that is put together', (s) => ({ SecretString: joined('postgresql://app:', s, { Ref: 'Host' }) })],
  ['a template of a generated one', (s) => ({ GenerateSecretString: { SecretStringTemplate: `{"user":"${s}"}` } })],
  ['a password', (s) => ({ MasterUserPassword: s })],
  ['a key of several lines', (s) => ({ PrivateKey: `${s}\n${s}2\n\n${s}3` })],
  ['an environment variable', (s) => variable('NEXTAUTH_SECRET', s)],
  ['an API key', (s) => variable('STRIPE_API_KEY', s)],
  ['a key of the application', (s) => variable('APP_KEY', s)],
  ['a number', (s) => variable('LOGIN_PIN', s.length * 1_234_567)],
  ['a variable that is put together', (s) => variable('SESSION_SECRET', joined('a', 'b', 'c', s, 'd'))],
  ['a URL with a password', (s) => variable('UPSTREAM', `https://me:${s}@example.com/`)],
  ['such a URL that is put together', (s) => variable('UPSTREAM', joined('https://me:', s, '@example.com'))],
  ['one with a variable', (s) => variable('UPSTREAM', { 'Fn::Sub': ['https://me:${P}@example.com', { P: s }] })],
  ['a setting in a text', (s) => variable('OPTIONS', `--user=me --password=${s}`)],
  ['a variable of a function', (s) => ({ Environment: { Variables: { DB_PASSWORD: s } } })],
  ['an abbreviated name', (s) => ({ SMTP_PASS: s })],
  ['a key to sign with', (s) => ({ SIGNING_KEY: s })],
  ['a branch of a function', (s) => ({ Password: { 'Fn::If': ['C', s, 'other'] } })],
  ['an option of a command', (s) => ({ Command: ['serve', '--api-token', s] })],
])('no secret is shown, and that it changed is: %s', (_what, value) => {
  const mask = new SecretMask();
  const [one = '', other = '', same] = [SECRET, OTHER, SECRET].map((each) => JSON.stringify(mask.mask(value(each))));
  expect(one + other).not.toMatch(SHOWN);
  expect(one).toContain('(hidden value 1)');
  expect(other).not.toBe(one);
  expect(same).toBe(one);
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
