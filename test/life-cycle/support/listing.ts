import { LOCAL_ACCOUNT } from '@infra/local-aws';
import { sdk } from './sdk';

/** Resources of an account: CloudFormation's type → the physical ids, as CloudFormation has them. */
export type Listing = Readonly<Record<string, readonly string[]>>;

/**
 * Types that exist only as a part of another one, and that one. No service lists them by themselves.
 * A type that is neither here nor in the listing fails the test.
 */
export const PARTS: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'nothing in AWS',
  'AWS::EC2::Route': 'the route table',
  'AWS::EC2::SecurityGroupIngress': 'the security group',
  'AWS::EC2::SubnetRouteTableAssociation': 'the subnet',
  'AWS::EC2::VPCGatewayAttachment': 'the VPC',
  'AWS::ElasticLoadBalancingV2::Listener': 'the load balancer',
  'AWS::IAM::Policy': 'the role',
  'AWS::S3::BucketPolicy': 'the bucket',
  'AWS::SNS::TopicPolicy': 'the topic',
  'AWS::SecretsManager::SecretTargetAttachment': 'the secret',
  'Custom::AWS': 'what it has made',
  'Custom::S3AutoDeleteObjects': 'nothing in AWS',
  'Custom::VpcRestrictDefaultSG': 'the security group',
};

type Item<Answer, List extends keyof Answer> = NonNullable<Answer[List]> extends readonly (infer One)[] ? One : never;

/** Items of an answer. One with a next page is refused: its items would be missed. */
async function items<Answer extends object, List extends keyof Answer>(answer: Promise<Answer>, list: List) {
  const given = await answer;
  for (const [key, value] of Object.entries(given)) {
    if (/^(next)?(token|marker)$|^isTruncated$/i.test(key) && value)
      throw new Error(`an answer has a second page: ${key}`);
  }
  return (given[list] ?? []) as Item<Answer, List>[];
}

/** Ids of an answer's items. */
async function ids<Answer extends object, List extends keyof Answer>(
  answer: Promise<Answer>,
  list: List,
  id: keyof Item<Answer, List>,
): Promise<string[]> {
  return (await items(answer, list)).map((item) => {
    if (typeof item[id] !== 'string') throw new Error(`an answer holds something without ${String(id)}`);
    return item[id];
  });
}

/** Ids of the answers for each of what was listed before. */
async function each(before: Promise<string[]>, listed: (id: string) => Promise<string[]>): Promise<string[]> {
  return (await Promise.all((await before).map(listed))).flat();
}

