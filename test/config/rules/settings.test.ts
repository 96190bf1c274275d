import { plainVariables } from '../../../lib/config/sections/settings';
import { dev } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const web = 'webService.settings';
const containing = (variables: Record<string, string>, secrets: string[] = []) => ({ variables, secrets });

refuses('a secret is readable by all, or the container gets another value than it needs', dev, [
  {
    field: web,
    values: [containing({ 'SMTP-HOST': 'x' })],
    says: "SMTP-HOST is not a variable's name; write letters, digits and _, as in SMTP_HOST",
  },
  {
    field: web,
    values: [containing({ SMTP_PASSWORD: 'x' })],
    says: 'SMTP_PASSWORD reads like a secret, and everybody can read it here; list its name',
  },
  { field: web, values: [containing({ APIKEY: 'x' })], says: 'APIKEY reads like a secret' },
  { field: web, values: [containing({ PRIVATEKEY: 'x' })], says: 'PRIVATEKEY reads like a secret' },
  {
    field: web,
    values: [containing({ STORAGE_USER: 'AKIAIOSFODNN7EXAMPLE' })],
    says: 'STORAGE_USER reads like a secret',
  },
  {
    field: web,
    values: [containing({ REDIS_URL: 'redis://me:word@cache:6379' })],
    says: 'REDIS_URL reads like a secret',
  },
  {
    field: web,
    values: [containing({ SMTP_HOST: '' })],
    says: 'SMTP_HOST is ""; write plain text on one line, of 1 to 2048 characters',
  },
  { field: web, values: [containing({ SMTP_HOST: 'a\nb' })], says: 'SMTP_HOST is "a\\nb"; write plain text' },
  {
    field: web,
    values: [containing({ SMTP_HOST: '{{resolve:ssm:/a}}' })],
    says: 'SMTP_HOST is {{resolve:ssm:/a}}; write plain text',
  },
  {
    field: web,
    values: [containing({ SMTP_USER: 'me' }, ['SMTP_USER'])],
    says: 'SMTP_USER is among the secrets, too; write it once',
  },
  { field: web, values: [containing({}, ['SMTP PASSWORD'])], says: "SMTP PASSWORD is not a variable's name" },
  {
    field: 'userImport.settings',
    values: [containing({}, ['AWS_SECRET_ACCESS_KEY'])],
    says: 'AWS_SECRET_ACCESS_KEY is set by the stack or by AWS',
  },
]);
refuses('a secret is listed twice', withField(dev, web, containing({})), [
  { field: `${web}.secrets`, values: [['A', 'A']], says: 'A is listed twice; list each value once' },
]);

takes('what containers take', dev, [
  {
    field: web,
    values: [containing({ SMTP_HOST: 'smtp.example.com', FEATURE_1: '日本語 {a: 1}' }, ['SMTP_PASSWORD'])],
  },
  // Names that only resemble those of the stack or of a secret.
  { field: web, values: [containing({ MY_NODE_ENV: 'x', NODE_ENV_FILE: 'x', TOKEN_SECONDS: '60', PROJECT: 'AKIA1' })] },
  { field: 'userImport.settings', values: [containing({}, ['OAUTH_CLIENT_SECRET'])] },
]);

const VARIABLES = 'webService.settings.variables';
const brokenVariables = (variables: Record<string, unknown>) => brokenWith(dev, { [web]: { variables, secrets: [] } });
const readsLikeSecret = (name: string) =>
  `dev: ${VARIABLES}: ${name} reads like a secret, and everybody can read it here; list its name in secrets, or write ` +
  `{ value: '…', notSecret: '<why everybody may read it>' }`;

