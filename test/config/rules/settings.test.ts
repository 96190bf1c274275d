import { dev } from '../../support/configs';
import { refuses, takes, withField } from '../../support/config';

const web = 'webService.settings';
const containing = (variables: Record<string, string>, secrets: string[] = []) => ({ variables, secrets });

refuses('a secret is readable by all, or the container gets another value than it needs', dev, [
  [
    web,
    "SMTP-HOST is not a variable's name; write letters, digits and _, as in SMTP_HOST",
    containing({ 'SMTP-HOST': 'x' }),
  ],
  [
    web,
    'SMTP_PASSWORD reads like a secret, and everybody can read it here; list its name',
    containing({ SMTP_PASSWORD: 'x' }),
  ],
  [web, 'APIKEY reads like a secret', containing({ APIKEY: 'x' })],
  [web, 'PRIVATEKEY reads like a secret', containing({ PRIVATEKEY: 'x' })],
  [web, 'STORAGE_USER reads like a secret', containing({ STORAGE_USER: 'AKIAIOSFODNN7EXAMPLE' })],
  [web, 'REDIS_URL reads like a secret', containing({ REDIS_URL: 'redis://me:word@cache:6379' })],
  [web, 'SMTP_HOST is ""; write plain text on one line, of 1 to 2048 characters', containing({ SMTP_HOST: '' })],
  [web, 'SMTP_HOST is "a\\nb"; write plain text', containing({ SMTP_HOST: 'a\nb' })],
  [web, 'SMTP_HOST is {{resolve:ssm:/a}}; write plain text', containing({ SMTP_HOST: '{{resolve:ssm:/a}}' })],
  [web, 'SMTP_USER is among the secrets, too; write it once', containing({ SMTP_USER: 'me' }, ['SMTP_USER'])],
  [web, "SMTP PASSWORD is not a variable's name", containing({}, ['SMTP PASSWORD'])],
  [
    'userImport.settings',
    'AWS_SECRET_ACCESS_KEY is set by the stack or by AWS',
    containing({}, ['AWS_SECRET_ACCESS_KEY']),
  ],
]);
refuses('a secret is listed twice', withField(dev, web, containing({})), [
  [`${web}.secrets`, 'A is listed twice; list each value once', ['A', 'A']],
]);

takes('what containers take', dev, [
  [web, containing({ SMTP_HOST: 'smtp.example.com', FEATURE_1: '日本語 {a: 1}' }, ['SMTP_PASSWORD'])],
  // Names that only resemble those of the stack or of a secret.
  [web, containing({ MY_NODE_ENV: 'x', NODE_ENV_FILE: 'x', TOKEN_SECONDS: '60', PROJECT: 'AKIA1' })],
  ['userImport.settings', containing({}, ['OAUTH_CLIENT_SECRET'])],
]);
