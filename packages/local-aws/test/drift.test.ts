import { type StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { Account, type Resources } from './support/account';
import { allowing, logGroup } from './support/resources';

const account = Account.shared({ usedBefore: true });
const logs = () => new CloudWatchLogs(account.client);

async function detect(StackName: string, LogicalResourceId: string): Promise<Partial<StackResourceDrift>> {
  const answer = await account.cloudFormation.detectStackResourceDrift({ StackName, LogicalResourceId });
  return answer.StackResourceDrift ?? {};
}

async function createStack(name: string, resources: Resources): Promise<void> {
  expect(await account.create(name, resources)).toBe('CREATE_COMPLETE');
}

const group = (name: string): Resources => ({
  Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name, RetentionInDays: 3 } },
});
const retain = (logGroupName: string, retentionInDays: number) =>
  logs().putRetentionPolicy({ logGroupName, retentionInDays });

const vpc = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
const targets: Resources = {
  Vpc: vpc,
  Targets: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: {
      Port: 80,
      Protocol: 'HTTP',
      VpcId: { Ref: 'Vpc' },
      HealthCheckPath: '/health',
      TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }],
    },
  },
};
const securityGroups: Resources = {
  Vpc: vpc,
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'Group',
      VpcId: { Ref: 'Vpc' },
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }],
    },
  },
  Rule: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: { Ref: 'Group' }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
  },
};
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
};
const roles = (RoleName: string): Resources => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument: trust } },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'p', PolicyDocument: allowing('s3:GetObject'), Roles: [{ Ref: 'Role' }] },
  },
});

describe('DetectStackResourceDrift', () => {
  it('reports expected and actual properties', async () => {
    await createStack('Changed', group('changed'));
    expect(await detect('Changed', 'Group')).toMatchObject({ StackResourceDriftStatus: 'IN_SYNC' });
    await retain('changed', 5);
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
  });

  it('reports a deleted resource', async () => {
    await createStack('Deleted', group('deleted'));
    await logs().deleteLogGroup({ logGroupName: 'deleted' });
    expect(await detect('Deleted', 'Group')).toMatchObject({ StackResourceDriftStatus: 'DELETED' });
  });

  it('compares only properties that the template sets', async () => {
    await createStack('Targets', targets);
    const elb = new ElasticLoadBalancingV2(account.client);
    const TargetGroupArn = (await detect('Targets', 'Targets')).PhysicalResourceId;
    const set = (Key: string, Value: string) =>
      elb.modifyTargetGroupAttributes({ TargetGroupArn, Attributes: [{ Key, Value }] });
    await set('stickiness.enabled', 'true');
    await elb.modifyTargetGroup({ TargetGroupArn, HealthCheckIntervalSeconds: 60 });
    expect((await detect('Targets', 'Targets')).StackResourceDriftStatus).toBe('IN_SYNC');
    await set('deregistration_delay.timeout_seconds', '20');
    await elb.modifyTargetGroup({ TargetGroupArn, HealthCheckPath: '/nope' });
    const { PropertyDifferences } = await detect('Targets', 'Targets');
    expect(PropertyDifferences?.map(({ PropertyPath, ActualValue }) => [PropertyPath, ActualValue])).toEqual([
      ['/HealthCheckPath', '/nope'],
      ['/TargetGroupAttributes/0/Value', '20'],
    ]);
  });

  it('reports an added rule, but none of a separate resource', async () => {
    await createStack('SecurityGroups', securityGroups);
    const { StackResourceDriftStatus, PhysicalResourceId } = await detect('SecurityGroups', 'Group');
    expect(StackResourceDriftStatus).toBe('IN_SYNC');
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
    await new EC2(account.client).authorizeSecurityGroupIngress({ GroupId: PhysicalResourceId, IpPermissions: [rule] });
    const { PropertyDifferences } = await detect('SecurityGroups', 'Group');
    expect(PropertyDifferences).toMatchObject([{ PropertyPath: '/SecurityGroupIngress/1', DifferenceType: 'ADD' }]);
    expect(PropertyDifferences?.[0]?.ActualValue).toContain('10.0.0.0/8');
  });

  it('refuses a type without drift detection on AWS', async () => {
    await createStack('Roles', roles('roles'));
    expect((await detect('Roles', 'Role')).StackResourceDriftStatus).toBe('IN_SYNC');
    await expect(detect('Roles', 'Policy')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Drift detection is not supported for the specified ResourceType',
    });
  });

  it('refuses a resource that does not exist', async () => {
    await createStack('Small', group('small'));
    await expect(detect('Small', 'Other')).rejects.toThrow('Resource Other does not exist for stack Small');
  });

  it('refuses a stack in ROLLBACK_COMPLETE, as AWS does', async () => {
    const kept = { DeletionPolicy: 'Retain' };
    const failing = { ...logGroup('kept-by-failure', kept), Properties: { LogGroupName: 'kept-by-failure' } };
    const Later = { ...logGroup('kept-by-failure'), DependsOn: 'Group' };
    expect(await account.create('Failed', { Group: failing, Later })).toBe('ROLLBACK_COMPLETE');
    await expect(detect('Failed', 'Group')).rejects.toThrow(
      'cannot be performed on stack [Failed] in ROLLBACK_COMPLETE',
    );
  });
});

describe('a change set that reverts drift', () => {
  async function revert(StackName: string, Resources: Resources) {
    const set = { StackName, ChangeSetName: 'revert' };
    const TemplateBody = JSON.stringify({ Resources });
    await account.cloudFormation.createChangeSet({ ...set, TemplateBody, DeploymentMode: 'REVERT_DRIFT' });
    const { Status, Changes = [] } = await account.cloudFormation.describeChangeSet(set);
    if (Status === 'FAILED') {
      await account.cloudFormation.deleteChangeSet(set);
      return [];
    }
    await account.cloudFormation.executeChangeSet(set);
    expect(await account.statusOf(StackName)).toBe('UPDATE_COMPLETE');
    return Changes.map(({ ResourceChange }) => `${ResourceChange?.Action} ${ResourceChange?.LogicalResourceId}`);
  }

  it('reverts a manual change without a change of the template', async () => {
    await createStack('Back', group('back'));
    expect(await revert('Back', group('back'))).toEqual([]);
    await retain('back', 5);
    expect(await revert('Back', group('back'))).toEqual(['Modify Group']);
    expect((await detect('Back', 'Group')).StackResourceDriftStatus).toBe('IN_SYNC');
  });

  it('recreates a resource deleted by hand', async () => {
    await createStack('Anew', group('anew'));
    await logs().deleteLogGroup({ logGroupName: 'anew' });
    expect(await revert('Anew', group('anew'))).toEqual(['Add Group']);
    expect((await detect('Anew', 'Group')).StackResourceDriftStatus).toBe('IN_SYNC');
  });

  it('skips types without drift detection', async () => {
    await createStack('Left', roles('left'));
    const iam = new IAM(account.client);
    const policy = { RoleName: 'left', PolicyName: 'p' };
    const PolicyDocument = JSON.stringify(allowing('s3:PutObject'));
    await iam.putRolePolicy({ ...policy, PolicyDocument });
    expect(await revert('Left', roles('left'))).toEqual([]);
    const { PolicyDocument: left = '' } = await iam.getRolePolicy(policy);
    expect(decodeURIComponent(left)).toContain('s3:PutObject');
  });
});
