import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Part } from '../../lib/contract';
import { resourceNames } from '../../lib/config/names';
import { CustomResources } from '../../lib/constructs/custom-resources';
import { newApp } from '../support/synth';
import type { Template } from '../support/template';
import { at, deployed } from '../support/deployed';
import { type TestEnvironment, testEnvironments } from '../support/environments';

const environments = Object.keys(testEnvironments) as TestEnvironment[];

test.each([
  { environment: 'dev', days: 3 },
  { environment: 'prod', days: 30 },
] as const)(
  '$environment: the functions of custom resources log to one group, which keeps lines for $days days, and not for ever',
  ({ environment, days }) => {
    const stack = deployed(environment);
    const group = `/aws/lambda/prooflink-${environment}-custom-resources`;
    const functions = stack.all('AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(0);
    for (const { properties } of functions) expect(properties['LoggingConfig']).toEqual({ LogGroup: group });
    expect(stack.at('AWS::Logs::LogGroup', 'RetentionInDays', group)).toBe(days);
  },
);

test('a function with a log group of its own keeps it: its lines would expire with those of custom resources', () => {
  const app = newApp();
  const stack = new Stack(app, 'Functions');
  new CustomResources(stack, 'CustomResources', {
    names: resourceNames('dev'),
    logRetention: RetentionDays.THREE_DAYS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const neverRun = Code.fromInline('0');
  const props = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: neverRun };
  new LambdaFunction(stack, 'WithGroup', { ...props, logGroup: new LogGroup(stack, 'OwnGroup') });
  new LambdaFunction(stack, 'WithoutGroup', props);
  const template = app.synth().getStackByName('Functions').template as Template;
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions.map(({ Properties }) => Properties?.['LoggingConfig'])).toEqual([
    { LogGroup: { Ref: expect.stringMatching(/^OwnGroup/) as string } },
    { LogGroup: { Ref: expect.stringMatching(/^CustomResources/) as string } },
  ]);
});

describe.each(environments)('%s', (environment) => {
  const stack = deployed(environment);
  const customResources = Object.values(stack.template.Resources).filter(({ Type }) => Type.startsWith('Custom::'));

  test('no function may create a log group: a late line would create a deleted one anew, whose name fails the next deploy', () => {
    expect(JSON.stringify(stack.template)).not.toMatch(/logs:CreateLogGroup|AWSLambdaBasicExecutionRole/);
  });

  test('a function’s role has its rights inline: a policy of its own could be created after the first call', () => {
    const service = 'AssumeRolePolicyDocument.Statement.0.Principal.Service';
    const roles = stack
      .all('AWS::IAM::Role')
      .filter(({ properties }) => at(properties, service) === 'lambda.amazonaws.com');
    const rolesOfFunctions = stack.all('AWS::Lambda::Function').map(({ properties }) => properties['Role']);
    const rolesOfPolicies = stack.all('AWS::IAM::Policy').flatMap(({ properties }) => properties['Roles']);
    expect(roles.map(({ name }) => name).sort()).toEqual(rolesOfFunctions.sort());
    for (const { name, properties } of roles) {
      expect(properties['Policies']).toHaveLength(1);
      expect(rolesOfPolicies).not.toContain(name);
    }
  });

  test('custom resources wait for the database, which takes minutes: the rights of a new role are not in force at once', () => {
    const database = stack.part(Part.database).logicalId;
    // Every environment has five or more, so that the loop below checks some.
    expect(customResources.length).toBeGreaterThanOrEqual(5);
    for (const { DependsOn } of customResources) expect(DependsOn).toContain(database);
  });
});
