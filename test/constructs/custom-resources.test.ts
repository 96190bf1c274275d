import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnWaitConditionHandle, RemovalPolicy } from 'aws-cdk-lib/core';
import { CustomResources } from '../../lib/constructs/custom-resources';
import { names, newStack } from '../support/construct';

const FUNCTION = 'AWS::Lambda::Function';

/** One of the CDK's own custom resources, a function without a log group, and one that has its own. */
function build(): Template {
  const stack = newStack();
  const customResources = new CustomResources(stack, 'CustomResources', {
    names,
    logRetention: RetentionDays.THREE_DAYS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  customResources.callAfter(new CfnWaitConditionHandle(stack, 'Slow'));
  new Vpc(stack, 'OwnVpc', { natGateways: 0, restrictDefaultSecurityGroup: true });
  const props = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('0') };
  new LambdaFunction(stack, 'WithoutGroup', props);
  new LambdaFunction(stack, 'WithGroup', { ...props, logGroup: new LogGroup(stack, 'OwnGroup') });
  return Template.fromStack(stack);
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
  template.resourcePropertiesCountIs(FUNCTION, { LoggingConfig: { LogGroup: { Ref: logGroup } } }, 2);
});

test('a function with a log group of its own keeps it', () => {
  // Its lines would expire with those of custom resources.
  template.hasResourceProperties(FUNCTION, {
    LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('^OwnGroup') } },
  });
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
