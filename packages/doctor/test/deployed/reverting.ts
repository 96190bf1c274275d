import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Lambda } from '@aws-sdk/client-lambda';
import type { WebACL } from '@aws-sdk/client-wafv2';
import type { Effect } from '../../src/changed-by-hand/coverage';
import { balancing, batch, ec2, ecr, ecs, iam, logs, rds, s3, secrets, sns, waf } from '../health/clients';

/** A change by hand, and what reverting it does beyond the value that is put back. */
export interface Reverted {
  readonly type: string;
  /** Property that is changed, or `deleted`. */
  readonly property: string;
  readonly change: (physicalId: string) => Promise<unknown>;
  /** Effects that the plan names; none unless given. */
  readonly effects?: readonly Effect[];
}

const cloudWatch = new CloudWatch({});
const eventBridge = new EventBridge({});
const lambda = new Lambda({});

const Tags = [{ Key: 'Name', Value: 'by-hand' }];

async function renameByTag(physicalId: string): Promise<void> {
  await ec2.createTags({ Resources: [physicalId], Tags });
}

async function openToTheWorld(GroupId: string): Promise<void> {
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '192.0.2.0/24' }] }];
  await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions });
}

const NOBODY_ASSUMES = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
});

/** Changes of dev, whose web tasks, database and users are looked at before and after. */
export const IN_DEV: readonly Reverted[] = [
  {
    type: 'AWS::Batch::ComputeEnvironment',
    property: 'State',
    change: (computeEnvironment) => batch.updateComputeEnvironment({ computeEnvironment, state: 'DISABLED' }),
  },
  { type: 'AWS::EC2::InternetGateway', property: 'Tags', change: renameByTag },
  { type: 'AWS::EC2::RouteTable', property: 'Tags', change: renameByTag },
  { type: 'AWS::EC2::VPC', property: 'Tags', change: renameByTag },
  {
    type: 'AWS::EC2::Subnet',
    property: 'MapPublicIpOnLaunch',
    change: (SubnetId) => ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: true } }),
  },
  {
    type: 'AWS::EC2::SecurityGroup',
    property: 'SecurityGroupEgress',
    change: openToTheWorld,
    effects: ['closesConnections'],
  },
  {
    type: 'AWS::ECR::Repository',
    property: 'LifecyclePolicy',
    change: (repositoryName) => ecr.deleteLifecyclePolicy({ repositoryName }),
    effects: ['deletesImages'],
  },
  {
    type: 'AWS::ECS::Cluster',
    property: 'ClusterSettings',
    change: (cluster) => ecs.updateCluster({ cluster, settings: [{ name: 'containerInsights', value: 'enhanced' }] }),
  },
  {
    type: 'AWS::ECS::Service',
    property: 'NetworkConfiguration',
    change: takePublicAddress,
    effects: ['replacesTasks'],
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    property: 'deleted',
    change: (taskDefinition) => ecs.deregisterTaskDefinition({ taskDefinition }),
    effects: ['replacesTasks'],
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    property: 'DefaultActions',
    change: (ListenerArn) =>
      balancing.modifyListener({
        ListenerArn,
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
      }),
    effects: ['movesRequests'],
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    property: 'SecurityGroups',
    change: (LoadBalancerArn) => addDefaultGroup(LoadBalancerArn),
    effects: ['closesConnections'],
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    property: 'HealthCheckPath',
    change: (TargetGroupArn) => balancing.modifyTargetGroup({ TargetGroupArn, HealthCheckPath: '/nope' }),
  },
  {
    type: 'AWS::IAM::Role',
    property: 'AssumeRolePolicyDocument',
    change: (RoleName) => iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: NOBODY_ASSUMES }),
  },
  {
    type: 'AWS::Lambda::Function',
    property: 'Timeout',
    change: (FunctionName) => lambda.updateFunctionConfiguration({ FunctionName, Timeout: 7 }),
  },
  {
    type: 'AWS::Logs::LogGroup',
    property: 'RetentionInDays',
    change: (logGroupName) => logs.putRetentionPolicy({ logGroupName, retentionInDays: 3653 }),
    effects: ['deletesLogLines'],
  },
  {
    type: 'AWS::RDS::DBInstance',
    property: 'DBInstanceClass',
    change: (DBInstanceIdentifier) =>
      rds.modifyDBInstance({ DBInstanceIdentifier, DBInstanceClass: 'db.t4g.medium', ApplyImmediately: true }),
    effects: ['interruptsDatabase'],
  },
  {
    type: 'AWS::S3::Bucket',
    property: 'LifecycleConfiguration',
    change: (Bucket) => s3.deleteBucketLifecycle({ Bucket }),
    effects: ['deletesFiles'],
  },
  {
    type: 'AWS::SecretsManager::Secret',
    property: 'deleted',
    change: (SecretId) => secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true }),
    effects: ['replacesTasks', 'signsUsersOut'],
  },
];

