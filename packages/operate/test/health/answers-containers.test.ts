import { ImageNotFoundException } from '@aws-sdk/client-ecr';
import type { Answers } from '@infra/deployed/test/support/answer-commands';
import { besideOthers } from '@infra/deployed/test/support/containers';
import { describeAnswers } from './aws-answers';

const SECRET = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:settings';

/** Secrets Manager on the only secret of the web tasks. */
const secretOf = (variable: string, key: string, GetSecretValue: unknown): Answers => ({
  DescribeTaskDefinition: {
    taskDefinition: {
      taskDefinitionArn: 'the webTaskDefinition',
      containerDefinitions: besideOthers({ secrets: [{ name: variable, valueFrom: `${SECRET}${key}` }] }),
    },
  },
  DescribeSecret: {},
  GetSecretValue,
});
const ACCESS_DENIED = Object.assign(new Error('no'), { name: 'AccessDeniedException' });

describeAnswers('secrets-app', [
  {
    title: 'an empty password of the database gets a new value',
    aws: secretOf('DATABASE_URL', '', { SecretString: ' ' }),
    result: 'wrong',
    says: 'The secret DATABASE_URL of the web tasks is empty.',
    fix: '“Rotating the database password” in docs/runbook.md',
  },
  {
    title: 'settings that are no JSON object any more are written again',
    aws: secretOf('SMTP_PASSWORD', ':SMTP_PASSWORD::', { SecretString: 'no JSON' }),
    result: 'wrong',
    says: 'The secret settings, of which the web tasks want SMTP_PASSWORD, is no JSON object.',
    fix: /^aws secretsmanager put-secret-value .*\nnpm run prooflink -- settings prod$/,
  },
  {
    title: 'a setting without a value is set',
    aws: secretOf('SMTP_PASSWORD', ':SMTP_PASSWORD::', { SecretString: '{}' }),
    result: 'wrong',
    says: 'The secret setting SMTP_PASSWORD of the web tasks has no value.',
    fix: 'npm run prooflink -- settings prod set SMTP_PASSWORD',
  },
  {
    title: 'without the right to read secrets, their values are not known',
    aws: secretOf('NEXTAUTH_SECRET', '', ACCESS_DENIED),
    result: 'look',
    says: 'The secrets of the web tasks are not known: your rights do not read them (secretsmanager:GetSecretValue).',
  },
]);

describe('on a local AWS', () => {
  beforeEach(() => {
    jest.replaceProperty(process, 'env', { ...process.env, AWS_ENDPOINT_URL: 'http://localhost:1' });
  });
  afterEach(() => jest.restoreAllMocks());

  describeAnswers('image-batch', [
    {
      title: 'the import gets its image by an option of deploy:local',
      aws: { DescribeImages: new ImageNotFoundException({ message: 'none', $metadata: {} }) },
      result: 'wrong',
      says: /has no image v1, which the import jobs want\.$/,
      fix: /npm run deploy:local -- --job <folder>$/,
    },
  ]);
});
