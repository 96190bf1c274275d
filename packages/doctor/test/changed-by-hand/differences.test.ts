import { differencesBetween } from '../../src/changed-by-hand/differences';
import { normalizePolicy } from '../../src/changed-by-hand/policy-document';
import { readableName } from '../../src/changed-by-hand/property-name';

const pathsOfDifferences = (expected: object, actual: object) =>
  differencesBetween(expected, actual).map(({ path }) => path);

test.each([
  { title: 'a number as a text', expected: { A: '2' }, actual: { A: 2 } },
  { title: 'lists in another order', expected: { A: ['x', { B: 1 }] }, actual: { A: [{ B: 1, C: 2 }, 'x'] } },
  { title: 'a property that the template does not set', expected: { A: 1 }, actual: { A: 1, B: 2 } },
])('$title: no difference', ({ expected, actual }) => {
  expect(pathsOfDifferences(expected, actual)).toEqual([]);
});

test.each([
  { title: 'another value', expected: { A: { B: 1 } }, actual: { A: { B: 2 } }, path: '/A/B' },
  { title: 'a changed item', expected: { A: ['x', 'y'] }, actual: { A: ['x', 'z'] }, path: '/A/1' },
  { title: 'an added item', expected: { A: ['x'] }, actual: { A: ['x', 'y'] }, path: '/A/1' },
])('$title: a difference, with its path', ({ expected, actual, path }) => {
  expect(pathsOfDifferences(expected, actual)).toEqual([path]);
});

test('policies that grant the same are the same', () => {
  const policy = { Version: '2012-10-17', Statement: { Sid: '1', Action: ['a:B'], Principal: { AWS: '*' } } };
  const samePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Action: 'a:B', Principal: '*' }] });
  expect(normalizePolicy(policy)).toEqual(normalizePolicy(samePolicy));
  expect(normalizePolicy(policy)).not.toEqual(normalizePolicy(samePolicy.replace('a:B', 'a:*')));
});

test.each([
  { title: 'an item without a name, left out', path: '/Subnets/0', name: 'Subnets' },
  { title: 'an item by its key', path: '/Attributes/0/Value', name: 'Attributes.stickiness.enabled' },
])('a property has the name of the template: $title', ({ path, name }) => {
  const properties = { Attributes: [{ Key: 'stickiness.enabled' }] };
  expect(readableName(path, JSON.stringify(properties))).toBe(name);
});
