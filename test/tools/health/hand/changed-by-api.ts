import { isRecord, objects, without } from '@infra/common/values';
import { balancing, batch, cloudWatch, ec2, ecr, ecs, events, iam, lambda } from '../clients';
import { logs, rds, s3, scaling, scheduler, secrets, sns } from '../clients';

export type Properties = Readonly<Record<string, unknown>>;

/** Other values that services take in the place of these. */
const OTHERS: Readonly<Record<string, unknown>> = {
  ...{ true: 'false', false: 'true', ENABLED: 'DISABLED', enabled: 'disabled', Enabled: 'Disabled', Allow: 'Deny' },
  ...{ 'sts:AssumeRole': 'sts:TagSession', IMMUTABLE: 'MUTABLE', '*': 'arn:aws:s3:::other' },
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
const tag = (id: string, { Tags }: Properties) => (Tags ? [ec2.createTags({ Resources: [id], Tags: Tags as [] })] : []);
const policy = ({ PolicyDocument }: Properties) => JSON.stringify(PolicyDocument);

/** The web service, as its scaling names it. */
export const SERVICE = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/prooflink-prod-cluster/prooflink-prod-service',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;
const SUSPENDED = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: true,
  ScheduledScalingSuspended: true,
};

/** Names of other resources in a template. */
export type TemplateNames = Readonly<
  Record<'DestinationCidrBlock' | 'GroupId' | 'InternetGatewayId' | 'PolicyName' | 'RouteTableId' | 'VpcId', string> &
    Record<'Roles' | 'RouteTableIds' | 'SubnetIds' | 'Topics', string[]>
>;

type Set = (id: string, it: Properties, own: TemplateNames) => Promise<unknown>[];

