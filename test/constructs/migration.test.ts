import { Duration } from 'aws-cdk-lib/core';
import { CONTAINER_NAME, MIGRATION_TIMEOUT, Part, TIME_LIMIT_CONTAINER_NAME } from '../../lib/contract';
import { template } from '../support/assembly';
import { at, type Deployed, deployed, firstDeploy } from '../support/deployed';

const stack = deployed('testweekdays');
const migrationTask = stack.part(Part.migration);
const webTask = stack.part(Part.webTaskDefinition);

/** A container of the migration's task. */
function containerOf(name: string) {
  const containers = migrationTask.properties['ContainerDefinitions'] as Record<string, unknown>[];
  return containers.find((container) => container['Name'] === name);
}

describe('the migration’s task is the web task', () => {
  const migration = containerOf(CONTAINER_NAME);
  const [application] = webTask.properties['ContainerDefinitions'] as Record<string, unknown>[];

  test.each(['Name', 'Environment', 'Secrets', 'Essential'])('with the same %s of its container', (property) => {
    expect(migration?.[property]).toEqual(application?.[property]);
  });

  test('with the same size, processor and roles', () => {
    const apart = { ContainerDefinitions: [], Family: '' };
    expect({ ...migrationTask.properties, ...apart }).toEqual({ ...webTask.properties, ...apart });
  });

  test('with another command', () => {
    expect(migration?.['Command']).toEqual(['npx', 'prisma', 'migrate', 'deploy']);
  });

  test('with a family of its own: the service would take the migration for its newest revision', () => {
    expect(migrationTask.properties['Family']).toBe('prooflink-testweekdays-migration');
  });

  test('with log streams of its own', () => {
    const path = 'ContainerDefinitions.0.LogConfiguration.Options.awslogs-stream-prefix';
    expect(at(migrationTask.properties, path)).toBe('migration');
  });

  test('without a port', () => {
    expect(migration).not.toHaveProperty('PortMappings');
  });
});

describe('the migration’s image has a tag of its own: the one that serves stays while the next is migrated', () => {
  const imageIn = (environment: Deployed) => environment.partAt(Part.migration, 'ContainerDefinitions.0.Image');

  test('it is `latest` until a release sets it', () => {
    expect(imageIn(firstDeploy('testweekdays'))).toMatch(/-app:latest$/);
  });

  test('then it is the one that the release migrates', () => {
    expect(imageIn(deployed('testweekdays', { MigrationImageTag: 'v2' }))).toMatch(/-app:v2$/);
  });
});

describe('a migration ends in time although its release is gone: ECS ends a task once an essential container ends', () => {
  const timeLimit = containerOf(TIME_LIMIT_CONTAINER_NAME);

  test('the container beside it sleeps as long', () => {
    expect(timeLimit).toMatchObject({ EntryPoint: ['sleep'], Command: ['1800'] });
  });

  test('it is essential, as the migration is', () => {
    expect(timeLimit?.['Essential']).toBe(true);
    expect(containerOf(CONTAINER_NAME)?.['Essential']).toBe(true);
  });

  test('it gets no secret and no variable', () => {
    expect(timeLimit).not.toHaveProperty('Secrets');
    expect(timeLimit).not.toHaveProperty('Environment');
  });

  test('it delays the end of a migration by seconds only', () => {
    expect(timeLimit?.['StopTimeout']).toBe(2);
  });

  test('no further container is in the task', () => {
    expect(migrationTask.properties['ContainerDefinitions']).toHaveLength(2);
  });
});

test('a release reads from the template after how long it stops the task', () => {
  expect(migrationTask.resource.Metadata?.[MIGRATION_TIMEOUT]).toBe(Duration.minutes(30).toSeconds());
});

test.each(['dev', 'prod'] as const)('%s has no migration, and no parameter for one', (environment) => {
  expect(JSON.stringify(template(environment))).not.toMatch(/migrat/i);
});
