import { type NamedResource, referencedIds } from '@infra/common/template';
import type { Bill } from './bill';
import { formatQuantity } from './format-amounts';
import type { Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of the Lambda functions that CloudFormation calls during a deployment. */
export const LAMBDA_PRICERS: Pricers = {
  'AWS::Lambda::Function': priceFunctions,
};

const REQUEST_RATE: Rate = { service: 'AWSLambda', usageType: 'Request' };
const DURATION_RATE: Rate = { service: 'AWSLambda', usageType: 'Lambda-GB-Second' };
const DURATION_ON_ARM_RATE: Rate = { service: 'AWSLambda', usageType: 'Lambda-GB-Second-ARM' };

const DEFAULT_MEMORY_MIB = 128;
const MIB_PER_GIB = 1024;

function priceFunctions(functions: readonly NamedResource[], bill: Bill): void {
  const memoryOfAllGib = functions.reduce((sum, lambda) => sum + memoryGib(lambda), 0);
  // The assumed time is that of all functions together, and so has one price: the functions of this app are alike.
  const isArm = functions.some(isArmFunction);
  const { lambda: words } = bill.words;
  bill.chargeAssumed('Lambda', {
    assumedAmount: ({ functionTime }) => functionTime.toSeconds() * memoryOfAllGib,
    describe: (gigabyteSeconds) => words.duration({ gigabyteSeconds: formatQuantity(gigabyteSeconds) }),
    rate: isArm ? DURATION_ON_ARM_RATE : DURATION_RATE,
  });
  bill.chargeAssumed('Lambda', {
    assumedAmount: ({ functionCalls }) => functionCalls * functions.length,
    describe: (calls) => words.calls({ calls: formatQuantity(calls) }),
    rate: REQUEST_RATE,
  });
}

function isArmFunction({ properties }: NamedResource): boolean {
  return referencedIds(properties.Architectures).includes('arm64');
}

function memoryGib({ properties }: NamedResource): number {
  return Number(properties.MemorySize ?? DEFAULT_MEMORY_MIB) / MIB_PER_GIB;
}
