import { Batch } from '@aws-sdk/client-batch';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { isRecord, objects, without } from '@infra/common/values';

type Properties = Readonly<Record<string, unknown>>;

/** Other values that services take in the place of these. */
const OTHERS: Readonly<Record<string, unknown>> = {
  ...{ true: 'false', false: 'true', ENABLED: 'DISABLED', enabled: 'disabled', Enabled: 'Disabled', Allow: 'Deny' },
  ...{ 'sts:AssumeRole': 'sts:TagSession', IMMUTABLE: 'MUTABLE' },
  ...{ Average: 'Maximum', Maximum: 'Average', notBreaching: 'breaching', breaching: 'notBreaching' },
  ...{ GreaterThanThreshold: 'LessThanThreshold', LessThanThreshold: 'GreaterThanThreshold', Sum: 'Average' },
  ...{ 'ELBSecurityPolicy-TLS13-1-2-2021-06': 'ELBSecurityPolicy-2016-08', HTTP_301: 'HTTP_302', 200: '204' },
  ...{ 'nodejs24.x': 'nodejs22.x', 'db.t4g.medium': 'db.t4g.large', '17:00-17:30': '19:00-19:30' },
  ...{ 'Sat:18:00-Sat:18:30': 'Sun:18:00-Sun:18:30', 30: 60 },
};
/** Names of items, and resources that must exist. */
const KEPT = /^(Cluster|Id|Key|Name|PolicyName|Type|Version|(Certificate|LoadBalancer|TargetGroup)Arn)$/;
const isResource = (value: unknown) => /^(sg|subnet|vpc)-/.test(String(value));

/** Copy of a value with another one at each leaf. */
export function other(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 1 && value.every(isResource) ? value.slice(1) : value.map(other);
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, KEPT.test(key) ? it : other(it)]));
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return OTHERS[value] ?? value + 1;
  const text = String(value);
  if (isResource(text)) return text;
  if (text.endsWith('.amazonaws.com')) return 'ec2.amazonaws.com';
  return OTHERS[text] ?? (/^\d+$/.test(text) ? String(Number(text) + 1) : `${text}-other`);
}

const camelCased = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(camelCased)
    : isRecord(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, it]) => [`${key.slice(0, 1).toLowerCase()}${key.slice(1)}`, camelCased(it)]),
        )
      : value;
const pick = (it: Properties, ...names: string[]) =>
  Object.fromEntries(names.filter((name) => name in it).map((name) => [name, it[name]]));
const camel = (it: Properties, ...names: string[]) => camelCased(pick(it, ...names)) as object;

