import type { NamedResource } from '@infra/common/template';
import type { Bill } from './bill';
import { formatQuantity } from './format-amounts';
import type { Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of the secrets in Secrets Manager and of the keys in KMS. */
export const SECRET_PRICERS: Pricers = {
  'AWS::SecretsManager::Secret': priceSecrets,
  'AWS::KMS::Key': priceKeys,
};

const SECRET_RATE: Rate = { service: 'AWSSecretsManager', usageType: 'AWSSecretsManager-Secrets' };
const SECRET_READ_RATE: Rate = { service: 'AWSSecretsManager', usageType: 'AWSSecretsManagerAPIRequest' };
const KEY_RATE: Rate = { service: 'awskms', usageType: 'KMS-Keys', prefix: 'region name' };
const KEY_REQUEST_RATE: Rate = { service: 'awskms', usageType: 'KMS-Requests', prefix: 'region name' };

function priceSecrets(secrets: readonly NamedResource[], bill: Bill): void {
  const { secrets: words } = bill.words;
  bill.charge('Secrets', {
    description: words.secrets({ count: secrets.length }),
    rate: SECRET_RATE,
    quantity: secrets.length,
  });
  bill.chargeAssumed('Secrets', {
    assumedAmount: ({ secretReads }) => secretReads,
    describe: (reads) => words.reads({ reads: formatQuantity(reads) }),
    rate: SECRET_READ_RATE,
  });
}

function priceKeys(keys: readonly NamedResource[], bill: Bill): void {
  const { secrets: words } = bill.words;
  bill.charge('KMS', {
    description: words.keys({ count: keys.length }),
    rate: KEY_RATE,
    quantity: keys.length,
  });
  bill.listUnmeasured({ description: words.keyRequests, rate: KEY_REQUEST_RATE });
}
