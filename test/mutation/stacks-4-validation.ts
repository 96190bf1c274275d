import * as environments from '../../lib/config';
import { createStacks } from '../../lib/create-stacks';
import { testDelivery } from '../support/environments';
import { findings } from '../support/findings';

// As in validation.test.ts, without the CDK's own validation: its WebAssembly module takes memory at every start, and
// Stryker's workers start many times.
test('cdk-nag finds nothing that is not answered beside its resource', () => {
  const build = (app: Parameters<typeof createStacks>[0]) => createStacks(app, environments, testDelivery);
  expect(findings(build, { builtinCloudFormationValidation: false })).toEqual([]);
});
