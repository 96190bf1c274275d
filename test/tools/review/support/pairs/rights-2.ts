/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- a test knows the template that it changes */
import { TASK, policy, allow, admin, type Pair } from './pair';

export const RIGHTS_2: readonly Pair[] = [
  [
    'a policy that a macro writes',
    'weaker',
    'May now `whatever',
    (s) =>
      s.add('New', 'AWS::IAM::Policy', {
        Roles: [{ Ref: s.id('Web/Roles/TaskRole') }],
        PolicyDocument: { 'Fn::Transform': { Name: 'AWS::Include' } },
      }),
  ],
  [
    'a policy for a role of another stack',
    'weaker',
    'May now `*` on `*`',
    (s) =>
      s.add('New', 'AWS::IAM::Policy', { Roles: [{ 'Fn::ImportValue': 'r' }], PolicyDocument: policy(allow('*')) }),
  ],
  [
    'the one statement of a bus of events',
    'weaker',
    'May now `events:PutEvents`',
    (s) =>
      s.add('Bus', 'AWS::Events::EventBusPolicy', {
        Statement: allow('events:PutEvents', '*', { Principal: '*' }) as never,
      }),
  ],
  [
    'a denial of everything',
    'look',
    'Newly denied',
    (s) => s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push({ Effect: 'Deny', Action: '*', Resource: '*' }),
  ],
  [
    'tasks with another role',
    'weaker',
    'TaskRoleArn',
    (s) => s.set(TASK, { TaskRoleArn: s.arn('Web/Roles/ExecutionRole') }),
  ],
  [
    'a user with a key',
    'weaker',
    'AWS::IAM::AccessKey',
    (s) => s.add('U', 'AWS::IAM::User', {}).add('K', 'AWS::IAM::AccessKey', { UserName: { Ref: 'U' } }),
  ],
  [
    'who may pass roles',
    'weaker',
    'iam:PassRole',
    (s) => s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement.push(allow('iam:PassRole')),
  ],
  [
    'a new stack with a role for administrators',
    'weaker',
    /Rights of `Backdoor`\*\*: May now `.*AdministratorAccess`/,
    (s) =>
      (s.others['Ops'] = {
        Resources: {
          Backdoor: {
            Type: 'AWS::IAM::Role',
            Properties: {
              ManagedPolicyArns: [admin],
              AssumeRolePolicyDocument: policy({
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Principal: { AWS: '999999999999' },
              }),
            },
          },
        },
      }),
  ],
];
