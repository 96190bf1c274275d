import { type StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { WAFV2 } from '@aws-sdk/client-wafv2';
import { Account, type Resources } from './support/account';
import { logGroup } from './support/log-groups';
import { allowing, trusting } from './support/resources';

const account = Account.shared({ usedBefore: true });
const logs = new CloudWatchLogs(account.client);

async function detectDrift(stackName: string, logicalId: string): Promise<Partial<StackResourceDrift>> {
  const answer = await account.cloudFormation.detectStackResourceDrift({
    StackName: stackName,
    LogicalResourceId: logicalId,
  });
  return answer.StackResourceDrift ?? {};
}

async function driftStatus(stackName: string, logicalId: string): Promise<string | undefined> {
  const { StackResourceDriftStatus } = await detectDrift(stackName, logicalId);
  return StackResourceDriftStatus;
}

/** Deploys the same template like `cdk deploy --revert-drift`; returns what the change set did. */
async function revertDrift(stackName: string, resources: Resources): Promise<string[]> {
  const changes = await account.execute(stackName, { Resources: resources }, { DeploymentMode: 'REVERT_DRIFT' });
  expect(await account.statusOf(stackName)).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  return changes.map(({ Action, LogicalResourceId }) => `${Action} ${LogicalResourceId}`);
}

const Vpc = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };

describe('a log group that was changed', () => {
  const resources = { Group: logGroup('changed', { RetentionInDays: 3 }) };

  it('has no drift before, and a revert has nothing to do', async () => {
    await account.deploy('Changed', resources);
    expect(await driftStatus('Changed', 'Group')).toBe('IN_SYNC');
    expect(await revertDrift('Changed', resources)).toEqual([]);
  });

  it('is reported with its expected and actual properties', async () => {
    await logs.putRetentionPolicy({ logGroupName: 'changed', retentionInDays: 5 });
    const drift = await detectDrift('Changed', 'Group');
    expect(drift).toMatchObject({
      LogicalResourceId: 'Group',
      PhysicalResourceId: 'changed',
      ResourceType: 'AWS::Logs::LogGroup',
      StackResourceDriftStatus: 'MODIFIED',
    });
    expect(drift.PropertyDifferences).toEqual([
      {
        PropertyPath: '/RetentionInDays',
        ExpectedValue: '3',
        ActualValue: '5',
        DifferenceType: 'NOT_EQUAL',
      },
    ]);
    expect(JSON.parse(drift.ActualProperties ?? '')).toEqual({ LogGroupName: 'changed', RetentionInDays: 5 });
    expect(JSON.parse(drift.ExpectedProperties ?? '')).toEqual({ LogGroupName: 'changed', RetentionInDays: 3 });
  });

  it('is reverted without a change of the template', async () => {
    expect(await revertDrift('Changed', resources)).toEqual(['Modify Group']);
    expect(await driftStatus('Changed', 'Group')).toBe('IN_SYNC');
  });
});

it('a bucket’s rule that deletes expired delete markers is reported without them, although nothing was changed', async () => {
  const rule = { Id: 'markers', Status: 'Enabled', ExpiredObjectDeleteMarker: true };
  const Bucket = { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: [rule] } } };
  await account.deploy('Markers', { Bucket });
  const { StackResourceDriftStatus, PropertyDifferences } = await detectDrift('Markers', 'Bucket');
  expect(StackResourceDriftStatus).toBe('MODIFIED');
  expect(PropertyDifferences).toMatchObject([
    { PropertyPath: '/LifecycleConfiguration/Rules/0/ExpiredObjectDeleteMarker', DifferenceType: 'REMOVE' },
  ]);
});

describe('a drift-aware change set', () => {
  const rule = { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['aws.batch'] } } };
  const alarm = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      MetricName: 'MatchedEvents',
      Namespace: 'AWS/Events',
      Period: 60,
      Statistic: 'Sum',
      Threshold: 0,
      Dimensions: [{ Name: 'RuleName', Value: { Ref: 'Rule' } }],
    },
  };

  async function describeReversal(stackName: string, resources: Resources) {
    const reversal = { DeploymentMode: 'REVERT_DRIFT' as const };
    const changeSet = await account.changeSet(stackName, { Resources: resources }, reversal);
    const request = { ...changeSet, IncludePropertyValues: true };
    return { changeSet, ...(await account.cloudFormation.describeChangeSet(request)) };
  }

  it('reads a Ref as the first part of the identifier: a stack in sync has a change, which executing does not make', async () => {
    await account.deploy('Phantom', { Rule: rule, Alarm: alarm });
    const { changeSet, Changes } = await describeReversal('Phantom', { Rule: rule, Alarm: alarm });
    expect(Changes).toHaveLength(1);
    const { Details, ...change } = Changes?.[0]?.ResourceChange ?? {};
    expect(change).toMatchObject({ Action: 'Modify', LogicalResourceId: 'Alarm', ResourceDriftStatus: 'IN_SYNC' });
    expect(Details?.[0]?.Target?.Name).toBe('Dimensions');
    expect(Details?.[0]?.Target?.AfterValue).toContain('arn:aws:events:');
    await account.cloudFormation.executeChangeSet(changeSet);
    const { StackEvents = [] } = await account.cloudFormation.describeStackEvents({ StackName: 'Phantom' });
    const updated = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.startsWith('UPDATE'));
    expect(new Set(updated.map(({ ResourceType }) => ResourceType))).toEqual(new Set(['AWS::CloudFormation::Stack']));
  });

  it('takes over what the template now says like the resource, and changes nothing', async () => {
    await account.deploy('Synced', { Group: logGroup('synced', { RetentionInDays: 3 }) });
    await logs.putRetentionPolicy({ logGroupName: 'synced', retentionInDays: 5 });
    const { changeSet, Changes } = await describeReversal('Synced', {
      Group: logGroup('synced', { RetentionInDays: 5 }),
    });
    expect(Changes).toMatchObject([{ ResourceChange: { Action: 'SyncWithActual', ResourceDriftStatus: 'MODIFIED' } }]);
    await account.cloudFormation.executeChangeSet(changeSet);
    expect(await driftStatus('Synced', 'Group')).toBe('IN_SYNC');
  });

  it('names what it does not compare', async () => {
    const secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Description: 'a', SecretString: 'hidden' } };
    await account.deploy('Values', { Secret: secret });
    const { PhysicalResourceId: SecretId } = await detectDrift('Values', 'Secret');
    await new SecretsManager(account.client).updateSecret({ SecretId, Description: 'b' });
    const { Changes } = await describeReversal('Values', { Secret: secret });
    expect(Changes?.[0]?.ResourceChange).toMatchObject({
      ResourceDriftStatus: 'MODIFIED',
      ResourceDriftIgnoredAttributes: [{ Path: '/Properties/SecretString', Reason: 'WRITE_ONLY_PROPERTY' }],
    });
  });
});

