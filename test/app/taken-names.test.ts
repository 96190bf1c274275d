import { Variable } from '../../lib/contract';
import { brokenRules } from '../../lib/config/validate';
import { template } from '../support/assembly';
import { withField } from '../support/config';
import { dev } from '../support/configs/dev';
import { objectsIn, text } from '../support/template';

/** Names of the variables and secrets that a stack without settings sets in its containers. */
function namesOfVariables(): string[] {
  const objects = Object.values(template('prod').Resources).flatMap((resource) => [...objectsIn(resource.Properties)]);
  const variables = objects.filter((object) => 'Name' in object && ('Value' in object || 'ValueFrom' in object));
  const names = variables.map(({ Name }) => text(Name)).filter((name) => /^[A-Z][A-Z_]+$/.test(name));
  // The settings replace AUTH_URL on purpose.
  return [...new Set(names)].filter((name) => name !== 'AUTH_URL');
}

test('the variables of the containers are found', () => {
  expect(namesOfVariables()).toEqual(expect.arrayContaining(['DATABASE_URL', 'NODE_ENV', 'BATCH_JOB_QUEUE']));
});

test.each([...namesOfVariables(), Variable.importFileKey])(
  // The container would get one of the two.
  'a setting cannot be called %s, which the stack sets: lib/config/rules/settings.ts lists it',
  (name) => {
    const config = withField(dev, 'webService.settings', { variables: {}, secrets: [name] });
    expect(brokenRules('dev', config)).toContainEqual(expect.stringContaining(`${name} is set by the stack`));
  },
);
