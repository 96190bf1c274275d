import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { Part, type PartName, type StackPart } from '../../lib/contract';
import { createStacks } from '../../lib/create-stacks';
import { template } from '../support/assembly';
import { dev } from '../support/configs';
import { type TestEnvironment, testEnvironments } from '../support/environments';
import { newApp } from '../support/synth';
import { pathOf, type Template } from '../support/template';

const environmentNames = Object.keys(testEnvironments) as TestEnvironment[];
const partNames = Object.keys(Part) as PartName[];

/** Types of the resources at the construct path of a part, in an environment. */
function typesAt({ path }: StackPart, environmentName: TestEnvironment): string[] {
  const resources = Object.values(template(environmentName).Resources);
  const resourcesOfPart = resources.filter((resource) => pathOf(resource) === path);
  return resourcesOfPart.map(({ Type }) => Type);
}

describe.each(partNames)('the part %s of lib/contract.ts', (name) => {
  const part: StackPart = Part[name];

  test('is in an environment: if its construct was renamed, tools no longer find what is deployed', () => {
    const types = environmentNames.flatMap((environmentName) => typesAt(part, environmentName));
    expect(types).not.toEqual([]);
  });

  test.each(environmentNames)(
    'is one resource of its type in %s, or none: tools would read another one',
    (environmentName) => {
      const types = typesAt(part, environmentName);
      const expectedTypes = types.length === 0 ? [] : [part.type];
      expect(types).toEqual(expectedTypes);
    },
  );
});

test('no two parts are at one construct path: tools would take one for the other', () => {
  const paths = Object.values(Part).map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});

test('`cdk synth --no-path-metadata` leaves the paths in the templates: without them no tool would find a part', () => {
  const app = newApp({ postCliContext: { [PATH_METADATA_ENABLE_CONTEXT]: false } });
  const [stack] = createStacks(app, { dev });
  const { Resources } = app.synth().getStackByName(stack?.stackName ?? '').template as Template;
  expect(Object.values(Resources).filter((resource) => pathOf(resource) === Part.database.path)).toHaveLength(1);
});
