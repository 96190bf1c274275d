import { Size } from 'aws-cdk-lib/core';
import { assertValid, brokenRules, ConfigError } from '../../lib/config/validate';
import { dev, prod } from '../support/configs';
import { withField, withFields } from '../support/config';
import { deliveredEnvironments, testDelivery } from '../support/environments';

test('the configs that are deployed break no rule', () => {
  expect([...brokenRules('dev', dev), ...brokenRules('prod', prod)]).toEqual([]);
  expect(() => {
    assertValid(deliveredEnvironments, testDelivery);
  }).not.toThrow();
});

test('a single mistake is reported as one, under the name that a terminal shows', () => {
  const error = new ConfigError(brokenRules('dev', withField(dev, 'account', '1234')));
  expect(String(error)).toBe(
    'ConfigError: One broken rule in lib/config:\n  dev: account: 1234 is not a 12-digit account number; write one, or undefined',
  );
});

test('five mistakes in two environments are reported in one message, a line each', () => {
  const mistakes = {
    dev: withFields(dev, {
      'network.publicSubnets[1].cidr': '10.1.2.0/24',
      'webService.size.memory': Size.gibibytes(8),
    }),
    prod: withFields(prod, {
      'alarms.email': 'ops@',
      'webService.tasks.minCapacity': 9,
      'loadBalancer.domain.hostedZoneId': 'example.com',
    }),
  };
  expect(() => {
    assertValid(mistakes);
  }).toThrowErrorMatchingInlineSnapshot(`
   "5 broken rules in lib/config:
     dev: network.publicSubnets[1].cidr: 10.1.2.0/24 lies outside network.cidr, 10.0.0.0/16
     dev: webService.size.memory: 8 GiB does not go with 512 CPU units; Fargate takes 1, 2, 3, 4 GiB
     prod: loadBalancer.domain.hostedZoneId: example.com is not the id of a hosted zone; write Z and capital letters and digits, as in Route 53
     prod: webService.tasks.minCapacity: 9 is above maxCapacity, 4; write that or less
     prod: alarms.email: ops@ is not an email address; write a single one, as in ops@example.com"
  `);
});
