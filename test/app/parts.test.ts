import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import { jobLogPart, jobPart, Part, type StackPart, workerPart } from '../../lib/contract';
import { createStacks } from '../../lib/create-stacks';
import { template } from '../support/assembly';
import { dev } from '../support/configs';
import { type TestEnvironment, testEnvironments } from '../support/environments';
import { newApp } from '../support/synth';
import { pathOf, type Template } from '../support/template';

/** Every part, those of a job and of a worker included, which one environment has. */
const parts: readonly StackPart[] = [
  ...Object.values(Part),
  jobPart('reminders'),
  jobLogPart('reminders'),
  workerPart('mails'),
];

/** The resources of each environment. */
const environments = (Object.keys(testEnvironments) as TestEnvironment[]).map((environment) =>
  Object.values(template(environment).Resources),
);

test.each(parts)('the part $path of lib/contract.ts is one resource of its type wherever it is', ({ path, type }) => {
  const types = environments.map((resources) =>
    resources.filter((resource) => pathOf(resource) === path).map(({ Type }) => Type),
  );
  const found = types.filter(({ length }) => length > 0);
  // Tools would no longer find what is deployed where its construct was renamed, or would read another resource.
  expect(found.length).toBeGreaterThan(0);
  expect(found).toEqual(found.map(() => [type]));
});

test('no two parts are at one construct path: a command would take one for the other', () => {
  const paths = parts.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});

test('`cdk synth --no-path-metadata` leaves the paths in the templates', () => {
  // Without them no tool would find a part.
  const app = newApp({ postCliContext: { [PATH_METADATA_ENABLE_CONTEXT]: false } });
  const [stack] = createStacks(app, { dev });
  const { Resources } = app.synth().getStackByName(stack?.stackName ?? '').template as Template;
  expect(Object.values(Resources).filter((resource) => pathOf(resource) === Part.database.path)).toHaveLength(1);
});
