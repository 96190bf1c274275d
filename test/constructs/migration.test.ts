import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dev } from '../support/configs/dev';
import { template } from '../support/assembly';
import { at, deployed, firstDeploy } from '../support/deployed';

const stack = deployed('testweekdays');
const FUNCTION = 'Web/Migration/Function';

const hooks = (from = stack) =>
  at(from.one('AWS::ECS::Service').properties, 'DeploymentConfiguration.LifecycleHooks') as object[] | undefined;

test('ECS calls the function before it starts a task of a new version: later, both versions would run', () => {
  expect(hooks()).toEqual([expect.objectContaining({ LifecycleStages: ['PRE_SCALE_UP'] }) as object]);
  const [hook] = at(stack.one('AWS::ECS::Service').resource.Properties, 'DeploymentConfiguration.LifecycleHooks') as [
    { HookTargetArn: { 'Fn::GetAtt': [string] } },
  ];
  expect(template('testweekdays').Resources[hook.HookTargetArn['Fn::GetAtt'][0]]?.Type).toBe('AWS::Lambda::Function');
});

test('it runs the command in the place of the application, and looks where that logs', () => {
  const { properties } = stack.one('AWS::Lambda::Function', FUNCTION);
  const container = stack.one('AWS::ECS::TaskDefinition').properties;
  expect(at(properties, 'Environment.Variables')).toEqual({
    CLUSTER: 'prooflink-testweekdays-cluster',
    COMMAND: '["npx","prisma","migrate","deploy"]',
    CONTAINER: at(container, 'ContainerDefinitions.0.Name'),
    DATABASE: 'prooflink-testweekdays-db',
    HAS_IMAGE: 'true',
    LOG_GROUP: at(container, 'ContainerDefinitions.0.LogConfiguration.Options.awslogs-group'),
    REPOSITORY: 'prooflink-testweekdays-app',
    STACK: expect.any(String) as string,
    TIMEOUT_SECONDS: '1800',
  });
  // The function makes the stream's name of these.
  expect(at(container, 'ContainerDefinitions.0.LogConfiguration.Options.awslogs-stream-prefix')).toBe('ecs');
});

test('the first deploy tells it that there is no image', () => {
  const { properties } = firstDeploy('testweekdays').one('AWS::Lambda::Function', FUNCTION);
  expect(at(properties, 'Environment.Variables.HAS_IMAGE')).toBe('false');
});

test('its log is its own, and kept as long as all: a release is checked by it', () => {
  const { properties } = stack.one('AWS::Lambda::Function', FUNCTION);
  expect(at(properties, 'LoggingConfig.LogGroup')).toBe('/aws/lambda/prooflink-testweekdays-migration');
  const { properties: group } = stack.one('AWS::Logs::LogGroup', '/aws/lambda/prooflink-testweekdays-migration');
  expect(group['RetentionInDays']).toBe(dev.logRetention);
});

test('it runs on the Node of the CDK’s own functions, with all its rights from the first moment', () => {
  const runtimes = stack.all('AWS::Lambda::Function').map(({ properties }) => properties['Runtime']);
  expect(new Set(runtimes).size).toBe(1);
  const policies = stack.all('AWS::IAM::Policy').map(({ path }) => path);
  expect(policies.filter((path) => path.startsWith('Web/Migration'))).toEqual([]);
});

test('what is deployed is its code, and nothing else of the app', () => {
  const folder = join(__dirname, '../../lib/constructs/migration');
  expect(readdirSync(folder).sort()).toEqual(['aws.js', 'index.js']);
});

test.each(['dev', 'prod'] as const)(
  '%s has none, which ECS has to be told, or it keeps that of before',
  (environment) => {
    expect(hooks(deployed(environment))).toEqual([]);
    expect(JSON.stringify(template(environment))).not.toContain('igration');
  },
);
