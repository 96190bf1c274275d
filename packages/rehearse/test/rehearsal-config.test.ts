import { RemovalPolicy } from 'aws-cdk-lib/core';
import { REHEARSAL } from '../src/environment';
import { rehearsalConfig, rehearsedName } from '../src/rehearsal-config';
import { brokenRules } from '@infra/testing/app-rules';
import { withFields } from '@infra/testing/config';
import { dev, prod } from '@infra/testing/configs';

const ACCOUNT = '123456789012';

const OFF = { off: expect.any(String) as string };

it('what would outlive the stack, belongs to the team or mails it is switched off, and the entrance stays open', () => {
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
  const config = rehearsalConfig({ dev: richDev }, ACCOUNT);
  expect(config).toMatchObject({
    account: ACCOUNT,
    keepData: OFF,
    alarms: undefined,
    budget: undefined,
    database: { fromSnapshot: undefined, deletionProtection: OFF },
    imageRegistry: { refuse: undefined },
    // Dev's would stop a rehearsal in the evening, half done.
    officeHours: { start: '00:30', stop: '23:50' },
    // Without its domain, 443 alone would be no entrance.
    loadBalancer: { domain: undefined, firewall: undefined, openPorts: [443, 80] },
  });
  expect(brokenRules(REHEARSAL, config ?? richDev)).toEqual([]);
});

it('the first environment that may be deleted is rehearsed, and none if every one is protected', () => {
  const staging = withFields(dev, { 'database.databaseName': 'prooflink_staging' });
  expect(rehearsedName({ prod, staging, dev })).toBe('staging');
  expect(rehearsalConfig({ prod }, ACCOUNT)).toBeUndefined();
});
