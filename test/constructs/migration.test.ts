import { Duration } from 'aws-cdk-lib/core';
import { MIGRATION_TIMEOUT, Part, TIME_LIMIT_CONTAINER_NAME } from '../../lib/contract';
import { template } from '../support/assembly';
import { at, deployed, firstDeploy } from '../support/deployed';

const stack = deployed('testweekdays');
const migration = stack.part(Part.migration);
const web = stack.part(Part.webTaskDefinition);

test('its task is the web task, with another command, image, family and log stream, and without a port', () => {
  const [own] = migration.properties['ContainerDefinitions'] as Record<string, unknown>[];
  const [application] = web.properties['ContainerDefinitions'] as Record<string, unknown>[];
  expect(own?.['Command']).toEqual(['npx', 'prisma', 'migrate', 'deploy']);
  expect(at(migration.properties, 'ContainerDefinitions.0.LogConfiguration.Options.awslogs-stream-prefix')).toBe(
    'migration',
  );
  for (const shared of ['Name', 'Environment', 'Secrets', 'Essential']) {
    expect(own?.[shared]).toEqual(application?.[shared]);
  }
  expect(own).not.toHaveProperty('PortMappings');
  expect(migration.properties['Family']).toBe('prooflink-testweekdays-migration');
  const apart = { ContainerDefinitions: [], Family: '' };
  expect({ ...web.properties, ...apart }).toEqual({ ...migration.properties, ...apart });
});

test('its image has a tag of its own: the one that serves stays while the next is migrated', () => {
  const image = (from: typeof stack) => from.partAt(Part.migration, 'ContainerDefinitions.0.Image');
  expect(image(firstDeploy('testweekdays'))).toMatch(/-app:latest$/);
  expect(image(deployed('testweekdays', { MigrationImageTag: 'v2' }))).toMatch(/-app:v2$/);
});

describe('a migration ends in time although its release is gone: ECS ends a task once an essential container ends', () => {
  const containers = migration.properties['ContainerDefinitions'] as Record<string, unknown>[];
  const limit = containers.find(({ Name }) => Name === TIME_LIMIT_CONTAINER_NAME);

  test('the container beside it sleeps as long, and is essential, as the migration is', () => {
    expect(limit).toMatchObject({ Essential: true, EntryPoint: ['sleep'], Command: ['1800'] });
    expect(containers.map(({ Essential }) => Essential)).toEqual([true, true]);
  });

  test('it gets no secret and no variable, and delays the end of a migration by seconds only', () => {
    expect(limit).not.toHaveProperty('Secrets');
    expect(limit).not.toHaveProperty('Environment');
    expect(limit?.['StopTimeout']).toBe(2);
  });
});

test('a release reads from the template after how long it stops the task', () => {
  expect(migration.resource.Metadata?.[MIGRATION_TIMEOUT]).toBe(Duration.minutes(30).toSeconds());
});

test.each(['dev', 'prod'] as const)('%s has no migration, and no parameter for one', (environment) => {
  expect(JSON.stringify(template(environment))).not.toMatch(/migrat/i);
});
