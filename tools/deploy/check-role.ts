import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { visible } from '@infra/common/untrusted-text';

const CONFIGS = join(__dirname, '../../lib/config');

/**
 * Checks that a role belongs to the account that the config of an environment names. AWS is not asked.
 *
 * The config is read as a text: it runs in jobs whose result a review depends on, before any code of lib may run.
 */
export function runCheckRole(environment: string, role: string, configs = CONFIGS): Outcome {
  const file = `lib/config/${environment}.ts`;
  const path = join(configs, `${environment}.ts`);
  if (!/^[a-z][a-z0-9]*$/.test(environment) || !existsSync(path)) {
    throw new CannotTellError(`"${visible(environment)}" is no environment: there is no ${visible(file)}.`);
  }
  const written = [...readFileSync(path, 'utf8').matchAll(/^ {2}account: '(\d{12})',$/gm)].map(
    ([, account]) => account,
  );
  const named = written.length === 1 ? written[0] : undefined;
  const account = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(role)?.[1];
  if (account !== undefined && account === named) {
    return { exitCode: 0, stdout: `The role is of ${environment}'s account, ${account}.\n`, stderr: '' };
  }
  const why =
    account === undefined
      ? `"${role}" is not the ARN of a role. Set the variable to an output of ProoflinkDelivery.`
      : named === undefined
        ? `${role} is of account ${account}, and ${file} names none. Write its number there: account: '123456789012'.`
        : `${role} is of account ${account}, and ${file} names ${named}. Somebody has changed the variable: set it to ` +
          'the output of ProoflinkDelivery again, and see who may write variables (docs/delivery.md).';
  return { exitCode: 1, stdout: '', stderr: visible(`Nobody is asked with this role: ${why}\n`, '\n') };
}
