import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SettingsSecret } from '../../src/deployed/settings-secret';
import { answerCommands } from '../support/answer-commands';

const ARN = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:settings';

/** The secret in an AWS that has this value for it. */
function secretWith(SecretString: string) {
  const asked = answerCommands({
    DescribeSecret: {},
    GetSecretValue: { SecretString, VersionId: 'now' },
    PutSecretValue: new Error('put'),
  });
  const region = 'ap-northeast-1';
  return { secret: new SettingsSecret(ARN, new SecretsManager({ region }), region), asked };
}

afterEach(() => jest.restoreAllMocks());

test('values that are together larger than Secrets Manager takes are refused before it is asked', async () => {
  const { secret, asked } = secretWith('{}');
  const valueOf = (bytes: number) => 'あ'.repeat(bytes / 3);
  const frame = Buffer.byteLength(JSON.stringify({ KEY: '', OTHER: '' }));
  const mostBytes = 65_536 - frame;
  await expect(secret.replace('now', { KEY: valueOf(mostBytes - (mostBytes % 3)), OTHER: '' })).rejects.toThrow('put');
  await expect(secret.replace('now', { KEY: valueOf(mostBytes), OTHER: 'abc' })).rejects.toThrow(
    /^It is not set: the secret with all settings would have 65,5\d\d bytes, and Secrets Manager takes 65,536 bytes\./,
  );
  expect(asked['PutSecretValue']).toHaveLength(1);
});

test('a secret that is no JSON any more is named, with the command that shows its version before', async () => {
  const { secret } = secretWith('{"KEY": "secret value"');
  const failure = await secret.readCurrentVersion().catch((error: unknown) => String(error));
  expect(failure).toContain(`${ARN}, is no JSON object any more`);
  expect(failure).toContain(`\n  aws secretsmanager get-secret-value --region ap-northeast-1 --secret-id ${ARN} `);
  expect(failure).toContain('--version-stage AWSPREVIOUS');
  expect(failure).not.toContain('secret value');
});
