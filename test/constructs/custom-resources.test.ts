import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CfnWaitConditionHandle,
  CustomResource,
  CustomResourceProvider,
  CustomResourceProviderRuntime,
  RemovalPolicy,
  type Stack,
} from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CustomResources } from '../../lib/constructs/custom-resources';
import { names, newStack } from '../support/construct';

const FUNCTION = 'AWS::Lambda::Function';

/** Two functions with a dead-letter queue, and a custom resource whose provider is the team's own. */
function addTeamResources(stack: Stack): void {
  for (const scope of [stack, new Construct(stack, 'Team')]) {
    new LambdaFunction(scope, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('0'),
      deadLetterQueueEnabled: true,
    });
  }
  const resourceType = 'Custom::Team';
  const serviceToken = CustomResourceProvider.getOrCreate(stack, resourceType, {
    codeDirectory: join(
      require.resolve('aws-cdk-lib/package.json'),
      '../custom-resource-handlers/dist/core/nodejs-entrypoint-handler',
    ),
    runtime: CustomResourceProviderRuntime.NODEJS_24_X,
  });
  new CustomResource(stack, 'TeamResource', { serviceToken, resourceType });
}

/** One of the CDK's own custom resources, adapted, beside the team's resources. */
function build(): Template {
  const stack = newStack();
  const customResources = new CustomResources(stack, 'CustomResources', {
    names,
    logRetention: RetentionDays.THREE_DAYS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  customResources.callAfter(new CfnWaitConditionHandle(stack, 'Slow'));
  addTeamResources(stack);
  customResources.adapt(new Vpc(stack, 'OwnVpc', { natGateways: 0, restrictDefaultSecurityGroup: true }));
  return Template.fromStack(stack);
}

function resourcesOf(template: Template): Record<string, unknown> {
  return (template.toJSON() as { Resources: Record<string, unknown> }).Resources;
}

const template = build();
const [logGroup] = Object.keys(
  template.findResources('AWS::Logs::LogGroup', { Properties: { LogGroupName: names.logGroups.customResources } }),
);

test('functions of custom resources log to one group, whose lines end', () => {
  // A function without a group makes one that never expires, and stays behind when the stack is deleted.
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: '/aws/lambda/prooflink-test-custom-resources',
    RetentionInDays: 3,
  });
  template.resourcePropertiesCountIs(FUNCTION, { LoggingConfig: { LogGroup: { Ref: logGroup } } }, 1);
});

test('a team’s functions and custom resources stay as the CDK wrote them', () => {
  // Without DependsOn, AWS creates a function before its role may send to the dead-letter queue, and refuses it. A custom
  // resource that waited for the database could never be what the database needs.
  const stack = newStack();
  addTeamResources(stack);
  const alone = resourcesOf(Template.fromStack(stack));
  const beside = Object.entries(resourcesOf(template)).filter(([id]) => id in alone);
  expect(Object.fromEntries(beside)).toEqual(alone);
});

test('the role of the CDK’s own function may write lines, and make no log group', () => {
  // A late line would make the deleted group anew, and its name would block the next deploy.
  const mayLog = Match.objectLike({
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: Match.absent(),
    // Inline: a policy of its own could be created after the function's first call.
    Policies: [{ PolicyName: 'Inline', PolicyDocument: Match.objectLike({ Statement: Match.arrayWith([mayLog]) }) }],
  });
});

test('custom resources are called after what is slow', () => {
  // The rights of a role that was just made are not in force at once.
  template.hasResource('Custom::VpcRestrictDefaultSG', { DependsOn: ['Slow'] });
});

test('only custom resources wait', () => {
  // Whatever else waited would make a deploy slower, or a circle.
  template.hasResource('AWS::EC2::VPC', { DependsOn: Match.absent() });
});
