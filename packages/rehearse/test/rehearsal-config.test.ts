import { RemovalPolicy } from 'aws-cdk-lib/core';
import { REHEARSAL } from '../src/environment';
import { fieldsChanged, rehearsalConfig, rehearsedName } from '../src/rehearsal-config';
import { brokenRules } from '@infra/testing/app-rules';
import { withFields } from '@infra/testing/config';
import { dev, prod } from '@infra/testing/configs';

const ACCOUNT = '123456789012';

/** Dev with everything that a rehearsal switches off. */
const richDev = withFields(dev, {
  account: '210987654321',
  keepData: RemovalPolicy.RETAIN,
  alarms: prod.alarms,
  budget: { amount: 60, email: 'ops@example.com' },
  'database.fromSnapshot': 'before-moving-in',
  'database.deletionProtection': 'on',
  'imageRegistry.refuse': { severity: 'CRITICAL', when: 'fixed' },
  'loadBalancer.domain': prod.loadBalancer.domain,
  'loadBalancer.firewall': { mode: 'block', requestsPerAddress: 2000, signInsPerAddress: 100 },
  'loadBalancer.openPorts': [443],
});

const OFF = { off: expect.any(String) as string };

it('dev, as the guide has it, is rehearsed as it is, but for its account', () => {
  expect(rehearsalConfig({ dev, prod }, ACCOUNT)).toEqual({ ...dev, account: ACCOUNT });
  expect(fieldsChanged(dev, rehearsalConfig({ dev, prod }, ACCOUNT) ?? {})).toEqual([]);
});

it('what would outlive the stack, belongs to the team or mails it is switched off, and named', () => {
  const config = rehearsalConfig({ dev: richDev }, ACCOUNT) ?? dev;
  expect(config).toMatchObject({
    account: ACCOUNT,
    keepData: OFF,
    alarms: undefined,
    budget: undefined,
    database: { fromSnapshot: undefined, deletionProtection: OFF },
    imageRegistry: { refuse: undefined },
    loadBalancer: { domain: undefined, firewall: undefined },
  });
  expect(fieldsChanged(richDev, config)).toEqual([
    'keepData',
    'database.fromSnapshot',
    'database.deletionProtection',
    'imageRegistry.refuse',
    'loadBalancer.openPorts',
    'loadBalancer.domain',
    'loadBalancer.firewall',
    'alarms',
    'budget',
  ]);
});

it('without its domain an environment that opens 443 alone has no entrance: 80 is open in the rehearsal', () => {
  const config = rehearsalConfig({ dev: richDev }, ACCOUNT);
  expect(config?.loadBalancer.openPorts).toEqual([443, 80]);
  expect(brokenRules(REHEARSAL, config ?? richDev)).toEqual([]);
});

it('the first environment that may be deleted is rehearsed, and none if every one is protected', () => {
  const staging = withFields(dev, { 'database.databaseName': 'prooflink_staging' });
  expect(rehearsedName({ prod, staging, dev })).toBe('staging');
  expect(rehearsedName({ prod })).toBeUndefined();
  expect(rehearsalConfig({ prod }, ACCOUNT)).toBeUndefined();
});