/** Sets what the API of each type sets, by its properties. */
export const SET: Readonly<Record<string, (id: string, it: Properties) => Promise<unknown>[]>> = {
  'AWS::Batch::ComputeEnvironment': (id, it) => [
    new Batch({}).updateComputeEnvironment({ computeEnvironment: id, ...camel(it, 'State', 'ComputeResources') }),
  ],
  'AWS::CloudWatch::Alarm': (id, it) => [new CloudWatch({}).putMetricAlarm({ ...it, AlarmName: id })],
  'AWS::CloudWatch::Dashboard': (id) => [new CloudWatch({}).putDashboard({ DashboardName: id, DashboardBody: '{}' })],
  ...Object.fromEntries(
    ['InternetGateway', 'RouteTable'].map((type) => [
      `AWS::EC2::${type}`,
      (id: string, { Tags }: Properties) =>
        Tags ? [new EC2({}).createTags({ Resources: [id], Tags: Tags as [] })] : [],
    ]),
  ),
  'AWS::EC2::SecurityGroup': (GroupId, { SecurityGroupIngress }) => [
    new EC2({}).describeSecurityGroups({ GroupIds: [GroupId] }).then(async ({ SecurityGroups: [group] = [] }) => {
      const { IpPermissions, IpPermissionsEgress } = group ?? {};
      await new EC2({}).revokeSecurityGroupEgress({ GroupId, IpPermissions: IpPermissionsEgress });
      if (SecurityGroupIngress) await new EC2({}).revokeSecurityGroupIngress({ GroupId, IpPermissions });
    }),
  ],
  'AWS::EC2::Subnet': (SubnetId, it) => [
    new EC2({}).modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: it['MapPublicIpOnLaunch'] === true } }),
    new EC2({}).createTags({ Resources: [SubnetId], Tags: it['Tags'] as [] }),
  ],
  'AWS::EC2::VPC': (VpcId, it) => [
    ...['EnableDnsHostnames', 'EnableDnsSupport'].map((name) =>
      new EC2({}).modifyVpcAttribute({ VpcId, [name]: { Value: it[name] === true } }),
    ),
    new EC2({}).createTags({ Resources: [VpcId], Tags: it['Tags'] as [] }),
  ],
  'AWS::ECR::Repository': (repositoryName, it) => [
    new ECR({}).putImageScanningConfiguration({ repositoryName, ...camel(it, 'ImageScanningConfiguration') } as never),
    new ECR({}).putImageTagMutability({ repositoryName, ...camel(it, 'ImageTagMutability') } as never),
    new ECR({}).putLifecyclePolicy({ repositoryName, lifecyclePolicyText: '{"rules":[]}' }),
  ],
  'AWS::ECS::Cluster': (cluster, it) => [
    new ECS({}).updateCluster({ cluster, settings: camelCased(it['ClusterSettings']) as [] }),
  ],
  'AWS::ECS::Service': (service, { Cluster: cluster, ...it }) => {
    const names = ['DeploymentConfiguration', 'EnableECSManagedTags', 'EnableExecuteCommand', 'PropagateTags'];
    const more = camel(it, ...names, 'HealthCheckGracePeriodSeconds', 'NetworkConfiguration');
    return [new ECS({}).updateService({ cluster: cluster as string, service, ...more })];
  },
  'AWS::ECS::TaskDefinition': () => [],
  'AWS::ElasticLoadBalancingV2::Listener': (ListenerArn, it) => [
    new ElasticLoadBalancingV2({}).modifyListener({ ListenerArn, ...pick(it, 'Port', 'SslPolicy', 'DefaultActions') }),
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (LoadBalancerArn, it) => [
    new ElasticLoadBalancingV2({}).modifyLoadBalancerAttributes({
      ...{ LoadBalancerArn, Attributes: it['LoadBalancerAttributes'] as [] },
    }),
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': (TargetGroupArn, it) => [
    new ElasticLoadBalancingV2({}).modifyTargetGroup({ ...it, TargetGroupArn }),
    new ElasticLoadBalancingV2({}).modifyTargetGroupAttributes({
      ...{ TargetGroupArn, Attributes: it['TargetGroupAttributes'] as [] },
    }),
  ],
  'AWS::Events::Rule': (Name, it) => [
    new EventBridge({}).putRule({
      ...{ Name, EventPattern: JSON.stringify(it['EventPattern']), ...pick(it, 'Description', 'State') },
    }),
    new EventBridge({}).putTargets({ Rule: Name, Targets: it['Targets'] as [] }),
  ],
  'AWS::IAM::Role': (RoleName, it) => [
    new IAM({}).updateAssumeRolePolicy({ RoleName, PolicyDocument: JSON.stringify(it['AssumeRolePolicyDocument']) }),
    ...objects(it['Policies']).map(({ PolicyName, PolicyDocument }) =>
      new IAM({}).putRolePolicy({ RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) } as never),
    ),
    ...(it['Description'] ? [new IAM({}).updateRole({ RoleName, Description: it['Description'] as string })] : []),
  ],
  'AWS::Lambda::Function': (FunctionName, it) => {
    const names = ['Timeout', 'MemorySize', 'Handler', 'Runtime', 'Description'];
    return [new Lambda({}).updateFunctionConfiguration({ FunctionName, ...pick(it, ...names) })];
  },
  'AWS::Logs::LogGroup': (logGroupName, it) => [
    new CloudWatchLogs({}).putRetentionPolicy({ logGroupName, ...camel(it, 'RetentionInDays') } as never),
  ],
  'AWS::RDS::DBInstance': (DBInstanceIdentifier, it) => {
    const changed = without(it, 'AllocatedStorage', 'DBSubnetGroupName', 'Engine', 'EngineVersion', 'StorageType');
    return [new RDS({}).modifyDBInstance({ ...changed, DBInstanceIdentifier, ApplyImmediately: true })];
  },
  'AWS::S3::Bucket': (Bucket) => {
    const s3 = new S3({ forcePathStyle: true });
    return [
      ...[s3.deleteBucketCors({ Bucket }), s3.deleteBucketEncryption({ Bucket }), s3.deleteBucketLifecycle({ Bucket })],
      ...[s3.deleteBucketOwnershipControls({ Bucket }), s3.deletePublicAccessBlock({ Bucket })],
      s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
    ];
  },
  'AWS::SNS::Topic': (TopicArn, { DisplayName }) => [
    new SNS({}).setTopicAttributes({ TopicArn, AttributeName: 'DisplayName', AttributeValue: DisplayName as string }),
  ],
};
