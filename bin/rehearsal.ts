import { App } from 'aws-cdk-lib/core';
import * as environments from '../lib/config';
import { isOn } from '../lib/config/safeguard';
import { createStacks } from '../lib/create-stacks';

/** App that .github/workflows/rehearsal.yml deploys and destroys: dev as it is, in another account than its own. */
const [rehearsed] = Object.entries(environments).filter(([, config]) => !isOn(config.terminationProtection));
if (rehearsed) {
  const [name, config] = rehearsed;
  createStacks(new App(), { [name]: { ...config, account: undefined } });
} else {
  console.error(
    'No environment can be rehearsed: terminationProtection is on in every environment of lib/config, and a rehearsal ' +
      'deletes what it deployed. Add an environment in which it is off: docs/operating.md, "Adding an environment".',
  );
  process.exitCode = 1;
}