test.each([
  { title: 'a password, in short', name: 'SMTP_PASS' },
  { title: 'a password, shorter', name: 'DB_PWD' },
  { title: 'a password for SSH', name: 'SSH_PASSPHRASE' },
  { title: 'a key of an API', name: 'STRIPE_KEY' },
  { title: 'a key in camel case', name: 'stripeKey' },
  { title: 'a second key', name: 'STRIPE_KEY_2' },
  { title: 'a second password', name: 'DB_PASSWORD2' },
  { title: 'a key in another encoding', name: 'SIGNING_KEY_BASE64' },
  { title: 'a personal access token', name: 'GITHUB_PAT' },
  { title: 'a connection string', name: 'REPORTS_DSN' },
  { title: 'a webhook', name: 'SLACK_WEBHOOK' },
  { title: 'the address of a webhook', name: 'SLACK_WEBHOOK_URL' },
  { title: 'a credential', name: 'GOOGLE_CREDENTIALS_JSON' },
  { title: 'a password that is sent to browsers', name: 'NEXT_PUBLIC_ADMIN_PASSWORD' },
])('$title, in the template for every reader of the stack, is refused by its name: $name', ({ name }) => {
  expect(brokenVariables({ [name]: 'x' })).toEqual([readsLikeSecret(name)]);
});

test.each([
  { title: 'a temporary key of AWS', value: 'ASIAIOSFODNN7EXAMPLE' },
  { title: 'a URL with a password alone', value: 'redis://:word@cache:6379' },
])('$title, in the template for every reader of the stack, is refused by its value: $value', ({ value }) => {
  expect(brokenVariables({ SETTING: value })).toEqual([readsLikeSecret('SETTING')]);
});

test.each([
  'NEXT_PUBLIC_STRIPE_KEY',
  'NEXT_PUBLIC_MAPBOX_TOKEN',
  'NEXT_PUBLIC_SENTRY_DSN',
  'STRIPE_PUBLISHABLE_KEY',
  'RECAPTCHA_SITE_KEY',
  'JWT_PUBLIC_KEY',
  'BYPASS',
  'COMPASS',
  'PASSPORT_ISSUER',
  'MONKEY',
  'KEYBOARD',
  'KEYCLOAK_URL',
  'S3_KEY_PREFIX',
  'PATTERN',
  'PATIENT_API',
  'PASSWORD_MIN_LENGTH',
  'RESET_PASSWORD_URL',
  'MAX_TOKENS',
  'TOKEN_URL',
  'WEBHOOK_ENABLED',
])('a name that only looks like a secret’s is allowed without a reason: %s', (name) => {
  expect(brokenVariables({ [name]: 'x' })).toEqual([]);
});

test('a value that everybody may read is allowed with a written reason, and refused with none', () => {
  const withReason = (notSecret: string) => brokenVariables({ SEARCH_KEY: { value: 'abc', notSecret } });
  expect(withReason('browsers get it, too')).toEqual([]);
  for (const notSecret of ['', 'none', '......', 'todo: ask the team', '<why everybody may read it>']) {
    expect(withReason(notSecret)).toEqual([
      `dev: ${VARIABLES}: SEARCH_KEY, notSecret: ${notSecret || '""'} gives no reason; write why everybody may read it`,
    ]);
  }
});

test('a value with a reason reaches the container as plain text', () => {
  const variables = { A: 'x', SEARCH_KEY: { value: 'abc', notSecret: 'browsers get it, too' } };
  expect(plainVariables({ variables, secrets: [] })).toEqual({ A: 'x', SEARCH_KEY: 'abc' });
  expect(plainVariables(undefined)).toEqual({});
});

test.each([
  {
    title: 'another port than the load balancer’s: no task ever becomes healthy',
    variables: { PORT: '8080' },
    problem: "PORT is 8080; the load balancer asks port 3000 alone: write '3000', or leave it out",
  },
  {
    title: 'a server that listens on one name: no task ever becomes healthy',
    variables: { HOSTNAME: 'localhost' },
    problem:
      "HOSTNAME is localhost, where the load balancer does not reach the server; write '0.0.0.0', or leave it out",
  },
  {
    title: 'a path in the place of the image’s own: node is not found, and no task starts',
    variables: { PATH: '/app/bin' },
    problem: 'PATH replaces that of the image, and no program is found any more; set it in the Dockerfile',
  },
])('$title', ({ variables, problem }) => {
  expect(brokenVariables(variables)).toEqual([`dev: ${VARIABLES}: ${problem}`]);
});

