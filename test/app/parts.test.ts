import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { jobLogPart, jobPart, Part, type StackPart, workerPart } from '../../lib/contract';
import { createStacks } from '../../lib/create-stacks';
import { template } from '../support/assembly';
import { dev } from '../support/configs';
import { type TestEnvironment, testEnvironments } from '../support/environments';
import { newApp } from '../support/synth';
import { pathOf, type Template } from '../support/template';

const environmentNames = Object.keys(testEnvironments) as TestEnvironment[];

/** Every part, those of a job and of a worker included, which one environment has. */
const parts: Readonly<Record<string, StackPart>> = {
  ...Part,
  job: jobPart('reminders'),
  jobLog: jobLogPart('reminders'),
  worker: workerPart('mails'),
};

/** Types of the resources at the construct path of a part, in an environment. */
function typesAt({ path }: StackPart, environmentName: TestEnvironment): string[] {
  const resources = Object.values(template(environmentName).Resources);
  const resourcesOfPart = resources.filter((resource) => pathOf(resource) === path);
  return resourcesOfPart.map(({ Type }) => Type);
}

describe.each(Object.entries(parts))('the part %s of lib/contract.ts', (_, part) => {
  const found = environmentNames.filter((environmentName) => typesAt(part, environmentName).length > 0);

  test('is in an environment', () => {
    // Tools would no longer find what is deployed where its construct was renamed.
    expect(found).not.toEqual([]);
  });

  test('is one resource of its type wherever it is', () => {
    // Tools would read another one.
    const isOther = (types: readonly string[]) => types.length > 1 || types[0] !== part.type;
    expect(found.filter((environmentName) => isOther(typesAt(part, environmentName)))).toEqual([]);
  });
});

test('no two parts are at one construct path: a command would take one for the other', () => {
  const paths = Object.values(parts).map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});

test('`cdk synth --no-path-metadata` leaves the paths in the templates', () => {
  // Without them no tool would find a part.
  const app = newApp({ postCliContext: { [PATH_METADATA_ENABLE_CONTEXT]: false } });
  const [stack] = createStacks(app, { dev });
  const { Resources } = app.synth().getStackByName(stack?.stackName ?? '').template as Template;
  expect(Object.values(Resources).filter((resource) => pathOf(resource) === Part.database.path)).toHaveLength(1);
});
