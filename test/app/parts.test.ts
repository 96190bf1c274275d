import { Part, type PartName, type StackPart } from '../../lib/contract';
import { template } from '../support/assembly';
import { type TestEnvironment, testEnvironments } from '../support/environments';
import { pathOf } from '../support/template';

const environments = Object.keys(testEnvironments) as TestEnvironment[];

/** Types of the resources at the path of a part, in an environment. */
function typesAt({ path }: StackPart, environment: TestEnvironment): string[] {
  const resources = Object.values(template(environment).Resources);
  return resources.filter((resource) => pathOf(resource) === path).map(({ Type }) => Type);
}

describe.each(Object.keys(Part) as PartName[])('the part %s of lib/contract.ts', (name) => {
  const part: StackPart = Part[name];
  const typesByEnvironment = environments.map((environment) => typesAt(part, environment));

  test('is in an environment: if its construct was renamed, tools no longer find what is deployed', () => {
    expect(typesByEnvironment.flat()).not.toEqual([]);
  });

  test('is one resource, of its type', () => {
    for (const types of typesByEnvironment) expect([[], [part.type]]).toContainEqual(types);
  });
});

test('no two parts are at one path', () => {
  const paths = Object.values(Part).map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});
