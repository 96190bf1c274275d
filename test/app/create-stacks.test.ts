import type { DeliveryConfig } from '../../lib/config/delivery';
import { stackId } from '../../lib/config/names';
import { ConfigError } from '../../lib/config/validate';
import { createStacks } from '../../lib/create-stacks';
import { manifest } from '../support/assembly';
import { withField } from '../support/config';
import { dev } from '../support/configs';
import { deliveredEnvironments, testDelivery } from '../support/environments';
import { newApp } from '../support/synth';

// Testopen stands for an environment that a team adds (test/support/environments.ts).
test.each([
  { environment: 'dev', stack: 'ProoflinkDev' },
  { environment: 'prod', stack: 'ProoflinkProd' },
  { environment: 'testopen', stack: 'ProoflinkTestopen' },
])('$environment is the stack $stack, in Tokyo and in any account', ({ stack }) => {
  // The runbook's commands name it.
  // The config of these environments has no account: the credentials decide.
  expect(manifest().artifacts[stack]).toMatchObject({ environment: 'aws://unknown-account/ap-northeast-1' });
});

describe('a broken rule of the config stops the synth before there is a stack', () => {
  test('in an environment: a subnet too small for its load balancer would fail the deployment halfway', () => {
    const app = newApp();
    const environments = { dev: withField(dev, 'network.publicSubnets[1].cidr', '10.0.2.0/28') };
    expect(() => createStacks(app, environments)).toThrow(ConfigError);
    expect(app.node.tryFindChild(stackId('dev'))).toBeUndefined();
  });

  test('in the delivery: with a wildcard, any repository of the owner could assume its roles', () => {
    const app = newApp();
    const delivery: DeliveryConfig = { ...testDelivery, repository: 'prooflink/*' };
    expect(() => createStacks(app, deliveredEnvironments, delivery)).toThrow(ConfigError);
    expect(app.node.children).toEqual([]);
  });
});
