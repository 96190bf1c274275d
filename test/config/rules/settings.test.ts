import { APPLICATION_PORT } from '../../../lib/contract';
import { plainVariables } from '../../../lib/config/sections/settings';
import { dev } from '../../support/configs';
import { brokenWith, refuses, takes, withField } from '../../support/config';

const WEB = 'webService.settings';
const IMPORT = 'userImport.settings';

/** Settings with these variables in plain text and these names of secrets. */
const containing = (variables: Record<string, string>, secrets: string[] = []) => ({ variables, secrets });

refuses('ECS refuses the task definition, or the container has no such variable', dev, [
  {
    title: 'a hyphen in a variable’s name',
    field: WEB,
    values: [containing({ 'SMTP-HOST': 'x' })],
    says: "SMTP-HOST is not a variable's name; write letters, digits and _, as in SMTP_HOST",
  },
  {
    title: 'a space in a secret’s name',
    field: WEB,
    values: [containing({}, ['SMTP PASSWORD'])],
    says: "SMTP PASSWORD is not a variable's name",
  },
  {
    title: 'a secret’s name that CloudFormation would resolve',
    field: WEB,
    values: [containing({}, ['{{resolve:ssm:/a}}'])],
    says: "{{resolve:ssm:/a}} is not a variable's name",
  },
]);

refuses('the value of a variable is not one line of plain text', dev, [
  {
    // It takes the definition with the variable, and does not set it: hashicorp/terraform-provider-aws#29820.
    title: 'it is empty, and AWS Batch would leave the variable out of an import',
    field: WEB,
    values: [containing({ SMTP_HOST: '' })],
    says: 'SMTP_HOST is ""; write plain text on one line, of 1 to 2048 characters',
  },
  {
    title: 'it has two lines: a longer text belongs into the image or into a file of the bucket',
    field: WEB,
    values: [containing({ SMTP_HOST: 'a\nb' })],
    says: 'SMTP_HOST is "a\\nb"; write plain text',
  },
  {
    title: 'CloudFormation would resolve it, and the container would get another one',
    field: WEB,
    values: [containing({ SMTP_HOST: '{{resolve:ssm:/a}}' })],
    says: 'SMTP_HOST is {{resolve:ssm:/a}}; write plain text',
  },
]);

refuses('with keys of AWS among its secrets, the import acts as another identity than its role', dev, [
  {
    field: IMPORT,
    values: [containing({}, ['AWS_SECRET_ACCESS_KEY'])],
    says: 'AWS_SECRET_ACCESS_KEY is set by the stack or by AWS',
  },
]);

refuses('ECS refuses a task definition with two variables of one name', dev, [
  {
    title: 'a secret that is a variable, too',
    field: WEB,
    values: [containing({ SMTP_USER: 'me' }, ['SMTP_USER'])],
    says: 'SMTP_USER is among the secrets, too; write it once',
  },
  {
    title: 'a secret that is listed twice',
    field: WEB,
    values: [containing({}, ['A', 'A'])],
    says: 'A is listed twice; list each value once',
  },
]);

takes('settings of the web service and of the import', dev, [
  {
    title: 'plain text in any writing, and a secret',
    field: WEB,
    values: [containing({ SMTP_HOST: 'smtp.example.com', FEATURE_1: '日本語 {a: 1}' }, ['SMTP_PASSWORD'])],
  },
  {
    title: 'names that only resemble NODE_ENV and AWS_REGION, which the stack and AWS set',
    field: WEB,
    values: [containing({ MY_NODE_ENV: 'x', NODE_ENV_FILE: 'x', MY_AWS_REGION: 'x' })],
  },
  {
    title: 'a name and a value that only resemble secrets',
    field: WEB,
    values: [containing({ TOKEN_SECONDS: '60', PROJECT: 'AKIA1' })],
  },
  { title: 'a secret of the import', field: IMPORT, values: [containing({}, ['OAUTH_CLIENT_SECRET'])] },
]);

const VARIABLES = 'webService.settings.variables';

/** Broken rules of a web service with these variables and no secrets. */
const brokenVariables = (variables: Record<string, unknown>) => brokenWith(dev, { [WEB]: { variables, secrets: [] } });

/** Report on a variable that reads like a secret. */
const readsLikeSecret = (name: string) =>
  `dev: ${VARIABLES}: ${name} reads like a secret, and everybody can read it here; list its name in secrets, or write ` +
  `{ value: '…', notSecret: '<why everybody may read it>' }`;

