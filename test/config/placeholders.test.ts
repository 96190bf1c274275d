import { placeholders } from '../../lib/config/placeholders';
import { withFields } from '../support/config';
import { dev, prod } from '../support/configs';

/** The placeholders of prod with these values. */
const left = (values: Readonly<Record<string, unknown>>) => placeholders(withFields(prod, values));

const NAME = 'loadBalancer.domain.domainName';
const ZONE = 'loadBalancer.domain.hostedZoneName';
const ZONE_ID = 'loadBalancer.domain.hostedZoneId';
const OWN = {
  [NAME]: 'prooflink.acme.co.jp',
  [ZONE]: 'acme.co.jp',
  [ZONE_ID]: 'Z0713409ABQ2X9J4K7LM',
  'alarms.email': 'ops@acme.co.jp',
};

test('prod as it is committed has four, each reported by itself; dev, and an environment without their sections, none', () => {
  expect(placeholders(prod)).toEqual([
    { field: NAME, value: 'prooflink.example.com' },
    { field: ZONE, value: 'example.com' },
    { field: ZONE_ID, value: 'Z0123456789EXAMPLE00' },
    { field: 'alarms.email', value: 'ops@example.com' },
  ]);
  expect(placeholders(dev)).toEqual([]);
  expect(left({ alarms: undefined, 'loadBalancer.domain': undefined })).toEqual([]);
});

test.each([
  [NAME, 'prooflink.example.net'],
  [ZONE, 'example.org'],
  [ZONE, 'acme.example'],
  [ZONE, 'acme.test'],
  [ZONE_ID, 'Z0123456789ABCDEFGHIJ'],
  [ZONE_ID, 'Z11EXAMPLE22'],
  ['alarms.email', 'ops@EXAMPLE.com'],
  ['alarms.email', 'ops@mail.example.com'],
])('one that is left is reported: %s = %s', (field, value) => {
  expect(left({ ...OWN, [field]: value })).toEqual([{ field, value }]);
});

test('the mail of a budget is one more', () => {
  const budget = { amount: 60, email: 'ops@example.com' };
  expect(left({ ...OWN, budget })).toEqual([{ field: 'budget.email', value: 'ops@example.com' }]);
});

test.each([
  [NAME, 'prooflink.acme.co.jp'],
  [NAME, 'example.com.acme.jp'],
  [NAME, 'my-example.com'],
  [NAME, 'contest.acme.jp'],
  ['alarms.email', 'example.com@acme.jp'],
])('a name with an owner is none, however much it looks like one: %s = %s', (field, value) => {
  expect(left({ ...OWN, [field]: value })).toEqual([]);
});
