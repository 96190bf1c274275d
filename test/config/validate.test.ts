import { Size } from 'aws-cdk-lib/core';
import { dev } from '../../lib/config/dev';
import { prod } from '../../lib/config/prod';
import { assertValid, brokenRules, ConfigError } from '../../lib/config/validate';
import { bent } from '../support/config';
import { testDelivery } from '../support/environments';

const LONG = 'a'.repeat(40);
const LONGER = 'a'.repeat(60);

test('the configs that are deployed break no rule', () => {
  expect([...brokenRules('dev', dev), ...brokenRules('prod', prod)]).toEqual([]);
  expect(() => {
    assertValid({ dev, prod }, testDelivery);
  }).not.toThrow();
});

test('the longest name that AWS takes is taken', () => {
  expect(brokenRules('a'.repeat(18), dev)).toEqual([]);
});

describe('names: AWS refuses a name that is too long, and small letters are all that every service takes', () => {
  test.each([
    [LONG, `name: load balancer prooflink-${LONG}-alb has 54 characters; AWS allows 32`],
    [LONG, `name: target group prooflink-${LONG}-tg has 53 characters; AWS allows 32`],
    [LONG, `name: bucket prooflink-${LONG}-files-123456789012 has 69 characters; AWS allows 63`],
    [LONG, `name: role prooflink-${LONG}-ecs-task-execution-role has 74 characters; AWS allows 64`],
    [LONGER, `name: DB instance prooflink-${LONGER}-db has 73 characters; AWS allows 63`],
    ['a'.repeat(19), `name: load balancer prooflink-${'a'.repeat(19)}-alb has 33 characters; AWS allows 32`],
    ['Prod', 'name: Prod is no environment name'],
    ['delivery', 'name: delivery is the name of the stack that connects GitHub'],
    ['a\nb', '"a\\nb": name: "a\\nb" is no environment name'],
    ['\u202eved', '"\\u{202e}ved": name: "\\u{202e}ved" is no environment name'],
    ['本番', 'name: "本番" is no environment name'],
  ])('%s', (name, message) => {
    expect(brokenRules(name, dev)).toContainEqual(expect.stringContaining(message));
  });
});

test('a single mistake is told as one, under the name that a terminal shows', () => {
  const error = new ConfigError(brokenRules('dev', bent(dev, 'account', '1234')));
  expect(String(error)).toBe(
    'ConfigError: One broken rule in lib/config:\n  dev: account: 1234 is no account number of 12 digits',
  );
});

test('five mistakes in two environments are told in one message, a line each', () => {
  const mistakes = {
    dev: bent(bent(dev, 'network.publicSubnets[1].cidr', '10.1.2.0/24'), 'webService.size.memory', Size.gibibytes(8)),
    prod: bent(
      bent(bent(prod, 'alarms.email', 'ops@'), 'webService.tasks.minCapacity', 9),
      'loadBalancer.domain.hostedZoneId',
      'example.com',
    ),
  };
  expect(() => {
    assertValid(mistakes);
  }).toThrow(ConfigError);
  expect(() => {
    assertValid(mistakes);
  }).toThrowErrorMatchingInlineSnapshot(`
   "5 broken rules in lib/config:
     dev: network.publicSubnets[1].cidr: 10.1.2.0/24 lies outside 10.0.0.0/16
     dev: webService.size.memory: 8 GiB do not go with 512 CPU units; Fargate takes 1, 2, 3, 4 GiB
     prod: alarms.email: ops@ is no email address
     prod: webService.tasks.minCapacity: 9 is above maxCapacity, 4
     prod: loadBalancer.domain.hostedZoneId: example.com is no id of a hosted zone; Route 53 shows it as Z and capital letters and digits"
  `);
});
