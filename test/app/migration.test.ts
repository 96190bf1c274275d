import { Part } from '../../lib/contract';
import { at, deployed } from '../support/deployed';
import type { Json } from '../support/template';

const stack = deployed('testopen');
const webTask = stack.part(Part.webTaskDefinition).properties;
const migrationTask = stack.part(Part.migration).properties;
const [migration, timeLimit, ...others] = migrationTask['ContainerDefinitions'] as Json[];

const application = at(webTask, 'ContainerDefinitions.0');

test('a migration has a task definition of its own family', () => {
  // The service would take the migration for its newest revision.
  expect(migrationTask['Family']).not.toBe(webTask['Family']);
});

test('a migration runs with the size, processor and roles of a web task', () => {
  const apart = { ContainerDefinitions: [], Family: '' };
  expect({ ...migrationTask, ...apart }).toEqual({ ...webTask, ...apart });
});

test.each(['Name', 'Environment', 'Secrets', 'Essential'])('a migration has the web container’s %s', (property) => {
  expect(at(migration, property)).toEqual(at(application, property));
});

test('a migration runs the image whose tag a release migrates', () => {
  // The image that serves stays meanwhile.
  expect(at(application, 'Image')).toMatch(/:v1$/);
  expect(at(migration, 'Image')).toMatch(/:latest$/);
});

test('a migration opens no port', () => {
  expect(migration).not.toHaveProperty('PortMappings');
});

test('a migration runs its own command', () => {
  expect(migration).toHaveProperty('Command', ['node', 'migrate.js']);
});

test('a migration has log streams of its own', () => {
  // A release shows its lines, and no others.
  expect(at(migration, 'LogConfiguration.Options.awslogs-stream-prefix')).toBe('migration');
});

describe('a migration ends in time although its release is gone:', () => {
  // ECS has no time-out for a task, and ends one once an essential container ends.
  test('an essential container beside it sleeps as long, without a secret or a variable', () => {
    expect(timeLimit).toMatchObject({ Essential: true, EntryPoint: ['sleep'], Command: ['5400'] });
    expect(migration).toHaveProperty('Essential', true);
    expect(timeLimit).not.toHaveProperty('Secrets');
    expect(timeLimit).not.toHaveProperty('Environment');
  });

  test('that container delays the end of a migration by seconds only', () => {
    // Sleep, as a container's first program, ignores SIGTERM.
    expect(timeLimit).toHaveProperty('StopTimeout', 2);
  });

  test('no further container is in the task', () => {
    expect(others).toEqual([]);
  });
});
