import { App } from 'aws-cdk-lib/core';
import { dev } from '../lib/config';
import { createStacks } from '../lib/create-stacks';

/** App that .github/workflows/rehearsal.yml deploys and destroys: dev as it is, in another account than its own. */
createStacks(new App(), { dev: { ...dev, account: undefined } });
