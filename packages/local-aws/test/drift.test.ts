import { type StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';
import { allowing, trusting } from './support/resources';

const account = Account.shared({ usedBefore: true });
const logs = new CloudWatchLogs(account.client);

async function detect(StackName: string, LogicalResourceId: string): Promise<Partial<StackResourceDrift>> {
  const answer = await account.cloudFormation.detectStackResourceDrift({ StackName, LogicalResourceId });
  return answer.StackResourceDrift ?? {};
}
const statusOf = async (stack: string, id: string) => (await detect(stack, id)).StackResourceDriftStatus;

/** Actions that revert drift. */
async function revert(name: string, Resources: Resources): Promise<string[]> {
  const changes = await account.execute(name, { Resources }, { DeploymentMode: 'REVERT_DRIFT' });
  expect(await account.statusOf(name)).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  return changes.map(({ Action, LogicalResourceId }) => `${Action} ${LogicalResourceId}`);
}

const group = (name: string): Resources => ({ Group: logGroup(name, {}, { RetentionInDays: 3 }) });

const Vpc = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
const roles = (RoleName: string): Resources => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName, AssumeRolePolicyDocument: trusting('ec2.amazonaws.com') },
  },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'p', PolicyDocument: allowing('s3:GetObject'), Roles: [{ Ref: 'Role' }] },
  },
});

describe('drift', () => {
  it('is reported with expected and actual properties, and reverted without a change of the template', async () => {
    await account.deploy('Changed', group('changed'));
    expect(await statusOf('Changed', 'Group')).toBe('IN_SYNC');
    expect(await revert('Changed', group('changed'))).toEqual([]);
    await logs.putRetentionPolicy({ logGroupName: 'changed', retentionInDays: 5 });
    const drift = await detect('Changed', 'Group');
    expect(drift).toMatchObject({
      LogicalResourceId: 'Group',
      PhysicalResourceId: 'changed',
      ResourceType: 'AWS::Logs::LogGroup',
      StackResourceDriftStatus: 'MODIFIED',
      PropertyDifferences: [
        { PropertyPath: '/RetentionInDays', ExpectedValue: '3', ActualValue: '5', DifferenceType: 'NOT_EQUAL' },
      ],
    });
    expect(JSON.parse(drift.ActualProperties ?? '')).toEqual({ LogGroupName: 'changed', RetentionInDays: 5 });
    expect(JSON.parse(drift.ExpectedProperties ?? '')).toEqual({ LogGroupName: 'changed', RetentionInDays: 3 });
    expect(await revert('Changed', group('changed'))).toEqual(['Modify Group']);
    expect(await statusOf('Changed', 'Group')).toBe('IN_SYNC');
  });

  it('is a deleted resource, which a revert recreates', async () => {
    await account.deploy('Deleted', group('deleted'));
    await logs.deleteLogGroup({ logGroupName: 'deleted' });
    expect(await statusOf('Deleted', 'Group')).toBe('DELETED');
    expect(await revert('Deleted', group('deleted'))).toEqual(['Add Group']);
    expect(await statusOf('Deleted', 'Group')).toBe('IN_SYNC');
  });

  it('is in properties that the template sets only, and a revert sets them', async () => {
    const Targets = {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: {
        Port: 80,
        Protocol: 'HTTP',
        VpcId: { Ref: 'Vpc' },
        HealthCheckPath: '/health',
        TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }],
      },
    };
    await account.deploy('Targets', { Vpc, Targets });
    const elb = new ElasticLoadBalancingV2(account.client);
    const TargetGroupArn = (await detect('Targets', 'Targets')).PhysicalResourceId;
    const set = (Key: string, Value: string) =>
      elb.modifyTargetGroupAttributes({ TargetGroupArn, Attributes: [{ Key, Value }] });
    await set('stickiness.enabled', 'true');
    await elb.modifyTargetGroup({ TargetGroupArn, HealthCheckIntervalSeconds: 60 });
    expect(await statusOf('Targets', 'Targets')).toBe('IN_SYNC');
    await set('deregistration_delay.timeout_seconds', '20');
    await elb.modifyTargetGroup({ TargetGroupArn, HealthCheckPath: '/nope' });
    const { PropertyDifferences } = await detect('Targets', 'Targets');
    expect(PropertyDifferences?.map(({ PropertyPath, ActualValue }) => `${PropertyPath} ${ActualValue}`)).toEqual([
      '/HealthCheckPath /nope',
      '/TargetGroupAttributes/0/Value 20',
    ]);
    expect(await revert('Targets', { Vpc, Targets })).toEqual(['Modify Targets']);
    expect(await statusOf('Targets', 'Targets')).toBe('IN_SYNC');
  });

  it('is an added rule of a security group, but none of a separate resource', async () => {
    const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' };
    const SecurityGroupIngress = [{ ...https, FromPort: 80, ToPort: 80 }];
    const Group = {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'Group', VpcId: { Ref: 'Vpc' }, SecurityGroupIngress },
    };
    const Rule = { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { Ref: 'Group' }, ...https } };
    await account.deploy('Groups', { Vpc, Group, Rule });
    const { StackResourceDriftStatus, PhysicalResourceId: GroupId } = await detect('Groups', 'Group');
    expect(StackResourceDriftStatus).toBe('IN_SYNC');
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
    await new EC2(account.client).authorizeSecurityGroupIngress({ GroupId, IpPermissions: [rule] });
    expect((await detect('Groups', 'Group')).PropertyDifferences).toMatchObject([
      {
        PropertyPath: '/SecurityGroupIngress/1',
        DifferenceType: 'ADD',
        ActualValue: expect.stringContaining('10.0.0.0/8') as string,
      },
    ]);
  });

  it('is not detected for a type without it on AWS, which a revert skips', async () => {
    await account.deploy('Roles', roles('roles'));
    expect(await statusOf('Roles', 'Role')).toBe('IN_SYNC');
    await expect(detect('Roles', 'Policy')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Drift detection is not supported for the specified ResourceType',
    });
    const iam = new IAM(account.client);
    const policy = { RoleName: 'roles', PolicyName: 'p' };
    await iam.putRolePolicy({ ...policy, PolicyDocument: JSON.stringify(allowing('s3:PutObject')) });
    expect(await revert('Roles', roles('roles'))).toEqual([]);
    const { PolicyDocument: left = '' } = await iam.getRolePolicy(policy);
    expect(decodeURIComponent(left)).toContain('s3:PutObject');
  });

  it('is not detected for a missing resource, and in ROLLBACK_COMPLETE, as on AWS', async () => {
    const Group = logGroup('kept-by-failure', { DeletionPolicy: 'Retain' });
    const Later = logGroup('kept-by-failure', { DependsOn: 'Group' });
    await account.refuses('create', 'Failed', { Group, Later }, { Later: 'already exists' });
    await expect(detect('Failed', 'Group')).rejects.toThrow(
      'cannot be performed on stack [Failed] in ROLLBACK_COMPLETE',
    );
    await expect(detect('Deleted', 'Other')).rejects.toThrow('Resource Other does not exist for stack Deleted');
  });
});
