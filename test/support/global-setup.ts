// First: the other files read where the folder is.
import './run-folder';
import * as configured from '../../lib/config';
import { delivery } from '../../lib/config/delivery';
import { assembly, configuredAssembly } from './assembly';
import { deliveredEnvironments, testDelivery, testEnvironments } from './environments';
import { synthesize } from './synth';

/**
 * Jest's globalSetup: synthesizes once for the whole run. Most test files read the written templates and need no synth
 * of their own.
 */
// eslint-disable-next-line no-restricted-syntax -- Jest asks for a default export
export default function globalSetup(): void {
  // Only what is delivered names an account.
  synthesize(testEnvironments, testDelivery, assembly, deliveredEnvironments);
  synthesize(configured, delivery, configuredAssembly);
}
