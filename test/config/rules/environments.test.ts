import { dev } from '../../support/configs/dev';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { prod } from '../../support/configs/prod';
import { assertValid, ConfigError } from '../../../lib/config/validate';
import { withField } from '../../support/config';
import { testEnvironments } from '../../support/environments';

/** The lines of what is refused; none where nothing is. */
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

test('one domain in two environments is refused: DNS sends users to one of them, and the other deploy fails', () => {
  const staging = withField(withField(prod, 'database.databaseName', 'prooflink_staging'), 'alarms', undefined);
  expect(broken({ dev, prod, staging })).toEqual([
    'staging: loadBalancer.domain.domainName: prooflink.example.com is the name of prod already; write another one, ' +
      'which DNS gives to one only',
  ]);
});

test('two budgets in one account are refused: both count all of its costs, and mail twice', () => {
  const budget = { amount: 100, email: 'ops@proofs.jp' };
  const [first, second] = [dev, prod].map((config) => withField(config, 'budget', budget));
  expect(broken({ dev: first, prod: second } as never)).toEqual([
    "prod: budget: the budget of dev counts this account's costs already; write undefined",
  ]);
  expect(broken({ dev: first, prod: withField(second as never, 'account', '210987654321') } as never)).toEqual([]);
});
