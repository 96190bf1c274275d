import { SecretMask } from '@infra/common/secret-mask';
import { maskDifference } from '../../../deployed/changed-by-hand/masked-difference';

const SECRET = 'hunter2-correct-horse';
const HIDDEN = '(hidden value 1)';

/** The actual value that is shown for a property, with the actual properties of its resource. */
function shown(path: string, value: string, properties?: object): string | undefined {
  const drift = {
    ActualProperties: properties && JSON.stringify(properties),
    StackId: undefined,
    LogicalResourceId: undefined,
    ResourceType: undefined,
    StackResourceDriftStatus: undefined,
    Timestamp: undefined,
  };
  const difference = {
    PropertyPath: path,
    ExpectedValue: 'null',
    ActualValue: value,
    DifferenceType: undefined,
  };
  return maskDifference(drift, difference, new SecretMask()).actual;
}

const variables = (...entries: readonly object[]) => ({ ContainerDefinitions: [{ Environment: entries }] });

test.each([
  {
    title: 'an entry whose name says so',
    path: '/ContainerDefinitions/0/Environment/0/Value',
    properties: variables({ Name: 'API_KEY', Value: SECRET }),
  },
  {
    title: 'an entry whose value is not in the properties',
    path: '/ContainerDefinitions/0/Environment/0/Value',
    properties: variables({ Name: 'API_KEY' }),
  },
  {
    title: 'a value of an entry that is not in the properties, so that its name is unknown',
    path: '/ContainerDefinitions/0/Environment/3/Value',
    properties: variables({ Name: 'LEVEL', Value: 'debug' }),
  },
  { title: 'a value of an entry without any properties', path: '/Environment/3/Value' },
  { title: 'a property with a secret name without any properties', path: '/Environment/Variables/API_KEY' },
  { title: 'an item of a list with a secret name', path: '/API_KEY/0' },
  { title: 'an item of nested lists with a secret name', path: '/API_KEY/0/1' },
  { title: 'the value of an object with a secret name', path: '/SessionSecret/Value' },
  { title: 'a name with an escaped slash', path: '/Variables/prod~1API_KEY', properties: { Variables: {} } },
  {
    title: 'a name with an escaped slash that is in the properties',
    path: '/Parameters/prod~1all~0/Value',
    properties: { Parameters: { 'prod/all~': { Name: 'API_KEY', Value: SECRET } } },
  },
  {
    title: 'an argument after an option in the properties',
    path: '/Command/2',
    properties: { Command: ['serve', '--password', SECRET] },
  },
  {
    title: 'an argument after an option that is not in the properties',
    path: '/Command/2',
    properties: { Command: ['serve', '--password'] },
  },
  { title: 'a part of a text that is secret as a whole', path: '/Password/0', properties: { Password: SECRET } },
])('a secret stays hidden: $title', ({ path, properties }) => {
  expect(shown(path, SECRET, properties)).toBe(HIDDEN);
});

test('an entry without its properties shows its name, and hides its value', () => {
  const entry = { Name: 'API_KEY', Value: SECRET };
  expect(shown('/Environment/3', JSON.stringify(entry))).toBe(`{"Name":"API_KEY","Value":"${HIDDEN}"}`);
});

test.each([
  { title: 'a property', path: '/HealthCheckPath', properties: { HealthCheckPath: '/nope' } },
  { title: 'a property without any properties', path: '/HealthCheckPath' },
  { title: 'an item without any properties', path: '/Subnets/0' },
  {
    title: 'an entry whose value is not in the properties',
    path: '/Tags/0/Value',
    properties: { Tags: [{ Key: 'a' }] },
  },
  { title: 'a name with an escaped slash', path: '/a~1b', properties: { 'a/b': '/nope' } },
])('a value that is no secret is shown: $title', ({ path, properties }) => {
  expect(shown(path, '/nope', properties)).toBe('/nope');
});

test('a property that is not set has no value', () => {
  expect(shown('/HealthCheckPath', 'null')).toBeUndefined();
});
