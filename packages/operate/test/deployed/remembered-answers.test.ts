import { CloudWatchLogs, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { ClientClass } from '../../src/deployed/deployed-stack';
import { rememberAnswers } from '../../src/deployed/remembered-answers';
import { whileAwsAnswers } from '../support/answer-commands';

const MISSING = { message: 'The specified log group does not exist.', $metadata: {} };

/** Clients of an environment, which remember what AWS answered. */
function rememberingClients() {
  return rememberAnswers(<Client>(Class: ClientClass<Client>) => new Class({ region: 'ap-northeast-1' }));
}

test('an error names what AWS was asked for, and leaves a filter out: it ended with a piece of one', async () => {
  const failing = { FilterLogEvents: () => new ResourceNotFoundException(MISSING) };
  const filterPattern = '?"password authentication failed" ?P1000';
  const asking = whileAwsAnswers(failing, () =>
    rememberingClients()(CloudWatchLogs).filterLogEvents({ logGroupName: '/ecs/app', filterPattern }),
  );
  await expect(asking).rejects.toThrow(/^The specified log group does not exist\. \(FilterLogEvents \/ecs\/app\)$/);
});

test('an error leaves a text in JSON out: it may have the values of a secret', async () => {
  const failing = { PutSecretValue: () => new Error('refused') };
  const SecretString = JSON.stringify({ SMTP_PASSWORD: 'secret' });
  const asking = whileAwsAnswers(failing, () =>
    rememberingClients()(SecretsManager).putSecretValue({ SecretId: 'settings', SecretString }),
  );
  await expect(asking).rejects.toThrow(/^refused \(PutSecretValue settings\)$/);
});
