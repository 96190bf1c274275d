import type { Command } from 'commander';
import { endWith } from '@infra/common/outcome';
import { newCommand } from '../shared/program';

export interface PrepareOptions {
  /** ARNs of policies, separated by commas: the CLI's `--cloudformation-execution-policies`. */
  readonly executionPolicies?: string;
}

/** `prepare`: makes an account ready for the first deploy. */
export function addPrepare(program: Command): Command {
  return newCommand(
    program,
    'prepare',
    'Prepares the AWS account of the credentials for deploying.',
    { 0: 'prepared', 1: 'something could not be made', 2: 'no account to prepare' },
    [
      'Makes the service-linked roles that a deploy needs, then',
      'runs "cdk bootstrap" for each region that lib/config has in',
      'this account. What is there already stays as it is.',
    ].join('\n'),
  )
    .option(
      '--execution-policies <arns>',
      'what CloudFormation may do; unless given, what it may already, or else AdministratorAccess',
    )
    .action((options: PrepareOptions) => endWith(async () => (await import('./run')).runPrepare(options)));
}
