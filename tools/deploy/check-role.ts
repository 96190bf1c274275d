import type { Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';
import * as configured from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';

/** Whether a role belongs to the account that the config of an environment names. AWS is not asked. */
export function runCheckRole(
  environment: string,
  role: string,
  environments: Readonly<Record<string, EnvironmentConfig>> = configured,
): Outcome {
  const named = environments[environment]?.account;
  const account = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(role)?.[1];
  if (account !== undefined && account === named) {
    return { exitCode: 0, stdout: `The role is of ${environment}'s account, ${account}.\n`, stderr: '' };
  }
  const file = `lib/config/${environment}.ts`;
  const why =
    account === undefined
      ? `"${role}" is not the ARN of a role. Set the variable to an output of ProoflinkDelivery.`
      : named === undefined
        ? `${role} is of account ${account}, and account of ${file} is undefined. Write the number of ${environment}'s account there.`
        : `${role} is of account ${account}, and ${file} names ${named}. Somebody has changed the variable: ` +
          'set it to the output of ProoflinkDelivery again, and see who may write variables (docs/delivery.md).';
  return { exitCode: 1, stdout: '', stderr: visible(`Nobody is asked with this role: ${why}\n`, '\n') };
}