describe('a security group', () => {
  beforeAll(() =>
    account.deploy('Groups', {
      Vpc,
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
        Properties: {
          GroupId: { Ref: 'Group' },
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          CidrIp: '0.0.0.0/0',
        },
      },
    }),
  );

  it('has no drift by a rule that is a resource of its own', async () => {
    expect(await driftStatus('Groups', 'Group')).toBe('IN_SYNC');
  });

  it('gets its egress back, though the template’s rule has no ports, and the one by hand has', async () => {
    const groupWith = (egress: Resources) => ({
      Vpc,
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'Egress', VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: [egress] },
      },
    });
    const resources = groupWith({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' });
    await account.deploy('Egress', resources);
    const { PhysicalResourceId: GroupId } = await detectDrift('Egress', 'Group');
    const everywhere = [{ CidrIp: '0.0.0.0/0' }];
    const ec2 = new EC2(account.client);
    const all = { IpProtocol: '-1', IpRanges: everywhere };
    const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: everywhere };
    await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: [all] });
    await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions: [https] });
    expect(await driftStatus('Egress', 'Group')).toBe('MODIFIED');
    expect(await revertDrift('Egress', resources)).toEqual(['Modify Group']);
    expect(await driftStatus('Egress', 'Group')).toBe('IN_SYNC');
  });
});

describe('a policy, whose type has no drift detection on AWS', () => {
  const resources = {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: 'role', AssumeRolePolicyDocument: trusting('ec2.amazonaws.com') },
    },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'policy', PolicyDocument: allowing('s3:GetObject'), Roles: [{ Ref: 'Role' }] },
    },
  };

  it('gets CloudFormation’s refusal, while its role is compared', async () => {
    await account.deploy('Roles', resources);
    expect(await driftStatus('Roles', 'Role')).toBe('IN_SYNC');
    await expect(detectDrift('Roles', 'Policy')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Drift detection is not supported for the specified ResourceType',
    });
  });
});

describe('a value of which the template has nothing but the name', () => {
  const Scope = 'REGIONAL';
  const VisibilityConfig = { CloudWatchMetricsEnabled: false, SampledRequestsEnabled: false, MetricName: 'acl' };
  const Firewall = {
    Type: 'AWS::WAFv2::WebACL',
    Properties: { Name: 'acl', Scope, DefaultAction: { Allow: {} }, Rules: [], VisibilityConfig },
  };

  it('has drift once another one is chosen: a web ACL that blocks, and not one that allows', async () => {
    await account.deploy('Firewalls', { Firewall });
    expect(await driftStatus('Firewalls', 'Firewall')).toBe('IN_SYNC');
    const { PhysicalResourceId = '' } = await detectDrift('Firewalls', 'Firewall');
    const [Name, Id] = PhysicalResourceId.split('|');
    const waf = new WAFV2(account.client);
    const { LockToken } = await waf.getWebACL({ Name, Id, Scope });
    await waf.updateWebACL({ Name, Id, Scope, LockToken, DefaultAction: { Block: {} }, VisibilityConfig });
    const { PropertyDifferences } = await detectDrift('Firewalls', 'Firewall');
    expect(PropertyDifferences).toMatchObject([{ PropertyPath: '/DefaultAction/Allow', DifferenceType: 'REMOVE' }]);
    expect(await revertDrift('Firewalls', { Firewall })).toEqual(['Modify Firewall']);
    expect(await driftStatus('Firewalls', 'Firewall')).toBe('IN_SYNC');
  });
});

it('a stack in ROLLBACK_COMPLETE has no drift detection', async () => {
  const resources = {
    Group: logGroup('kept-by-failure', { DeletionPolicy: 'Retain' }),
    Later: logGroup('kept-by-failure', { DependsOn: 'Group' }),
  };
  await account.refusesCreation('Failed', resources, { Later: 'already exists' });
  const detection = detectDrift('Failed', 'Group');
  await expect(detection).rejects.toThrow('cannot be performed on stack [Failed] in ROLLBACK_COMPLETE');
});
