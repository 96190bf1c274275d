import { dev } from '../../support/configs/dev';
import { testAccepted, testRules, withField } from '../../support/config';

const web = 'webService.settings';
const told = (variables: Record<string, string>, secrets: string[] = []) => ({ variables, secrets });

testRules('settings: a secret stands where everybody reads it, or the container is told something else than it needs', [
  [web, told({ 'SMTP-HOST': 'x' }), "SMTP-HOST is not a variable's name; write letters, digits and _, as in SMTP_HOST"],
  [
    web,
    told({ SMTP_PASSWORD: 'x' }),
    'SMTP_PASSWORD reads like a secret, and everybody can read it here; list its name',
  ],
  ...['APIKEY', 'PRIVATEKEY'].map((name): [string, object, string] => [
    web,
    told({ [name]: 'x' }),
    `${name} reads like a secret`,
  ]),
  [web, told({ STORAGE_USER: 'AKIAIOSFODNN7EXAMPLE' }), 'STORAGE_USER reads like a secret'],
  [web, told({ REDIS_URL: 'redis://me:word@cache:6379' }), 'REDIS_URL reads like a secret'],
  [web, told({ SMTP_HOST: '' }), 'SMTP_HOST is ""; write plain text on one line, of 1 to 2048 characters'],
  [web, told({ SMTP_HOST: 'a\nb' }), 'SMTP_HOST is "a\\nb"; write plain text'],
  [web, told({ SMTP_HOST: '{{resolve:ssm:/a}}' }), 'SMTP_HOST is {{resolve:ssm:/a}}; write plain text'],
  [web, told({ SMTP_USER: 'me' }, ['SMTP_USER']), 'SMTP_USER is among the secrets, too; write it once'],
  [web, told({}, ['SMTP PASSWORD']), "SMTP PASSWORD is not a variable's name"],
  [`${web}.secrets`, ['A', 'A'], 'A is listed twice; list each value once', withField(dev, web, told({}))],
  ['userImport.settings', told({}, ['AWS_SECRET_ACCESS_KEY']), 'AWS_SECRET_ACCESS_KEY is set by the stack or by AWS'],
]);

testAccepted('settings: what containers take', [
  [web, told({ SMTP_HOST: 'smtp.example.com', FEATURE_1: '日本語 {a: 1}' }, ['SMTP_PASSWORD'])],
  // Names that only resemble those of the stack or of a secret.
  [web, told({ MY_NODE_ENV: 'x', NODE_ENV_FILE: 'x', TOKEN_SECONDS: '60', PROJECT: 'AKIA1' })],
  ['userImport.settings', told({}, ['OAUTH_CLIENT_SECRET'])],
]);
