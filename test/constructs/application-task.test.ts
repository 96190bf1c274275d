import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationTask, type ApplicationTaskProps } from '../../lib/constructs/application-task';
import { application, newStack, secretArn } from '../support/construct';

const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';

function build(props: Partial<ApplicationTaskProps> = {}): Template {
  const stack = newStack();
  const container = { image: ContainerImage.fromRegistry('test-app') };
  new ApplicationTask(stack, 'Task', { ...application(stack), container, ...props });
  return Template.fromStack(stack);
}

/** The container has these properties. */
function hasContainer(template: Template, properties: Record<string, unknown>): void {
  template.hasResourceProperties(TASK_DEFINITION, { ContainerDefinitions: [Match.objectLike(properties)] });
}

test('settings are its own: variables as they are, secrets by their key of the one secret', () => {
  const settings = { variables: { SMTP_PORT: '2525' }, secrets: ['SMTP_PASSWORD'] };
  hasContainer(build({ settings }), {
    Environment: Match.arrayWith([{ Name: 'SMTP_PORT', Value: '2525' }]),
    Secrets: [
      { Name: 'DATABASE_URL', ValueFrom: secretArn('database-url') },
      { Name: 'NEXTAUTH_SECRET', ValueFrom: secretArn('session') },
      { Name: 'SMTP_PASSWORD', ValueFrom: `${secretArn('settings')}:SMTP_PASSWORD::` },
    ],
  });
});

test('the database’s URL has the name that the application reads, too', () => {
  const ValueFrom = secretArn('database-url');
  hasContainer(build({ databaseVariable: 'POSTGRES_URL' }), {
    Secrets: Match.arrayWith([
      { Name: 'DATABASE_URL', ValueFrom },
      { Name: 'POSTGRES_URL', ValueFrom },
    ]),
  });
});

test('AUTH_URL of the settings wins over that of the stack', () => {
  // Auth.js outside Next.js takes the URL's path as its base path.
  const AUTH_URL = 'https://prooflink.example.com/auth';
  hasContainer(build({ settings: { variables: { AUTH_URL }, secrets: [] } }), {
    Environment: Match.arrayWith([{ Name: 'AUTH_URL', Value: AUTH_URL }]),
  });
});

test('an application without settings reads none, although another container has some', () => {
  const names = ['DATABASE_URL', 'NEXTAUTH_SECRET'];
  hasContainer(build(), { Secrets: names.map((Name) => Match.objectLike({ Name })) });
});

test('the task runs on the processor that its image was built for', () => {
  // On another one no program in it starts.
  build({ cpuArchitecture: 'ARM64' }).hasResourceProperties(TASK_DEFINITION, {
    RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
  });
});