test.each([
  'SMTP_PASSWORD',
  'SMTP_PASS',
  'DB_PWD',
  'SSH_PASSPHRASE',
  'STRIPE_KEY',
  'stripeKey',
  'APIKEY',
  'PRIVATEKEY',
  'STRIPE_KEY_2',
  'DB_PASSWORD2',
  'OAUTH2TOKEN3',
  'PUBLIC_KEYPASSWORD',
  'NEXT_PUBLIC_ADMIN_PASSWORD',
  'SIGNING_KEY_B64',
  'GOOGLE_CREDENTIALS_JSON',
  'GITHUB_PAT',
  'REPORTS_DSN',
  'SLACK_WEBHOOK',
  'SLACK_WEBHOOK_URL',
  'SLACK_WEBHOOK_URLS',
])('a secret, in the template for every reader of the stack, is refused by its name: %s', (name) => {
  expect(brokenVariables({ [name]: 'x' })).toEqual([readsLikeSecret(name)]);
});

test.each(['AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE', 'redis://me:word@cache:6379', 'redis://:word@cache:6379'])(
  'a secret, in the template for every reader of the stack, is refused by its value: %s',
  (value) => {
    expect(brokenVariables({ SETTING: value })).toEqual([readsLikeSecret('SETTING')]);
  },
);

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
  'WEBHOOK_CURL',
  'WEBHOOK_URLENCODED',
])('a name that only looks like a secret’s is allowed without a reason: %s', (name) => {
  expect(brokenVariables({ [name]: 'x' })).toEqual([]);
});

/** Broken rules of a key that everybody may read, with a reason for it. */
const brokenPublicKey = (notSecret: string) => brokenVariables({ SEARCH_KEY: { value: 'abc', notSecret } });

test('a value that only looks like a secret is allowed with a written reason', () => {
  expect(brokenPublicKey('browsers get it, too')).toEqual([]);
});

test('a placeholder is no such reason', () => {
  expect(brokenPublicKey('<why everybody may read it>')).toEqual([
    `dev: ${VARIABLES}: SEARCH_KEY, notSecret: <why everybody may read it> gives no reason; write why everybody may read it`,
  ]);
});

test('a value with a reason reaches the container as plain text', () => {
  const variables = { A: 'x', SEARCH_KEY: { value: 'abc', notSecret: 'browsers get it, too' } };
  expect(plainVariables({ variables, secrets: [] })).toEqual({ A: 'x', SEARCH_KEY: 'abc' });
  expect(plainVariables(undefined)).toEqual({});
});

