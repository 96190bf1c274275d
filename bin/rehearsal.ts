import { App } from 'aws-cdk-lib/core';
import * as environments from '../lib/config';
import { REHEARSAL } from '../lib/config/names';
import { rehearsalConfig } from '../lib/config/rehearsal';
import { createStacks } from '../lib/create-stacks';

/**
 * App of a rehearsal, an environment of its own: `npm run prooflink -- rehearse` and .github/workflows/rehearsal.yml
 * synthesize it with the account as context, `-c account=123456789012`.
 */
function createRehearsal(app: App): string | undefined {
  const account = app.node.tryGetContext('account') as unknown;
  if (typeof account !== 'string') return 'Which account? Give it to the CDK CLI: -c account=123456789012.';
  const config = rehearsalConfig(environments, account);
  if (config) {
    createStacks(app, { [REHEARSAL]: config });
    return undefined;
  }
  return (
    'No environment can be rehearsed: terminationProtection is on in every environment of lib/config, and a rehearsal ' +
    'deletes what it deployed. Add an environment in which it is off: docs/operating.md, "Adding an environment".'
  );
}

const problem = createRehearsal(new App());
if (problem) {
  console.error(problem);
  process.exitCode = 1;
}
