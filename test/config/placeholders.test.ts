import { placeholders } from '../../lib/config/placeholders';
import { withFields } from '../support/config';
import { dev, prod } from '../support/configs';

/** The placeholders of prod with these values. */
function placeholdersWith(values: Readonly<Record<string, unknown>>) {
  return placeholders(withFields(prod, values));
}

const NAME = 'loadBalancer.domain.domainName';
const ZONE = 'loadBalancer.domain.hostedZoneName';
const ZONE_ID = 'loadBalancer.domain.hostedZoneId';
/** Values that a team has set. */
const OWN = {
  [NAME]: 'prooflink.acme.co.jp',
  [ZONE]: 'acme.co.jp',
  [ZONE_ID]: 'Z0713409ABQ2X9J4K7LM',
  'alarms.email': 'ops@acme.co.jp',
};

test('prod as it is committed has four, each by itself; dev has none', () => {
  expect(placeholders(prod)).toEqual([
    { field: NAME, value: 'prooflink.example.com' },
    { field: ZONE, value: 'example.com' },
    { field: ZONE_ID, value: 'Z0123456789EXAMPLE00' },
    { field: 'alarms.email', value: 'ops@example.com' },
  ]);
  expect(placeholders(dev)).toEqual([]);
  expect(placeholdersWith({ alarms: undefined, 'loadBalancer.domain': undefined })).toEqual([]);
});

test.each([
  { field: NAME, value: 'prooflink.example.net' },
  { field: ZONE, value: 'acme.example' },
  { field: ZONE_ID, value: 'Z0123456789ABCDEFGHIJ' },
  { field: ZONE_ID, value: 'Z11EXAMPLE22' },
  { field: 'alarms.email', value: 'ops@EXAMPLE.com' },
])('one that is left is reported: $field = $value', ({ field, value }) => {
  expect(placeholdersWith({ ...OWN, [field]: value })).toEqual([{ field, value }]);
});

test('the mail of a budget is one more', () => {
  const budget = { amount: 60, email: 'ops@example.com' };
  expect(placeholdersWith({ ...OWN, budget })).toEqual([{ field: 'budget.email', value: 'ops@example.com' }]);
});

test.each([
  { field: NAME, value: 'example.com.acme.jp' },
  { field: NAME, value: 'my-example.com' },
  { field: NAME, value: 'contest.acme.jp' },
  { field: 'alarms.email', value: 'example.com@acme.jp' },
])('a name with an owner is none, however much it looks like one: $field = $value', ({ field, value }) => {
  expect(placeholdersWith({ ...OWN, [field]: value })).toEqual([]);
});
