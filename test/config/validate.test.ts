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
      'network.publicSubnets[1].cidr': '10.0.2.0/28',
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
     dev: network.publicSubnets[1].cidr: 10.0.2.0/28 is too small; write a /27 or larger, in which a load balancer finds its addresses
     dev: webService.size.memory: 8 GiB does not go with 512 CPU units; Fargate takes 1, 2, 3, 4 GiB
     prod: loadBalancer.domain.hostedZoneId: example.com is not the id of a hosted zone; write Z and capital letters and digits, as in Route 53
     prod: webService.tasks.minCapacity: 9 is above maxCapacity, 4; write that or less
     prod: alarms.email: ops@ is not an email address; write a single one, as in ops@example.com"
  `);
});

test('limits of AWS that a template does not show are reported together, each with what is allowed', () => {
  const mistakes = withFields(prod, {
    'network.availabilityZones[1]': 'ap-northeast-1f',
    'database.engineVersion': '15.4',
    'imageRegistry.keptImages': 1,
    'loadBalancer.allowedRanges': ['192.0.2.0/24'],
    'webService.settings': { variables: { STRIPE_KEY: 'sk_live_1', PATH: '/bin' }, secrets: [] },
    'alarms.webCpuPercent': 60,
    'userImport.schedule': { time: '03:00', days: 'every-day', fileKey: 'imports/users.csv' },
  });
  expect(brokenRules('prod', mistakes).join('\n')).toMatchInlineSnapshot(`
   "prod: network.availabilityZones[1]: ap-northeast-1f is not a zone of ap-northeast-1; write the region and one of a, c, d
   prod: database.engineVersion: 15.4 is not a major version of PostgreSQL that the installed CDK knows (15, 16, 17, 18); write it alone, as in 15: a minor version would fail the deploys after RDS's own upgrade
   prod: imageRegistry.keptImages: 1 leaves no earlier image to roll back to; write 2 or more, as in 10
   prod: loadBalancer.allowedRanges[0]: 192.0.2.0/24 is a range that no client on the internet has; write the public address of an office or a VPN, with its length
   prod: alarms.webCpuPercent: 60 % is not above webService.tasks.targetCpuPercent, 60, at which scaling keeps the CPU; write more, as in 80
   prod: userImport.schedule.time: a job of 120 minutes from 03:00 on may meet database.maintenanceWindow, Sat:18:00-Sat:18:30 (Sun 03:00 to Sun 03:30 in Japan), when RDS may restart the database; write another time, or shorten userImport.timeout
   prod: webService.settings.variables: STRIPE_KEY reads like a secret, and everybody can read it here; list its name in secrets, or write { value: '…', notSecret: '<why everybody may read it>' }
   prod: webService.settings.variables: PATH replaces that of the image, and no program is found any more; set it in the Dockerfile"
  `);
});
