import { cdk } from '../shared/cdk';
import type { PrepareOptions } from './run';
import type { Step } from './service-linked-roles';

/** Makes what the CDK CLI deploys with, by `cdk bootstrap`, or brings it up to date. */
export function bootstrap(account: string, region: string, { executionPolicies: policies }: PrepareOptions): Step {
  const environment = `aws://${account}/${region}`;
  process.stderr.write(`cdk bootstrap ${environment}: about a minute in a new account\n`);
  const narrowed = policies === undefined ? [] : ['--cloudformation-execution-policies', policies];
  // Without a cdk.json the CLI synthesizes no app, which it does not need here.
  const { exitCode, output } = cdk(['bootstrap', environment, '--no-color', ...narrowed], { cwd: __dirname });
  const what = `CDKToolkit in ${region}`;
  if (exitCode !== 0) return { what, done: false, says: `not made: cdk bootstrap says\n${output.trim()}` };
  return { what, done: true, says: output.includes('(no changes)') ? 'was there' : 'made, or brought up to date' };
}
