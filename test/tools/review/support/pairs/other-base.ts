/* eslint-disable @typescript-eslint/no-unsafe-member-access -- a test knows the template that it changes */
import { admin, allow, BUCKET, DB, look, otherwise, type Pair, policy, risk, ROLE, tcp, weaker } from './pair';
import type { Change } from '../real-stack';

const fromSnapshot =
  (DBSnapshotIdentifier: string | undefined): Change =>
  (s) =>
    s.set(DB, { DBSnapshotIdentifier, DBName: undefined, MasterUsername: undefined });

const forcesTls =
  (ssl: string | undefined): Change =>
  (s) =>
    s.add('G', 'AWS::RDS::DBParameterGroup', { Parameters: ssl === undefined ? {} : { 'rds.force_ssl': ssl } });

/** Changes of a base that is not as the template is today. */
export const OTHER_BASE: readonly Pair[] = [
  weaker('TLS of the database no longer forced', 'rds.force_ssl', forcesTls('0'), forcesTls('1')),
  weaker('TLS of the database no longer forced by default', 'rds.force_ssl', forcesTls('0'), forcesTls(undefined)),
  weaker(
    'a user in a group of administrators',
    /Rights of `U`\*\*: May now .*AdministratorAccess/,
    (s) => s.set('U', { Groups: [{ Ref: 'G' }] }),
    (s) => s.add('U', 'AWS::IAM::User', {}).add('G', 'AWS::IAM::Group', { ManagedPolicyArns: [admin] }),
  ),
  weaker(
    'a user in a group of another stack',
    /Rights of `b`\*\*: May now .*group Administrators/,
    (s) => s.set('A', { Users: ['a', 'b'] }),
    (s) => s.add('A', 'AWS::IAM::UserToGroupAddition', { GroupName: 'Administrators', Users: ['a'] }),
  ),
  weaker(
    'more for a group that has users',
    /Rights of `U`\*\*: May now/,
    (s) => s.set('G', { ManagedPolicyArns: [admin] }),
    (s) => s.add('U', 'AWS::IAM::User', { Groups: [{ Ref: 'G' }] }).add('G', 'AWS::IAM::Group', {}),
  ),
  weaker(
    'another role for machines',
    'AWS::IAM::InstanceProfile',
    (s) => s.set('I', { Roles: [{ Ref: s.id(ROLE) }] }),
    (s) => s.add('I', 'AWS::IAM::InstanceProfile', { Roles: ['x'] }),
  ),
  weaker(
    'a wider boundary',
    /allowed by `B`\*\*: May now `\*` on `\*`/,
    (s) => s.set('B', { PolicyDocument: policy(allow('*')) }),
    (s) =>
      s
        .add('B', 'AWS::IAM::ManagedPolicy', { PolicyDocument: policy(allow('s3:*')) })
        .set(ROLE, { PermissionsBoundary: { Ref: 'B' } }),
  ),
  weaker(
    'a wider policy that is attached elsewhere',
    /allowed by `B`\*\*: May now `\*` on `\*`/,
    (s) => s.set('B', { PolicyDocument: policy(allow('*')) }),
    (s) => s.add('B', 'AWS::IAM::ManagedPolicy', { PolicyDocument: policy(allow('s3:*')) }),
  ),
  look('what no statement has', 'Foo', (s) => (s.of('Web/Roles/TaskPolicy').PolicyDocument.Statement[0].Foo = 'x')),
  look(
    'a policy of another version of the language',
    '2008-10-17',
    (s) => (s.of('Web/Roles/TaskPolicy').PolicyDocument.Version = '2008-10-17'),
  ),
  look(
    'a port that only AWS knows',
    'ToPort',
    (s) => s.set('X', { ToPort: { Ref: 'B' } }),
    (s) =>
      s.add('X', 'AWS::EC2::SecurityGroupIngress', {
        ...{ GroupId: 'sg-1', ...tcp(1, { CidrIp: '10.0.0.0/8' }) },
        ToPort: { Ref: 'A' },
      }),
  ),
  risk(
    'a condition means something else',
    'it is removed',
    (s) => (s.template.Conditions = { HasAppImage: { 'Fn::Equals': [{ Ref: 'AppImageTag' }, 'v1'] } }),
    (s) => (s.at(BUCKET).Condition = 'HasAppImage'),
  ),
  risk(
    'so does one that it names',
    'it is removed',
    (s) => (s.template.Conditions = { ...s.template.Conditions, HasAppImage: { 'Fn::Equals': ['a', 'b'] } }),
    (s) => {
      s.template.Conditions = {
        ...s.template.Conditions,
        Both: { 'Fn::And': [{ Condition: 'HasAppImage' }, { Condition: 'HasAppImage' }] },
      };
      s.at(BUCKET).Condition = 'Both';
    },
  ),
  risk(
    'a condition of a safeguard',
    'deletion protection',
    (s) => (s.template.Conditions = { HasAppImage: { 'Fn::Equals': ['a', 'b'] } }),
    (s) => s.set(DB, { DeletionProtection: otherwise(true, false) }),
  ),
  risk(
    'a default of a safeguard',
    'deletion protection',
    (s) => ((s.template.Parameters ?? {})['Keep'] = { Type: 'String', Default: 'false' }),
    (s) => {
      s.template.Parameters = { ...s.template.Parameters, Keep: { Type: 'String', Default: 'true' } };
      s.set(DB, { DeletionProtection: { Ref: 'Keep' } });
    },
  ),
  weaker(
    'a boundary off',
    'boundary',
    (s) => s.set(ROLE, { PermissionsBoundary: undefined }),
    (s) => s.set(ROLE, { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/b' }),
  ),
  weaker(
    'an engine whose number reads the same',
    'The engine changes',
    (s) => s.set(DB, { EngineVersion: '15.10' }),
    (s) => s.set(DB, { EngineVersion: '15.1' }),
  ),
  risk(
    'no snapshot any more, as the config says it',
    /Replaced: .*`MasterUsername`.*`prooflink-prod-db` is still taken, by its own predecessor, .*the deployment would fail/s,
    (s) => s.set(DB, { DBSnapshotIdentifier: undefined, DBName: 'prooflink_prod', MasterUsername: 'postgres' }),
    fromSnapshot('before-moving-in'),
  ),
  risk(
    'no snapshot any more, and nothing else',
    /May be replaced: whether `DBSnapshotIdentifier` can change in place depends on the values\. The new one is empty\./,
    fromSnapshot(undefined),
    fromSnapshot('before-moving-in'),
  ),
  risk(
    'another snapshot',
    /May be replaced: whether `DBSnapshotIdentifier` can change in place depends on the values\. The new one is empty\./,
    fromSnapshot('after-moving-in'),
    fromSnapshot('before-moving-in'),
  ),
  risk(
    'priorities that swap',
    'the deployment would fail',
    (s) => s.set('A', { Priority: 2 }).set('B', { Priority: 1 }),
    (s) => {
      for (const [id, Priority] of [
        ['A', 1],
        ['B', 2],
      ] as const)
        s.add(id, 'AWS::ElasticLoadBalancingV2::ListenerRule', {
          ListenerArn: { Ref: 'L' },
          Priority,
          Actions: [],
          Conditions: [],
        });
    },
  ),
];
