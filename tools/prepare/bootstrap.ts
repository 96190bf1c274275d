import { spawnSync } from 'node:child_process';
import type { PrepareOptions } from './command';
import type { Step } from './service-linked-roles';

const cli = require.resolve('aws-cdk/bin/cdk');

/** Makes what the CDK CLI deploys with, by `cdk bootstrap`, or brings it up to date. */
export function bootstrap(account: string, region: string, options: PrepareOptions): Step {
  const environment = `aws://${account}/${region}`;
  const policies = options.executionPolicies;
  process.stderr.write(`cdk bootstrap ${environment}: about a minute in a new account\n`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...[cli, 'bootstrap', environment, '--no-notices', '--no-color'],
      ...(policies === undefined ? [] : ['--cloudformation-execution-policies', policies]),
    ],
    // Without a cdk.json the CLI synthesizes no app, which it does not need here.
    { cwd: __dirname, encoding: 'utf8' },
  );
  const what = `CDKToolkit in ${region}`;
  const output = `${stdout}${stderr}`.trim();
  if (status !== 0) return { what, done: false, says: `not made: cdk bootstrap says\n${output}` };
  return { what, done: true, says: output.includes('(no changes)') ? 'was there' : 'made, or brought up to date' };
}
