/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import type { Change } from '../real-stack';
import { admin, allow, type Pair, policy, ROLE, tcp } from './pair';

/** What is computed, or else stands open: with what both sides have before the change. */
export const RIGHTS_3: readonly (readonly [...Pair, prepare: Change])[] = [
  [
    'a user in a group of administrators',
    'weaker',
    /Rights of `U`\*\*: May now .*AdministratorAccess/,
    (s) => s.set('U', { Groups: [{ Ref: 'G' }] }),
    (s) => s.add('U', 'AWS::IAM::User', {}).add('G', 'AWS::IAM::Group', { ManagedPolicyArns: [admin] }),
  ],
  [
    'a user in a group of another stack',
    'weaker',
    /Rights of `b`\*\*: May now .*group Administrators/,
    (s) => s.set('A', { Users: ['a', 'b'] }),
    (s) => s.add('A', 'AWS::IAM::UserToGroupAddition', { GroupName: 'Administrators', Users: ['a'] }),
  ],
  [
    'more for a group that has users',
    'weaker',
    /Rights of `U`\*\*: May now/,
    (s) => s.set('G', { ManagedPolicyArns: [admin] }),
    (s) => s.add('U', 'AWS::IAM::User', { Groups: [{ Ref: 'G' }] }).add('G', 'AWS::IAM::Group', {}),
  ],
  [
    'another role for machines',
    'weaker',
    'AWS::IAM::InstanceProfile',
    (s) => s.set('I', { Roles: [{ Ref: s.id(ROLE) }] }),
    (s) => s.add('I', 'AWS::IAM::InstanceProfile', { Roles: ['x'] }),
  ],
  [
    'a wider boundary',
    'weaker',
    /allowed by `B`\*\*: May now `\*` on `\*`/,
    (s) => s.set('B', { PolicyDocument: policy(allow('*')) }),
    (s) =>
      s
        .add('B', 'AWS::IAM::ManagedPolicy', { PolicyDocument: policy(allow('s3:*')) })
        .set(ROLE, { PermissionsBoundary: { Ref: 'B' } }),
  ],
  [
    'a wider policy that is attached elsewhere',
    'weaker',
    /allowed by `B`\*\*: May now `\*` on `\*`/,
    (s) => s.set('B', { PolicyDocument: policy(allow('*')) }),
    (s) => s.add('B', 'AWS::IAM::ManagedPolicy', { PolicyDocument: policy(allow('s3:*')) }),
  ],
  [
    'what no statement has',
    'look',
    'Foo',
    (s) => (s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement[0].Foo = 'x'),
    () => undefined,
  ],
  [
    'a policy of another version of the language',
    'look',
    '2008-10-17',
    (s) => (s.of('Web/Roles/TaskPolicy').PolicyDocument.Version = '2008-10-17'),
    () => undefined,
  ],
  [
    'a port that only AWS knows',
    'look',
    'ToPort',
    (s) => s.set('X', { ToPort: { Ref: 'B' } }),
    (s) =>
      s.add('X', 'AWS::EC2::SecurityGroupIngress', {
        ...{ GroupId: 'sg-1', ...tcp(1, { CidrIp: '10.0.0.0/8' }) },
        ToPort: { Ref: 'A' },
      }),
  ],
];
