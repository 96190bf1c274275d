import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Migration } from '../../lib/constructs/migration';
import { application, newStack } from '../support/construct';

const stack = newStack();
new Migration(stack, 'Migration', {
  application: application(stack),
  image: ContainerImage.fromRegistry('test-app'),
  logGroup: LogGroup.fromLogGroupName(stack, 'Logs', 'logs'),
  command: ['npx', 'prisma', 'migrate', 'deploy'],
  timeout: Duration.minutes(30),
});

interface TaskDefinition {
  readonly Properties: { readonly ContainerDefinitions: readonly object[] };
  readonly Metadata: object;
}

const [task] = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition')) as TaskDefinition[];
const [migration, timeLimit, ...others] = task?.Properties.ContainerDefinitions ?? [];

test('a migration runs its own command', () => {
  expect(migration).toHaveProperty('Command', ['npx', 'prisma', 'migrate', 'deploy']);
});

test('a migration has log streams of its own', () => {
  // A release shows its lines, and no others.
  expect(migration).toHaveProperty('LogConfiguration.Options.awslogs-stream-prefix', 'migration');
});

describe('a migration ends in time although its release is gone:', () => {
  // ECS has no time-out for a task, and ends one once an essential container ends.
  test('an essential container beside it sleeps as long', () => {
    expect(timeLimit).toMatchObject({ Essential: true, EntryPoint: ['sleep'], Command: ['1800'] });
    expect(migration).toHaveProperty('Essential', true);
  });

  test('that container gets no secret and no variable', () => {
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