test.each([
  {
    title: 'another port than the load balancer’s: no task ever becomes healthy',
    variables: { PORT: '3001' },
    problem: `PORT is 3001; the load balancer asks port ${APPLICATION_PORT} alone: write '${APPLICATION_PORT}', or leave it out`,
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

test('the port and the addresses on which the load balancer reaches the server are allowed', () => {
  expect(brokenVariables({ PORT: String(APPLICATION_PORT), HOSTNAME: '0.0.0.0' })).toEqual([]);
  expect(brokenVariables({ HOSTNAME: '::' })).toEqual([]);
});

/** Broken rules of an import with these variables and no secrets. */
const brokenImport = (variables: Record<string, string>) => brokenWith(dev, { [IMPORT]: containing(variables) });

test('the import may have any port and name: it listens nowhere', () => {
  expect(brokenImport({ PORT: '8080', HOSTNAME: 'importer' })).toEqual([]);
});

test.each(['AUTH_URL', 'PORT', 'HOSTNAME', 'PATH'])(
  '%s as a secret, whose value nobody reviews, is refused',
  (name) => {
    expect(brokenWith(dev, { [WEB]: containing({}, [name]) })).toEqual([
      `dev: ${WEB}.secrets: ${name} is no secret; leave it out, or write it among the variables`,
    ]);
  },
);

refuses(
  'ECS refuses the definition, or the container gets another value',
  withField(dev, IMPORT, containing({ A: 'x' })),
  [
    { field: 'webService.databaseVariable', values: ['DATABASE_URL'], says: 'DATABASE_URL is set by the stack' },
    { field: 'webService.databaseVariable', values: ['AUTH_URL'], says: 'AUTH_URL is no secret' },
  ],
);

/** Characters of the longest value that a variable may have. */
const LONGEST_VALUE = 2048;

/** Most variables with the longest value for which `lib/config/rules/settings.ts` leaves room in a task definition. */
const MOST_LONG_VARIABLES = 26;

/** Bytes that a task definition has for variables and secrets: ECS takes 64 KB, and the stack itself writes the rest. */
const ROOM_IN_TASK_DEFINITION = 56_000;

/** Variables with the longest value. */
function longVariables(count: number): Record<string, string> {
  const entries = Array.from({ length: count }, (_, index) => [`TEXT_${index}`, 'x'.repeat(LONGEST_VALUE)] as const);
  return Object.fromEntries(entries);
}

test('variables may take all of the room in a task definition, and not one byte more', () => {
  const variables = longVariables(MOST_LONG_VARIABLES);
  /** Size of the variables with one more, as the task definition has them: beside an empty list of secrets. */
  const bytesOf = (rest: string) => {
    const entries = Object.entries({ ...variables, REST: rest }).map(([name, value]) => ({ name, value }));
    return Buffer.byteLength(JSON.stringify([entries, []]));
  };
  const rest = 'x'.repeat(ROOM_IN_TASK_DEFINITION - bytesOf(''));
  expect(brokenVariables({ ...variables, REST: rest })).toEqual([]);
  expect(brokenVariables({ ...variables, REST: `${rest}x` })).toHaveLength(1);
});

test('one more variable is refused: ECS would refuse a task definition above its 64 KB', () => {
  expect(brokenVariables(longVariables(MOST_LONG_VARIABLES + 1))).toEqual([
    `dev: ${WEB}: its variables and secrets take 56102 bytes, and a task definition of ECS has room for 56000; shorten ` +
      'them, or put long texts into the image or a file of the bucket',
  ]);
});

test('nine long variables fit into a job definition, and ten do not: AWS Batch takes 24 KiB', () => {
  expect(brokenImport(longVariables(9))).toEqual([]);
  expect(brokenImport(longVariables(10))).toEqual([
    expect.stringMatching(/^dev: userImport\.settings: .* a job definition of AWS Batch has room for 20000;/),
  ]);
});

test('secrets take room in a task definition, too', () => {
  // Some 190 bytes each: ECS gets the ARN of the secret for each.
  // Names of two or three characters: longer ones would break the rule on staging labels, too, which stands below.
  const secrets = Array.from({ length: 300 }, (_, index) => `_${index.toString(36)}`);
  expect(brokenWith(dev, { [WEB]: containing({}, secrets) })).toEqual([
    expect.stringMatching(/^dev: webService\.settings: its variables and secrets take \d+ bytes/),
  ]);
});

/**
 * The command `settings` writes the names of the secrets that have a value into staging labels of Secrets Manager: six labels
 * of 256 characters, each of which begins with a version's id (lib/config/key-labels.ts).
 */
describe('names of secrets fit into six staging labels of Secrets Manager, or are refused', () => {
  /** Names of 25 characters: a label has room for eight of them. */
  function namesOf(count: number, prefix = 'SECRET_OF_25_LETTERS_'): string[] {
    return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, '0')}`);
  }

  test('48 names of the web service fill the six labels', () => {
    expect(brokenWith(dev, { [WEB]: containing({}, namesOf(48)) })).toEqual([]);
  });

  test('a name that both containers have counts once: 40 names twice fit', () => {
    const secrets = containing({}, namesOf(40));
    expect(brokenWith(dev, { [WEB]: secrets, [IMPORT]: secrets })).toEqual([]);
  });

  test('names of both containers are counted together: 40 and 40 others are too many', () => {
    const webSecrets = containing({}, namesOf(40));
    const importSecrets = containing({}, namesOf(40, 'IMPORT_OF_25_LETTERS_'));
    expect(brokenWith(dev, { [WEB]: webSecrets, [IMPORT]: importSecrets })).toEqual([
      "dev: webService.settings.secrets: the names of the environment's 80 secrets take 10 staging labels of Secrets " +
        'Manager, and there is room for 6, some 1,200 characters; shorten names, or put several values into one secret as ' +
        'JSON',
    ]);
  });

  test('60 names of the import alone are too many', () => {
    expect(brokenWith(dev, { [IMPORT]: containing({}, namesOf(60)) })).toEqual([
      expect.stringMatching(/^dev: userImport\.settings\.secrets: .* 60 secrets take 8 staging labels/),
    ]);
  });
});