test('the port and the names on which the load balancer reaches the server are allowed; the import listens nowhere', () => {
  expect(brokenVariables({ PORT: '3000', HOSTNAME: '0.0.0.0' })).toEqual([]);
  expect(brokenVariables({ HOSTNAME: '::' })).toEqual([]);
  const imports = (variables: Record<string, string>) =>
    brokenWith(dev, { 'userImport.settings': containing(variables) });
  expect(imports({ PORT: '8080', HOSTNAME: 'importer' })).toEqual([]);
  expect(imports({ PATH: '/app/bin' })).toEqual([
    expect.stringContaining('userImport.settings.variables: PATH replaces'),
  ]);
});

test.each(['PORT', 'HOSTNAME', 'PATH'])('%s as a secret, whose value nobody reviews, is refused', (name) => {
  expect(brokenWith(dev, { [web]: containing({}, [name]) })).toEqual([
    `dev: ${web}.secrets: ${name} decides whether the container starts and is reached, and is no secret; leave it out`,
  ]);
});

/** Variables of the most characters that one may have. */
const longVariables = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`TEXT_${index}`, 'x'.repeat(2048)]));

test('variables that ECS refuses with the task definition: together they exceed its 64 KB', () => {
  expect(brokenVariables(longVariables(26))).toEqual([]);
  expect(brokenVariables(longVariables(27))).toEqual([
    `dev: ${web}: its variables and secrets take 56102 bytes, and a task definition of ECS has room for 56000; shorten ` +
      'them, or put long texts into the image or a file of the bucket',
  ]);
});

test('variables that AWS Batch refuses with the job definition: together they exceed its 24 KiB', () => {
  const imports = (count: number) => brokenWith(dev, { 'userImport.settings': containing(longVariables(count)) });
  expect(imports(9)).toEqual([]);
  expect(imports(10)).toEqual([
    expect.stringMatching(/^dev: userImport\.settings: .* a job definition of AWS Batch has room for 20000;/),
  ]);
});

test('secrets take room in a task definition, too: ECS gets an ARN for each', () => {
  const secrets = Array.from({ length: 300 }, (_, index) => `_${index.toString(36)}`);
  expect(brokenWith(dev, { [web]: containing({}, secrets) })).toEqual([
    expect.stringMatching(/^dev: webService\.settings: its variables and secrets take \d+ bytes/),
  ]);
});

describe('secrets whose names do not fit into the labels of Secrets Manager could never be set', () => {
  const namesOf = (count: number, prefix = 'SECRET_OF_25_LETTERS_') =>
    Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, '0')}`);

  test('those of the web service', () => {
    expect(brokenWith(dev, { [web]: containing({}, namesOf(48)) })).toEqual([]);
    expect(brokenWith(dev, { [web]: containing({}, namesOf(80)) })).toEqual([
      "dev: webService.settings.secrets: the names of the environment's 80 secrets take 10 staging labels of Secrets " +
        'Manager, and there is room for 6, some 1,200 characters; shorten names, or put several values into one secret as ' +
        'JSON',
    ]);
  });

  test('those of both containers are counted together, and a name of both once', () => {
    const names = namesOf(40);
    const ofBoth = { [web]: containing({}, names), 'userImport.settings': containing({}, names) };
    expect(brokenWith(dev, ofBoth)).toEqual([]);
    const others = { ...ofBoth, 'userImport.settings': containing({}, namesOf(40, 'IMPORT_WITH_25_LETTERS_')) };
    expect(brokenWith(dev, others)).toEqual([
      expect.stringMatching(/^dev: webService\.settings\.secrets: .* 80 secrets take 11 staging labels/),
    ]);
  });

  test('those of the import alone', () => {
    expect(brokenWith(dev, { 'userImport.settings': containing({}, namesOf(60)) })).toEqual([
      expect.stringMatching(/^dev: userImport\.settings\.secrets: .* 60 secrets take 8 staging labels/),
    ]);
  });
});
