import { App } from 'aws-cdk-lib/core';
import * as environments from '../lib/config';
import { isOn } from '../lib/config/safeguard';
import { createStacks } from '../lib/create-stacks';

const [rehearsed] = Object.entries(environments).filter(([, config]) => !isOn(config.terminationProtection));
if (!rehearsed) {
  throw new Error(
    'lib/config: terminationProtection is on in every environment, and a rehearsal deletes what it deployed; ' +
      'add an environment in which it is off',
  );
}
const [name, config] = rehearsed;

/** App that .github/workflows/rehearsal.yml deploys and destroys: dev as it is, in another account than its own. */
createStacks(new App(), { [name]: { ...config, account: undefined } });
