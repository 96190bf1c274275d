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

type Item = Readonly<Record<string, unknown>>;

/** Items of all lists of an answer. One with a next page is refused: its items would be missed. */
async function items(answer: Promise<object>): Promise<Item[]> {
  const fields = Object.entries(await answer);
  const nextPage = fields.find(([key, value]) => /^(next)?(token|marker)$|^isTruncated$/i.test(key) && value);
  if (nextPage) throw new Error(`an answer has a second page: ${nextPage[0]}`);
  return fields.flatMap(([, value]) => (Array.isArray(value) ? (value as Item[]) : []));
}

/** Ids of an answer's items, which are ids themselves unless they have them by a key, or by several. */
async function ids(answer: Promise<object>, ...keys: string[]): Promise<string[]> {
  return (await items(answer)).map((item) => {
    const parts = keys.length > 0 ? keys.map((key) => item[key]) : [item];
    if (!parts.every((part) => typeof part === 'string')) {
      throw new Error(`an answer has an item without ${keys.join()}`);
    }
    return parts.join('|');
  });
}

/** Ids of the answers for each of what was listed before. */
async function each(before: Promise<string[]>, listed: (id: string) => Promise<string[]>): Promise<string[]> {
  return (await Promise.all((await before).map(listed))).flat();
}

