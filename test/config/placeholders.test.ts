import { dev } from '../support/configs/dev';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { placeholders } from '../../lib/config/placeholders';
import { prod } from '../support/configs/prod';
import { withField } from '../support/config';

/** The written values, over those of fields that are set already. */
const left = (values: Readonly<Record<string, unknown>>, config: EnvironmentConfig = prod) =>
  placeholders(Object.entries(values).reduce((changed, [field, value]) => withField(changed, field, value), config));

const OWN = {
  'loadBalancer.domain.domainName': 'prooflink.acme.co.jp',
  'loadBalancer.domain.hostedZoneName': 'acme.co.jp',
  'loadBalancer.domain.hostedZoneId': 'Z0713409ABQ2X9J4K7LM',
  'alarms.email': 'ops@acme.co.jp',
};

test('prod as it is committed has four, each told by itself', () => {
  expect(placeholders(prod)).toEqual([
    { field: 'loadBalancer.domain.domainName', value: 'prooflink.example.com' },
    { field: 'loadBalancer.domain.hostedZoneName', value: 'example.com' },
    { field: 'loadBalancer.domain.hostedZoneId', value: 'Z0123456789EXAMPLE00' },
    { field: 'alarms.email', value: 'ops@example.com' },
  ]);
});

test('what an environment lacks is not asked about', () => {
  expect(placeholders(dev)).toEqual([]);
  expect(left({ alarms: undefined, 'loadBalancer.domain': undefined })).toEqual([]);
});

test('whoever sets all four is asked about none', () => {
  expect(left(OWN)).toEqual([]);
});

test('the mail of a budget is one more', () => {
  const budget = { amount: 60, email: 'ops@example.com' };
  expect(left({ ...OWN, budget })).toEqual([{ field: 'budget.email', value: 'ops@example.com' }]);
});

describe('whoever forgets one is asked about that one: the mail goes nowhere, or the certificate is never issued', () => {
  test.each([
    ['loadBalancer.domain.domainName', 'prooflink.example.net'],
    ['loadBalancer.domain.hostedZoneName', 'example.org'],
    ['loadBalancer.domain.hostedZoneName', 'acme.example'],
    ['loadBalancer.domain.hostedZoneName', 'acme.test'],
    ['loadBalancer.domain.hostedZoneId', 'Z0123456789ABCDEFGHIJ'],
    ['loadBalancer.domain.hostedZoneId', 'Z11EXAMPLE22'],
    ['alarms.email', 'ops@EXAMPLE.com'],
    ['alarms.email', 'ops@mail.example.com'],
  ])('%s = %s', (field, value) => {
    expect(left({ ...OWN, [field]: value })).toEqual([{ field, value }]);
  });
});

describe('a name that somebody owns is none, however much it looks like one', () => {
  test.each([
    ['loadBalancer.domain.domainName', 'example.com.acme.jp'],
    ['loadBalancer.domain.domainName', 'my-example.com'],
    ['loadBalancer.domain.domainName', 'contest.acme.jp'],
    ['alarms.email', 'example.com@acme.jp'],
  ])('%s = %s', (field, value) => {
    expect(left({ ...OWN, [field]: value })).toEqual([]);
  });
});
