import * as configured from '../../lib/config';
import { delivery } from '../../lib/config/delivery';
import { assemblies } from './assembly';
import { deliveredEnvironments, testDelivery, testEnvironments } from './environments';
import { makeRunFolder } from './run-folder';
import { synthesize } from './synth';

/** Synthesizes the tests' environments, and those of lib/config, into the folder of a run. */
export function synthesizeInto(folder: string): void {
  const { ofTests, ofConfig } = assemblies(folder);
  // Only what is delivered names an account.
  synthesize(testEnvironments, testDelivery, ofTests, deliveredEnvironments);
  synthesize(configured, delivery, ofConfig);
}

/**
 * Jest's globalSetup: synthesizes once for the whole run. Most test files read the written templates and need no synth
 * of their own.
 */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalSetup(): void {
  synthesizeInto(makeRunFolder());
}