/** Asks every service for all that it holds. */
export async function takeListing(): Promise<Listing> {
  const { batch, cloudWatch, ec2, ecs, elb, iam, rds, route53, scaling, scheduler, sns } = sdk;
  const clusters = ids(ecs.listClusters({}));
  const zones = ids(route53.listHostedZones({}), 'Id');
  const ServiceNamespace = 'ecs';
  const idsByType: Readonly<Record<string, Promise<string[]>>> = {
    'AWS::EC2::VPC': ids(ec2.describeVpcs({}), 'VpcId'),
    'AWS::EC2::Subnet': ids(ec2.describeSubnets({}), 'SubnetId'),
    'AWS::EC2::RouteTable': ids(ec2.describeRouteTables({}), 'RouteTableId'),
    'AWS::EC2::InternetGateway': ids(ec2.describeInternetGateways({}), 'InternetGatewayId'),
    'AWS::EC2::SecurityGroup': ids(ec2.describeSecurityGroups({}), 'GroupId'),
    'AWS::EC2::VPCEndpoint': items(ec2.describeVpcEndpoints({})).then((endpoints) =>
      endpoints.filter(({ State }) => State !== 'deleted').map(({ VpcEndpointId }) => String(VpcEndpointId)),
    ),
    'AWS::EC2::NatGateway': ids(ec2.describeNatGateways({}), 'NatGatewayId'),
    'AWS::EC2::NetworkInterface': ids(ec2.describeNetworkInterfaces({}), 'NetworkInterfaceId'),
    'AWS::EC2::EIP': ids(ec2.describeAddresses({}), 'AllocationId'),
    'AWS::ElasticLoadBalancingV2::LoadBalancer': ids(elb.describeLoadBalancers({}), 'LoadBalancerArn'),
    'AWS::ElasticLoadBalancingV2::TargetGroup': ids(elb.describeTargetGroups({}), 'TargetGroupArn'),
    'AWS::CertificateManager::Certificate': ids(sdk.acm.listCertificates({}), 'CertificateArn'),
    'AWS::Route53::RecordSet': each(zones, async (HostedZoneId) =>
      (await items(route53.listResourceRecordSets({ HostedZoneId })))
        .filter(({ Type }) => Type !== 'NS' && Type !== 'SOA')
        .map(({ Name }) => String(Name).replace(/\.$/, '')),
    ),
    'AWS::RDS::DBInstance': ids(rds.describeDBInstances({}), 'DBInstanceIdentifier'),
    'AWS::RDS::DBSubnetGroup': ids(rds.describeDBSubnetGroups({}), 'DBSubnetGroupName'),
    'a snapshot of a database': ids(rds.describeDBSnapshots({}), 'DBSnapshotIdentifier'),
    'AWS::S3::Bucket': ids(sdk.s3.listBuckets({}), 'Name'),
    'AWS::ECR::Repository': ids(sdk.ecr.describeRepositories({}), 'repositoryName'),
    // A secret whose deletion is planned only still blocks its name.
    'AWS::SecretsManager::Secret': ids(
      sdk.secrets.listSecrets({ IncludePlannedDeletion: true, MaxResults: 100 }),
      'ARN',
    ),
    'AWS::SSM::Parameter': ids(sdk.ssm.describeParameters({ MaxResults: 50 }), 'Name'),
    'AWS::ECS::Cluster': clusters.then((arns) => arns.map((arn) => arn.split('/').at(-1) ?? arn)),
    'AWS::ECS::Service': each(clusters, (cluster) => ids(ecs.listServices({ cluster }))),
    // A revision that is no longer active costs nothing, and ECS keeps it for ever.
    'AWS::ECS::TaskDefinition': ids(ecs.listTaskDefinitions({ status: 'ACTIVE' })),
    'AWS::ApplicationAutoScaling::ScalableTarget': ids(
      scaling.describeScalableTargets({ ServiceNamespace }),
      'ResourceId',
      'ScalableDimension',
      'ServiceNamespace',
    ),
    'AWS::ApplicationAutoScaling::ScalingPolicy': ids(
      scaling.describeScalingPolicies({ ServiceNamespace }),
      'PolicyARN',
    ),
    'AWS::Batch::ComputeEnvironment': ids(batch.describeComputeEnvironments({}), 'computeEnvironmentArn'),
    'AWS::Batch::JobQueue': ids(batch.describeJobQueues({}), 'jobQueueArn'),
    'AWS::Batch::JobDefinition': ids(batch.describeJobDefinitions({ status: 'ACTIVE' }), 'jobDefinitionArn'),
    'AWS::Lambda::Function': ids(sdk.lambda.listFunctions({}), 'FunctionName'),
    'AWS::IAM::Role': ids(iam.listRoles({ MaxItems: 1000 }), 'RoleName'),
    'AWS::IAM::ManagedPolicy': ids(iam.listPolicies({ Scope: 'Local', MaxItems: 1000 }), 'Arn'),
    'AWS::IAM::InstanceProfile': ids(iam.listInstanceProfiles({}), 'Arn'),
    'AWS::IAM::OIDCProvider': ids(iam.listOpenIDConnectProviders({}), 'Arn'),
    'AWS::IAM::User': ids(iam.listUsers({}), 'UserName'),
    'AWS::CloudFormation::Stack': ids(sdk.cloudFormation.describeStacks({}), 'StackName'),
    'AWS::Logs::LogGroup': ids(sdk.logs.describeLogGroups({}), 'logGroupName'),
    'AWS::CloudWatch::Alarm': ids(cloudWatch.describeAlarms({}), 'AlarmName'),
    'AWS::CloudWatch::Dashboard': ids(cloudWatch.listDashboards({}), 'DashboardName'),
    'AWS::SNS::Topic': ids(sns.listTopics({}), 'TopicArn'),
    'AWS::SNS::Subscription': ids(sns.listSubscriptions({}), 'SubscriptionArn'),
    'AWS::Budgets::Budget': ids(sdk.budgets.describeBudgets({ AccountId: LOCAL_ACCOUNT }), 'BudgetName'),
    'AWS::Events::Rule': ids(sdk.events.listRules({}), 'Name'),
    'AWS::Scheduler::Schedule': ids(scheduler.listSchedules({}), 'Name'),
    'AWS::Scheduler::ScheduleGroup': ids(scheduler.listScheduleGroups({}), 'Name'),
  };
  const entries = Object.entries(idsByType).map(async ([type, physicalIds]) => {
    return [type, (await physicalIds).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Resources of the one that the other lacks, a line each. */
export function beyond(listing: Listing, baseline: Listing): string[] {
  return Object.entries(listing).flatMap(([type, physicalIds]) => {
    const added = physicalIds.filter((id) => !baseline[type]?.includes(id));
    return added.map((id) => `${type} ${id}`);
  });
}