/** Asks every service for all that it holds. */
export async function takeListing(): Promise<Listing> {
  const { batch, cloudWatch, ec2, ecs, elb, iam, rds, route53, scaling, scheduler, sns } = sdk;
  const clusters = items(ecs.listClusters({}), 'clusterArns');
  const zones = ids(route53.listHostedZones({}), 'HostedZones', 'Id');
  const ofEcs = { ServiceNamespace: 'ecs' as const };
  const endpoints = items(ec2.describeVpcEndpoints({}), 'VpcEndpoints');
  const asked: Readonly<Record<string, Promise<string[]>>> = {
    'AWS::EC2::VPC': ids(ec2.describeVpcs({}), 'Vpcs', 'VpcId'),
    'AWS::EC2::Subnet': ids(ec2.describeSubnets({}), 'Subnets', 'SubnetId'),
    'AWS::EC2::RouteTable': ids(ec2.describeRouteTables({}), 'RouteTables', 'RouteTableId'),
    'AWS::EC2::InternetGateway': ids(ec2.describeInternetGateways({}), 'InternetGateways', 'InternetGatewayId'),
    'AWS::EC2::SecurityGroup': ids(ec2.describeSecurityGroups({}), 'SecurityGroups', 'GroupId'),
    'AWS::EC2::VPCEndpoint': endpoints.then((found) =>
      found.flatMap(({ State, VpcEndpointId = '' }) => (String(State) === 'deleted' ? [] : [VpcEndpointId])),
    ),
    'AWS::EC2::NatGateway': ids(ec2.describeNatGateways({}), 'NatGateways', 'NatGatewayId'),
    'AWS::EC2::NetworkInterface': ids(ec2.describeNetworkInterfaces({}), 'NetworkInterfaces', 'NetworkInterfaceId'),
    'AWS::EC2::EIP': ids(ec2.describeAddresses({}), 'Addresses', 'AllocationId'),
    'AWS::ElasticLoadBalancingV2::LoadBalancer': ids(elb.describeLoadBalancers({}), 'LoadBalancers', 'LoadBalancerArn'),
    'AWS::ElasticLoadBalancingV2::TargetGroup': ids(elb.describeTargetGroups({}), 'TargetGroups', 'TargetGroupArn'),
    'AWS::CertificateManager::Certificate': ids(
      sdk.acm.listCertificates({}),
      'CertificateSummaryList',
      'CertificateArn',
    ),
    'AWS::Route53::RecordSet': each(zones, async (HostedZoneId) =>
      (await items(route53.listResourceRecordSets({ HostedZoneId }), 'ResourceRecordSets'))
        .filter(({ Type }) => Type !== 'NS' && Type !== 'SOA')
        .map(({ Name = '' }) => Name.replace(/\.$/, '')),
    ),
    'AWS::RDS::DBInstance': ids(rds.describeDBInstances({}), 'DBInstances', 'DBInstanceIdentifier'),
    'AWS::RDS::DBSubnetGroup': ids(rds.describeDBSubnetGroups({}), 'DBSubnetGroups', 'DBSubnetGroupName'),
    'a snapshot of a database': ids(rds.describeDBSnapshots({}), 'DBSnapshots', 'DBSnapshotIdentifier'),
    'AWS::S3::Bucket': ids(sdk.s3.listBuckets({}), 'Buckets', 'Name'),
    'AWS::ECR::Repository': ids(sdk.ecr.describeRepositories({}), 'repositories', 'repositoryName'),
    // A secret whose deletion is planned only still blocks its name.
    'AWS::SecretsManager::Secret': ids(
      sdk.secrets.listSecrets({ IncludePlannedDeletion: true, MaxResults: 100 }),
      'SecretList',
      'ARN',
    ),
    'AWS::SSM::Parameter': ids(sdk.ssm.describeParameters({ MaxResults: 50 }), 'Parameters', 'Name'),
    'AWS::ECS::Cluster': clusters.then((arns) => arns.map((arn) => arn.split('/').at(-1) ?? arn)),
    'AWS::ECS::Service': each(clusters, (cluster) => items(ecs.listServices({ cluster }), 'serviceArns')),
    // A revision that is no longer active costs nothing, and ECS keeps it for ever.
    'AWS::ECS::TaskDefinition': items(ecs.listTaskDefinitions({ status: 'ACTIVE' }), 'taskDefinitionArns'),
    'AWS::ApplicationAutoScaling::ScalableTarget': items(
      scaling.describeScalableTargets(ofEcs),
      'ScalableTargets',
    ).then((found) => found.map((it) => [it.ResourceId, it.ScalableDimension, it.ServiceNamespace].join('|'))),
    'AWS::ApplicationAutoScaling::ScalingPolicy': ids(
      scaling.describeScalingPolicies(ofEcs),
      'ScalingPolicies',
      'PolicyARN',
    ),
    'AWS::Batch::ComputeEnvironment': ids(
      batch.describeComputeEnvironments({}),
      'computeEnvironments',
      'computeEnvironmentArn',
    ),
    'AWS::Batch::JobQueue': ids(batch.describeJobQueues({}), 'jobQueues', 'jobQueueArn'),
    'AWS::Batch::JobDefinition': ids(
      batch.describeJobDefinitions({ status: 'ACTIVE' }),
      'jobDefinitions',
      'jobDefinitionArn',
    ),
    'AWS::Lambda::Function': ids(sdk.lambda.listFunctions({}), 'Functions', 'FunctionName'),
    'AWS::IAM::Role': ids(iam.listRoles({ MaxItems: 1000 }), 'Roles', 'RoleName'),
    'AWS::IAM::ManagedPolicy': ids(iam.listPolicies({ Scope: 'Local', MaxItems: 1000 }), 'Policies', 'Arn'),
    'AWS::IAM::InstanceProfile': ids(iam.listInstanceProfiles({}), 'InstanceProfiles', 'Arn'),
    'AWS::IAM::OIDCProvider': ids(iam.listOpenIDConnectProviders({}), 'OpenIDConnectProviderList', 'Arn'),
    'AWS::IAM::User': ids(iam.listUsers({}), 'Users', 'UserName'),
    'AWS::CloudFormation::Stack': ids(sdk.cloudFormation.describeStacks({}), 'Stacks', 'StackName'),
    'AWS::Logs::LogGroup': ids(sdk.logs.describeLogGroups({}), 'logGroups', 'logGroupName'),
    'AWS::CloudWatch::Alarm': ids(cloudWatch.describeAlarms({}), 'MetricAlarms', 'AlarmName'),
    'AWS::CloudWatch::Dashboard': ids(cloudWatch.listDashboards({}), 'DashboardEntries', 'DashboardName'),
    'AWS::SNS::Topic': ids(sns.listTopics({}), 'Topics', 'TopicArn'),
    'AWS::SNS::Subscription': ids(sns.listSubscriptions({}), 'Subscriptions', 'SubscriptionArn'),
    'AWS::Budgets::Budget': ids(sdk.budgets.describeBudgets({ AccountId: LOCAL_ACCOUNT }), 'Budgets', 'BudgetName'),
    'AWS::Events::Rule': ids(sdk.events.listRules({}), 'Rules', 'Name'),
    'AWS::Scheduler::Schedule': ids(scheduler.listSchedules({}), 'Schedules', 'Name'),
    'AWS::Scheduler::ScheduleGroup': ids(scheduler.listScheduleGroups({}), 'ScheduleGroups', 'Name'),
  };
  const entries = Object.entries(asked).map(async ([type, found]) => [type, (await found).sort()] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Resources of the one that the other lacks, a line each. */
export function beyond(listing: Listing, baseline: Listing): string[] {
  return Object.entries(listing).flatMap(([type, ids]) =>
    ids.filter((id) => !baseline[type]?.includes(id)).map((id) => `${type} ${id}`),
  );
}
