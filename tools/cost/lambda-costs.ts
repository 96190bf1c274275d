import { type Named, references } from '@infra/common/template';
import type { Bill } from './bill';
import { formatQuantity } from './money';
import type { Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of the functions that CloudFormation calls. */
export const LAMBDA_PRICERS: Pricers = {
  'AWS::Lambda::Function': priceFunctions,
};

const REQUESTS: Rate = { service: 'AWSLambda', usageType: 'Request' };
const DURATION: Rate = { service: 'AWSLambda', usageType: 'Lambda-GB-Second' };
const DURATION_ON_ARM: Rate = { service: 'AWSLambda', usageType: 'Lambda-GB-Second-ARM' };

/** AWS's default, in megabytes. */
const DEFAULT_MEMORY = 128;

function priceFunctions(functions: readonly Named[], bill: Bill): void {
  const gigabytes = functions.reduce((sum, lambda) => sum + memoryGigabytes(lambda), 0);
  const isArm = functions.some(({ properties }) => references(properties.Architectures).includes('arm64'));
  bill.chargeAssumed('Lambda', {
    amount: ({ functionTime }) => functionTime.toSeconds() * gigabytes,
    describe: (gigabyteSeconds) => `${formatQuantity(gigabyteSeconds)} GB-seconds`,
    rate: isArm ? DURATION_ON_ARM : DURATION,
  });
  bill.chargeAssumed('Lambda', {
    amount: ({ functionCalls }) => functionCalls * functions.length,
    describe: (calls) => `${formatQuantity(calls)} calls`,
    rate: REQUESTS,
  });
}

function memoryGigabytes({ properties }: Named): number {
  return Number(properties.MemorySize ?? DEFAULT_MEMORY) / 1024;
}
