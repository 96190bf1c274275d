import type { PropertyDifference, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { SecretMask } from '@infra/common/secret-mask';
import { maskDifference } from '../../../deployed/changed-by-hand/masked-difference';

const SECRET = 'hunter2-correct-horse';

/** The actual value that is shown for a property, with the actual properties of its resource. */
function shown(path: string, value: string, properties: object): string | undefined {
  const drift = { ActualProperties: JSON.stringify(properties) } as StackResourceDrift;
  const difference = { PropertyPath: path, ActualValue: value } as PropertyDifference;
  return maskDifference(drift, difference, new SecretMask()).actual;
}

test.each([
  {
    title: 'a property with the name of one',
    path: '/Variables/API_KEY',
    properties: { Variables: { API_KEY: SECRET } },
  },
  {
    title: 'an entry with the name of one',
    path: '/Environment/0/Value',
    properties: { Environment: [{ Name: 'API_KEY', Value: SECRET }] },
  },
  {
    title: 'a name with an escaped slash',
    path: '/Parameters/prod~1all~0/Value',
    properties: { Parameters: { 'prod/all~': { Name: 'API_KEY', Value: SECRET } } },
  },
  { title: 'an argument after an option', path: '/Command/1', properties: { Command: ['--password', SECRET] } },
  { title: 'a part of a text that is secret as a whole', path: '/Password/0', properties: { Password: SECRET } },
  {
    title: 'a value that the properties lack, so that its name is unknown',
    path: '/Environment/3/Value',
    properties: {},
  },
])('a secret stays hidden: $title', ({ path, properties }) => {
  expect(shown(path, SECRET, properties)).toMatch(/^\(hidden value \d\)$/);
});

test('a value that is no secret is shown, and one that is not set is none', () => {
  expect(shown('/HealthCheckPath', '/nope', { HealthCheckPath: '/nope' })).toBe('/nope');
  expect(shown('/HealthCheckPath', 'null', {})).toBeUndefined();
});
