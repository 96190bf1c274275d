#!/usr/bin/env node
import { App } from 'aws-cdk-lib/core';
import * as environments from '../lib/config';
import { delivery } from '../lib/config/delivery';
import { ConfigError } from '../lib/config/validate';
import { createStacks } from '../lib/create-stacks';

try {
  createStacks(new App(), environments, delivery);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  // The person who edits a config wants the list of what is wrong with it, not where in the code it was found.
  console.error(error.message);
  process.exit(1);
}