async function takePublicAddress(service: string): Promise<void> {
  const cluster = service.split('/').at(-2);
  const { services: [current] = [] } = await ecs.describeServices({ cluster, services: [service] });
  const { subnets, securityGroups } = current?.networkConfiguration?.awsvpcConfiguration ?? {};
  const networkConfiguration = {
    awsvpcConfiguration: { subnets, securityGroups, assignPublicIp: 'DISABLED' } as const,
  };
  await ecs.updateService({ cluster, service, networkConfiguration });
}

/** Changes of prod, which has these types. */
export const IN_PROD: readonly Reverted[] = [
  {
    type: 'AWS::CloudWatch::Alarm',
    property: 'Threshold',
    change: changeThreshold,
  },
  {
    type: 'AWS::CloudWatch::Dashboard',
    property: 'DashboardBody',
    change: (DashboardName) => cloudWatch.putDashboard({ DashboardName, DashboardBody: '{"widgets":[]}' }),
  },
  {
    type: 'AWS::Events::Rule',
    property: 'State',
    change: (Name) => eventBridge.disableRule({ Name }),
  },
  {
    type: 'AWS::SNS::Topic',
    property: 'DisplayName',
    change: (TopicArn) => sns.setTopicAttributes({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'by hand' }),
  },
  {
    type: 'AWS::WAFv2::WebACL',
    property: 'DefaultAction',
    change: (physicalId) => changeWebAcl(physicalId, () => ({ DefaultAction: { Block: {} } })),
  },
  {
    type: 'AWS::WAFv2::WebACL',
    property: 'Rules',
    change: (physicalId) => changeWebAcl(physicalId, ({ Rules = [] }) => ({ Rules: Rules.slice(0, 1) })),
    effects: ['refusesRequests'],
  },
];

async function changeWebAcl(physicalId: string, change: (webAcl: Partial<WebACL>) => Partial<WebACL>): Promise<void> {
  const [Name, Id] = physicalId.split('|');
  const name = { Name, Id, Scope: 'REGIONAL' } as const;
  const { WebACL = {}, LockToken } = await waf.getWebACL(name);
  const { DefaultAction, Rules, VisibilityConfig } = { ...WebACL, ...change(WebACL) };
  await waf.updateWebACL({ ...name, LockToken, DefaultAction, Rules, VisibilityConfig });
}

async function addDefaultGroup(LoadBalancerArn: string): Promise<void> {
  const { LoadBalancers: [balancer] = [] } = await balancing.describeLoadBalancers({
    LoadBalancerArns: [LoadBalancerArn],
  });
  const Filters = [
    { Name: 'vpc-id', Values: [balancer?.VpcId ?? ''] },
    { Name: 'group-name', Values: ['default'] },
  ];
  const { SecurityGroups: [group] = [] } = await ec2.describeSecurityGroups({ Filters });
  const SecurityGroups = [...(balancer?.SecurityGroups ?? []), group?.GroupId ?? ''];
  await balancing.setSecurityGroups({ LoadBalancerArn, SecurityGroups });
}

async function changeThreshold(AlarmName: string): Promise<void> {
  const { MetricAlarms: [alarm] = [] } = await cloudWatch.describeAlarms({ AlarmNames: [AlarmName] });
  const { EvaluationPeriods, ComparisonOperator } = alarm ?? {};
  await cloudWatch.putMetricAlarm({ ...alarm, AlarmName, EvaluationPeriods, ComparisonOperator, Threshold: 999 });
}
