import { Match, Template } from 'aws-cdk-lib/assertions';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnWaitConditionHandle } from 'aws-cdk-lib/core';
import { ContainerRoles } from '../../lib/constructs/container-roles';
import { newStack } from '../support/construct';

function build() {
  const stack = newStack();
  const roles = new ContainerRoles(stack, 'Roles', {
    executionRoleName: 'test-execution-role',
    executionRoleDescription: 'Execution role of the test',
    taskRoleName: undefined,
    policyName: 'TestPolicy',
    bucket: Bucket.fromBucketName(stack, 'Bucket', 'files'),
    logGroup: LogGroup.fromLogGroupName(stack, 'Logs', 'logs'),
  });
  return { stack, roles };
}

test('a container waits for the policies of both roles, those of later grants, too', () => {
  // A container that does not wait for all of them starts without the right to read its secrets.
  const { stack, roles } = build();
  new CfnWaitConditionHandle(stack, 'Container').node.addDependency(roles.policies);
  roles.executionRole.addToPrincipalPolicy(new PolicyStatement({ actions: ['ecr:BatchGetImage'], resources: ['*'] }));
  Bucket.fromBucketName(stack, 'TeamBucket', 'team').grantPut(roles);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Policy', 3);
  const policies = Object.keys(template.findResources('AWS::IAM::Policy')).sort();
  template.hasResource('AWS::CloudFormation::WaitConditionHandle', { DependsOn: policies });
});

test('a grant to the roles is a policy of its own on the task role', () => {
  // In the guide's policy, or in the default one that ECS Exec uses, an acknowledged wildcard would hide a team's.
  const { stack, roles } = build();
  roles.taskRole.addToPrincipalPolicy(new PolicyStatement({ actions: ['ssmmessages:*'], resources: ['*'] }));
  Bucket.fromBucketName(stack, 'TeamBucket', 'team').grantPut(roles);
  Table.fromTableName(stack, 'TeamTable', 'team').grantReadData(roles);
  const [taskRole] = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role')).filter((id) =>
    id.includes('TaskRole'),
  );
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: taskRole }],
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Action: Match.arrayWith(['s3:PutObject']) }),
        Match.objectLike({ Action: Match.arrayWith(['dynamodb:GetItem']) }),
      ],
    },
  });
});

test('a further right of the application is a statement of the task role’s policy', () => {
  // A policy of its own would have no name of the guide, and no container would wait for it.
  const { stack, roles } = build();
  roles.addToTaskPolicy(new PolicyStatement({ actions: ['batch:SubmitJob'], resources: ['*'] }));
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Policy', 1);
  template.hasResourceProperties('AWS::IAM::Policy', { PolicyName: 'TestPolicy' });
});
