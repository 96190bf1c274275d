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

const all = Object.keys(testEnvironments) as TestEnvironment[];

test.each([
  ['dev', 3],
  ['prod', 30],
] as const)(
  '%s: the functions behind custom resources log to one group that ends after %i days',
  (environment, days) => {
    const group = `/aws/lambda/prooflink-${environment}-custom-resources`;
    const functions = deployed(environment).all('AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(0);
    for (const { properties } of functions) expect(properties['LoggingConfig']).toEqual({ LogGroup: group });
    expect(deployed(environment).at('AWS::Logs::LogGroup', 'RetentionInDays', group)).toBe(days);
  },
);

test('a function with a log group of its own keeps it: its lines would expire with those of custom resources', () => {
  const app = newApp();
  const stack = new Stack(app, 'Functions');
  const policies = { logRetention: RetentionDays.THREE_DAYS, removalPolicy: RemovalPolicy.DESTROY };
  new CustomResources(stack, 'CustomResources', { names: resourceNames('dev'), ...policies });
  const props = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('0') };
  new LambdaFunction(stack, 'Own', { ...props, logGroup: new LogGroup(stack, 'OwnGroup') });
  new LambdaFunction(stack, 'Other', props);
  const { Resources } = app.synth().getStackByName('Functions').template as Template;
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions.map(({ Properties }) => Properties?.['LoggingConfig'])).toEqual([
    { LogGroup: { Ref: expect.stringMatching(/^OwnGroup/) as string } },
    { LogGroup: { Ref: expect.stringMatching(/^CustomResources/) as string } },
  ]);
});

describe.each(all)('%s', (environment) => {
  const stack = deployed(environment);
  const customResources = Object.values(stack.template.Resources).filter(({ Type }) => Type.startsWith('Custom::'));

  test('no function makes a log group: a late line would make a deleted one anew, and its name block the next deploy', () => {
    expect(JSON.stringify(stack.template)).not.toMatch(/logs:CreateLogGroup|AWSLambdaBasicExecutionRole/);
  });

  test('a function’s role has its rights from the start: a policy beside it would be minutes younger', () => {
    const service = 'AssumeRolePolicyDocument.Statement.0.Principal.Service';
    const roles = stack
      .all('AWS::IAM::Role')
      .filter(({ properties }) => at(properties, service) === 'lambda.amazonaws.com');
    const functions = stack.all('AWS::Lambda::Function').map(({ properties }) => properties['Role']);
    expect(roles.map(({ name }) => name).sort()).toEqual(functions.sort());
    const given = JSON.stringify(stack.all('AWS::IAM::Policy').map(({ properties }) => properties['Roles']));
    for (const { name, properties } of roles) {
      expect(properties['Policies']).toHaveLength(1);
      expect(given).not.toContain(JSON.stringify(name));
    }
  });

  test('the functions are called once the database is there: rights that were just given are not in force yet', () => {
    const database = stack.part(Part.database).logicalId;
    expect(customResources.length).toBeGreaterThanOrEqual(5);
    for (const { DependsOn } of customResources) expect(DependsOn).toContain(database);
  });
});
