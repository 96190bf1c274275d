import { Template } from 'aws-cdk-lib/assertions';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
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

test('the policies of both roles are found, also one that the CDK adds for a later grant', () => {
  // A container that does not wait for all of them starts without the right to read its secrets.
  const { roles } = build();
  roles.executionRole.addToPrincipalPolicy(new PolicyStatement({ actions: ['ecr:BatchGetImage'], resources: ['*'] }));
  expect(roles.policies.every((policy) => policy instanceof Policy)).toBe(true);
  expect(roles.policies.map(({ node }) => node.path)).toEqual([
    'Test/Roles/ExecutionRole/DefaultPolicy',
    'Test/Roles/TaskPolicy',
  ]);
});

test('a further right of the application is a statement of the task role’s policy', () => {
  // A policy of its own would have no name of the guide, and no container would wait for it.
  const { stack, roles } = build();
  roles.addToTaskPolicy(new PolicyStatement({ actions: ['batch:SubmitJob'], resources: ['*'] }));
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Policy', 1);
  template.hasResourceProperties('AWS::IAM::Policy', { PolicyName: 'TestPolicy' });
});