/** Sets what the API of each type sets, by its properties; `own` are those of the template. */
export const SET: Readonly<Record<string, Set>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': (_, it) => [
    scaling.registerScalableTarget({
      ...SERVICE,
      ...pick(it, 'MinCapacity', 'MaxCapacity'),
      SuspendedState: SUSPENDED,
    }),
  ],
  'AWS::ApplicationAutoScaling::ScalingPolicy': (_, { TargetTrackingScalingPolicyConfiguration }, own) => [
    scaling.putScalingPolicy({
      ...{ ...SERVICE, ...pick(own, 'PolicyName', 'PolicyType'), TargetTrackingScalingPolicyConfiguration },
    } as never),
  ],
  'AWS::Batch::ComputeEnvironment': (id, it) => [
    batch.updateComputeEnvironment({ computeEnvironment: id, ...camel(it, 'State', 'ComputeResources') }),
  ],
  'AWS::Batch::JobDefinition': (id, it) => [
    batch.registerJobDefinition({
      ...{ jobDefinitionName: id.split('/')[1]?.split(':')[0], type: 'container', platformCapabilities: ['FARGATE'] },
      ...camel(it, 'ContainerProperties'),
    } as never),
  ],
  'AWS::Batch::JobQueue': (jobQueue, it) => [batch.updateJobQueue({ jobQueue, ...camel(it, 'State', 'Priority') })],
  'AWS::CloudWatch::Alarm': (id, it) => [cloudWatch.putMetricAlarm({ ...it, AlarmName: id })],
  'AWS::CloudWatch::Dashboard': (id) => [cloudWatch.putDashboard({ DashboardName: id, DashboardBody: '{}' })],
  'AWS::EC2::InternetGateway': tag,
  'AWS::EC2::RouteTable': tag,
  'AWS::EC2::SecurityGroup': (GroupId, { SecurityGroupIngress }) => [
    ec2.describeSecurityGroups({ GroupIds: [GroupId] }).then(async ({ SecurityGroups: [group] = [] }) => {
      const { IpPermissions, IpPermissionsEgress } = group ?? {};
      await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: IpPermissionsEgress });
      if (SecurityGroupIngress) await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
    }),
  ],
  'AWS::EC2::Subnet': (SubnetId, it) => [
    ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: it['MapPublicIpOnLaunch'] === true } }),
    ...tag(SubnetId, it),
  ],
  'AWS::EC2::SubnetRouteTableAssociation': (AssociationId, _, own) => [
    ec2.describeRouteTables({}).then(async ({ RouteTables = [] }) => {
      const RouteTableId = RouteTables.find((each) => each.RouteTableId !== own['RouteTableId'])?.RouteTableId;
      await ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId });
    }),
  ],
  'AWS::EC2::VPC': (VpcId, it) => [
    ...['EnableDnsHostnames', 'EnableDnsSupport'].map((name) =>
      ec2.modifyVpcAttribute({ VpcId, [name]: { Value: it[name] === true } }),
    ),
    ...tag(VpcId, it),
  ],
  'AWS::EC2::VPCEndpoint': (VpcEndpointId, _, { RouteTableIds }) => [
    ec2.modifyVpcEndpoint({ VpcEndpointId, RemoveRouteTableIds: [RouteTableIds[0] ?? ''] }),
  ],
  'AWS::ECR::Repository': (repositoryName, it) => [
    ecr.putImageScanningConfiguration({ repositoryName, ...camel(it, 'ImageScanningConfiguration') } as never),
    ecr.putImageTagMutability({ repositoryName, ...camel(it, 'ImageTagMutability') } as never),
    ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText: '{"rules":[]}' }),
  ],
  'AWS::ECS::Cluster': (cluster, it) => [
    ecs.updateCluster({ cluster, settings: camelCased(it['ClusterSettings']) as [] }),
  ],
  'AWS::ECS::Service': (service, { Cluster: cluster, ...it }) => {
    const names = ['DeploymentConfiguration', 'EnableECSManagedTags', 'EnableExecuteCommand', 'PropagateTags'];
    const more = camel(it, ...names, 'HealthCheckGracePeriodSeconds', 'NetworkConfiguration');
    return [ecs.updateService({ cluster: cluster as string, service, ...more })];
  },
  'AWS::ECS::TaskDefinition': () => [],
  'AWS::ElasticLoadBalancingV2::Listener': (ListenerArn, it) => [
    balancing.modifyListener({ ListenerArn, ...pick(it, 'Port', 'SslPolicy', 'DefaultActions') }),
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (LoadBalancerArn, { LoadBalancerAttributes }) => [
    balancing.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes: LoadBalancerAttributes as [] }),
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': (TargetGroupArn, it) => [
    balancing.modifyTargetGroup({ ...it, TargetGroupArn }),
    balancing.modifyTargetGroupAttributes({ TargetGroupArn, Attributes: it['TargetGroupAttributes'] as [] }),
  ],
  'AWS::Events::Rule': (Name, it) => [
    events.putRule({ Name, EventPattern: JSON.stringify(it['EventPattern']), ...pick(it, 'Description', 'State') }),
    events.putTargets({ Rule: Name, Targets: it['Targets'] as [] }),
  ],
  'AWS::IAM::Policy': (_, it, { Roles: [RoleName], PolicyName }) => [
    iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: policy(it) }),
  ],
  'AWS::IAM::Role': (RoleName, it) => [
    iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: JSON.stringify(it['AssumeRolePolicyDocument']) }),
    ...objects(it['Policies']).map((each) =>
      iam.putRolePolicy({ RoleName, PolicyName: each['PolicyName'] as string, PolicyDocument: policy(each) }),
    ),
    ...(it['Description'] ? [iam.updateRole({ RoleName, Description: it['Description'] as string })] : []),
  ],
  'AWS::Lambda::Function': (FunctionName, it) => {
    const names = ['Timeout', 'MemorySize', 'Handler', 'Runtime', 'Description'];
    return [lambda.updateFunctionConfiguration({ FunctionName, ...pick(it, ...names) })];
  },
  'AWS::Logs::LogGroup': (logGroupName, it) => [
    logs.putRetentionPolicy({ logGroupName, ...camel(it, 'RetentionInDays') } as never),
  ],
  'AWS::RDS::DBInstance': (DBInstanceIdentifier, it) => {
    const changed = without(it, 'AllocatedStorage', 'DBSubnetGroupName', 'Engine', 'EngineVersion', 'StorageType');
    return [rds.modifyDBInstance({ ...changed, DBInstanceIdentifier, ApplyImmediately: true })];
  },
  'AWS::RDS::DBSubnetGroup': (DBSubnetGroupName, _, { SubnetIds }) => [
    // In the zone in which no database is.
    ec2
      .describeSubnets({ Filters: [{ Name: 'availability-zone', Values: ['ap-northeast-1c'] }] })
      .then(async (found) => {
        const more = found.Subnets?.find(({ SubnetId = '' }) => !SubnetIds.includes(SubnetId))?.SubnetId ?? '';
        await rds.modifyDBSubnetGroup({ DBSubnetGroupName, SubnetIds: [...SubnetIds, more] });
      }),
  ],
  'AWS::S3::Bucket': (Bucket) => [
    ...[s3.deleteBucketCors({ Bucket }), s3.deleteBucketEncryption({ Bucket }), s3.deleteBucketLifecycle({ Bucket })],
    ...[s3.deleteBucketOwnershipControls({ Bucket }), s3.deletePublicAccessBlock({ Bucket })],
    s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
  ],
  'AWS::S3::BucketPolicy': (Bucket, it) => [s3.putBucketPolicy({ Bucket, Policy: policy(it) })],
  'AWS::Scheduler::Schedule': (Name, it) => [scheduler.updateSchedule({ ...it, Name } as never)],
  'AWS::SecretsManager::Secret': (SecretId, { Description }) => [
    secrets.updateSecret({ SecretId, Description: Description as string }),
  ],
  'AWS::SNS::Topic': (TopicArn, { DisplayName }) => [
    sns.setTopicAttributes({ TopicArn, AttributeName: 'DisplayName', AttributeValue: DisplayName as string }),
  ],
  'AWS::SNS::TopicPolicy': (_, it, { Topics: [TopicArn] }) => [
    sns.setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue: policy(it) }),
  ],
};
