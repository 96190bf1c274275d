import type { DeliveryConfig } from '../../lib/config/delivery';
import { stackId } from '../../lib/config/names';
import { ConfigError } from '../../lib/config/validate';
import { createStacks } from '../../lib/create-stacks';
import { manifest, template } from '../support/assembly';
import { withField } from '../support/config';
import { dev } from '../support/configs';
import { deliveredEnvironments, type TestEnvironment, testDelivery, testEnvironments } from '../support/environments';
import { newApp } from '../support/synth';

test.each([
  { environment: 'dev', stack: 'ProoflinkDev', terminationProtection: false },
  { environment: 'prod', stack: 'ProoflinkProd', terminationProtection: true },
  { environment: 'testopen', stack: 'ProoflinkTestopen', terminationProtection: true },
])(
  '$environment is the stack $stack, so that the commands of the runbook name it',
  ({ stack, terminationProtection }) => {
    expect(manifest().artifacts[stack]).toMatchObject({
      environment: 'aws://unknown-account/ap-northeast-1',
      properties: { terminationProtection },
    });
  },
);

describe('the description, which the console shows in its list of stacks', () => {
  test.each(Object.keys(testEnvironments) as TestEnvironment[])('%s names its environment', (environment) => {
    expect(template(environment).Description).toBe(`ProofLink, environment ${environment}`);
  });

  test('of the delivery says what the roles are for: an administrator of the account meets them first', () => {
    expect(template('delivery').Description).toBe('ProofLink, the roles of its GitHub workflows');
  });
});

describe('a value that AWS would refuse stops the synth', () => {
  test('in an environment: the deployment would fail halfway', () => {
    const app = newApp();
    const environments = { dev: withField(dev, 'network.publicSubnets[1].cidr', '10.1.2.0/24') };
    expect(() => createStacks(app, environments)).toThrow(ConfigError);
    expect(app.node.tryFindChild(stackId('dev'))).toBeUndefined();
  });

  test('in the delivery: any repository of that owner could assume its roles', () => {
    const app = newApp();
    const delivery: DeliveryConfig = { ...testDelivery, repository: 'prooflink/*' };
    expect(() => createStacks(app, deliveredEnvironments, delivery)).toThrow(ConfigError);
    expect(app.node.children).toEqual([]);
  });
});
