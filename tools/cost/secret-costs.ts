import type { Named } from '@infra/common/template';
import type { Bill } from './bill';
import { formatQuantity } from './money';
import type { Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of secrets and of keys. */
export const SECRET_PRICERS: Pricers = {
  'AWS::SecretsManager::Secret': priceSecrets,
  'AWS::KMS::Key': priceKeys,
};

const SECRETS: Rate = { service: 'AWSSecretsManager', usageType: 'AWSSecretsManager-Secrets' };
const SECRET_READS: Rate = { service: 'AWSSecretsManager', usageType: 'AWSSecretsManagerAPIRequest' };
const KEYS: Rate = { service: 'awskms', usageType: 'KMS-Keys', prefix: 'region name' };
const KEY_REQUESTS: Rate = { service: 'awskms', usageType: 'KMS-Requests', prefix: 'region name' };

function priceSecrets(secrets: readonly Named[], bill: Bill): void {
  bill.charge('Secrets', {
    description: `${secrets.length}`,
    rate: SECRETS,
    quantity: secrets.length,
  });
  bill.chargeAssumed('Secrets', {
    amount: ({ secretReads }) => secretReads,
    describe: (reads) => `${formatQuantity(reads)} reads`,
    rate: SECRET_READS,
  });
}

function priceKeys(keys: readonly Named[], bill: Bill): void {
  bill.charge('KMS', {
    description: `${keys.length} keys`,
    rate: KEYS,
    quantity: keys.length,
  });
  bill.listAsUnmeasured({ description: 'KMS: requests', rate: KEY_REQUESTS });
}
