import { dev } from '../../support/configs';
import { refuses, takes, withField } from '../../support/config';

const web = 'webService.settings';
const told = (variables: Record<string, string>, secrets: string[] = []) => ({ variables, secrets });

refuses('a secret stands where everybody reads it, or the container is told something else than it needs', dev, [
  [web, "SMTP-HOST is not a variable's name; write letters, digits and _, as in SMTP_HOST", told({ 'SMTP-HOST': 'x' })],
  [
    web,
    'SMTP_PASSWORD reads like a secret, and everybody can read it here; list its name',
    told({ SMTP_PASSWORD: 'x' }),
  ],
  [web, 'APIKEY reads like a secret', told({ APIKEY: 'x' })],
  [web, 'PRIVATEKEY reads like a secret', told({ PRIVATEKEY: 'x' })],
  [web, 'STORAGE_USER reads like a secret', told({ STORAGE_USER: 'AKIAIOSFODNN7EXAMPLE' })],
  [web, 'REDIS_URL reads like a secret', told({ REDIS_URL: 'redis://me:word@cache:6379' })],
  [web, 'SMTP_HOST is ""; write plain text on one line, of 1 to 2048 characters', told({ SMTP_HOST: '' })],
  [web, 'SMTP_HOST is "a\\nb"; write plain text', told({ SMTP_HOST: 'a\nb' })],
  [web, 'SMTP_HOST is {{resolve:ssm:/a}}; write plain text', told({ SMTP_HOST: '{{resolve:ssm:/a}}' })],
  [web, 'SMTP_USER is among the secrets, too; write it once', told({ SMTP_USER: 'me' }, ['SMTP_USER'])],
  [web, "SMTP PASSWORD is not a variable's name", told({}, ['SMTP PASSWORD'])],
  ['userImport.settings', 'AWS_SECRET_ACCESS_KEY is set by the stack or by AWS', told({}, ['AWS_SECRET_ACCESS_KEY'])],
]);
refuses('a secret is listed twice', withField(dev, web, told({})), [
  [`${web}.secrets`, 'A is listed twice; list each value once', ['A', 'A']],
]);

takes('what containers take', dev, [
  [web, told({ SMTP_HOST: 'smtp.example.com', FEATURE_1: '日本語 {a: 1}' }, ['SMTP_PASSWORD'])],
  // Names that only resemble those of the stack or of a secret.
  [web, told({ MY_NODE_ENV: 'x', NODE_ENV_FILE: 'x', TOKEN_SECONDS: '60', PROJECT: 'AKIA1' })],
  ['userImport.settings', told({}, ['OAUTH_CLIENT_SECRET'])],
]);
