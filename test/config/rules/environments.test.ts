import type { EnvironmentConfig } from '../../../lib/config/environment';
import { assertValid, ConfigError } from '../../../lib/config/validate';
import { withField, withFields } from '../../support/config';
import { dev, prod } from '../../support/configs';
import { testEnvironments } from '../../support/environments';

/** The lines of a refusal; none where all are accepted. */
function broken(environments: Readonly<Record<string, EnvironmentConfig>>): readonly string[] {
  try {
    assertValid(environments);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.brokenRules;
  }
}

test('dev, prod, and copies that speak of themselves are accepted', () => {
  expect(broken(testEnvironments)).toEqual([]);
});

test('one config under two names is refused: a change of one would change both', () => {
  expect(broken({ dev, prod, staging: dev })).toEqual([
    'staging: name: staging is the very config of dev; write one of its own, lib/config/staging.ts',
  ]);
});

test('one domain in two environments is refused', () => {
  // DNS sends users to one of them, and the other deploy fails.
  expect(broken({ dev, prod, staging: withField(prod, 'alarms', undefined) })).toEqual([
    'staging: loadBalancer.domain.domainName: prooflink.example.com is the name of prod already; write another one, ' +
      'which DNS gives to one only',
  ]);
});

test('one zone id under two names is refused', () => {
  // In one of them the record of the certificate never appears.
  const staging = withFields(prod, {
    'loadBalancer.domain.domainName': 'staging.example.jp',
    'loadBalancer.domain.hostedZoneName': 'example.jp',
  });
  expect(broken({ dev, prod, staging })).toEqual([
    'staging: loadBalancer.domain.hostedZoneId: Z0123456789EXAMPLE00 is the zone example.com in prod, and example.jp ' +
      'here; write the id of example.jp, as Route 53 shows it',
  ]);
});

test('one zone for two names within it is allowed', () => {
  const staging = withField(prod, 'loadBalancer.domain.domainName', 'staging.example.com');
  expect(broken({ dev, prod, staging })).toEqual([]);
});

test('two budgets in one account are refused: both count all of its costs, and mail twice', () => {
  const budgeted = (config: EnvironmentConfig) => ({ ...config, budget: { amount: 100, email: 'ops@proofs.jp' } });
  expect(broken({ dev: budgeted(dev), prod: budgeted(prod) })).toEqual([
    "prod: budget: the budget of dev counts this account's costs already; write undefined",
  ]);
  expect(broken({ dev: budgeted(dev), prod: { ...budgeted(prod), account: '210987654321' } })).toEqual([]);
});
