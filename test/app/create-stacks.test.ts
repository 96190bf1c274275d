import type { DeliveryConfig } from '../../lib/config/delivery';
import { stackId } from '../../lib/config/names';
import { ConfigError } from '../../lib/config/validate';
import { createStacks } from '../../lib/create-stacks';
import { manifest, template } from '../support/assembly';
import { withField } from '../support/config';
import { dev } from '../support/configs';
import { deliveredEnvironments, type TestEnvironment, testDelivery, testEnvironments } from '../support/environments';
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

test.each([
  { stack: 'ProoflinkDev', terminationProtection: false, effect: 'cdk destroy deletes it' },
  { stack: 'ProoflinkProd', terminationProtection: true, effect: 'CloudFormation refuses to delete it' },
  { stack: 'ProoflinkTestopen', terminationProtection: true, effect: 'CloudFormation refuses to delete it' },
])('$stack has the termination protection of its config: $effect', ({ stack, terminationProtection }) => {
  expect(manifest().artifacts[stack]).toMatchObject({ properties: { terminationProtection } });
});

describe('the description of a stack, which the console shows in its list', () => {
  test.each(Object.keys(testEnvironments) as TestEnvironment[])('names the environment %s', (environment) => {
    expect(template(environment).Description).toBe(`ProofLink, environment ${environment}`);
  });

  test('that of the delivery says what its roles are for', () => {
    expect(template('delivery').Description).toBe('ProofLink, the roles of its GitHub workflows');
  });
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
