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

/** Physical ids of all resources of each type, once the service has answered. */
type IdsByType = Readonly<Record<string, Promise<string[]>>>;

/** Items of all lists of an answer. One with a next page is refused: its items would be missed. */
async function items(answer: Promise<object>): Promise<Item[]> {
  const fields = Object.entries(await answer);
  const nextPage = fields.find(([key, value]) => /^(next)?(token|marker)$|^isTruncated$/i.test(key) && value);
  if (nextPage) throw new Error(`an answer has a second page: ${nextPage[0]}`);
  return fields.flatMap(([, value]) => (Array.isArray(value) ? (value as Item[]) : []));
}

/** Text of an item's field, which it must have. */
function textOf(item: Item, field: string): string {
  const value = item[field];
  if (typeof value !== 'string') throw new Error(`an answer has an item without ${field}`);
  return value;
}

/** Ids of an answer's items, by the field that has them. */
async function ids(answer: Promise<object>, field: string): Promise<string[]> {
  const listed = await items(answer);
  return listed.map((item) => textOf(item, field));
}

/** Items of an answer that are ids themselves. */
async function bareIds(answer: Promise<object>): Promise<string[]> {
  const listed: readonly unknown[] = await items(answer);
  if (!listed.every((item) => typeof item === 'string')) throw new Error('an answer has an item that is no id');
  return listed as string[];
}

/** Ids that a service lists for each parent, such as the services of each cluster. */
async function idsPerParent(
  parents: Promise<string[]>,
  list: (parent: string) => Promise<string[]>,
): Promise<string[]> {
  const lists = await Promise.all((await parents).map(list));
  return lists.flat();
}

function network(): IdsByType {
  const { ec2 } = sdk;
  return {
    'AWS::EC2::VPC': ids(ec2.describeVpcs({}), 'VpcId'),
    'AWS::EC2::Subnet': ids(ec2.describeSubnets({}), 'SubnetId'),
    'AWS::EC2::RouteTable': ids(ec2.describeRouteTables({}), 'RouteTableId'),
    'AWS::EC2::InternetGateway': ids(ec2.describeInternetGateways({}), 'InternetGatewayId'),
    'AWS::EC2::SecurityGroup': ids(ec2.describeSecurityGroups({}), 'GroupId'),
    'AWS::EC2::VPCEndpoint': vpcEndpoints(),
    'AWS::EC2::NatGateway': ids(ec2.describeNatGateways({}), 'NatGatewayId'),
    'AWS::EC2::NetworkInterface': ids(ec2.describeNetworkInterfaces({}), 'NetworkInterfaceId'),
    'AWS::EC2::EIP': ids(ec2.describeAddresses({}), 'AllocationId'),
  };
}

/** EC2 lists endpoints for some time after their deletion. */
async function vpcEndpoints(): Promise<string[]> {
  const endpoints = await items(sdk.ec2.describeVpcEndpoints({}));
  const existing = endpoints.filter(({ State }) => State !== 'deleted');
  return existing.map((endpoint) => textOf(endpoint, 'VpcEndpointId'));
}

function entrance(): IdsByType {
  const { acm, elb, route53 } = sdk;
  const zones = ids(route53.listHostedZones({}), 'Id');
  return {
    'AWS::ElasticLoadBalancingV2::LoadBalancer': ids(elb.describeLoadBalancers({}), 'LoadBalancerArn'),
    'AWS::ElasticLoadBalancingV2::TargetGroup': ids(elb.describeTargetGroups({}), 'TargetGroupArn'),
    'AWS::CertificateManager::Certificate': ids(acm.listCertificates({}), 'CertificateArn'),
    'AWS::Route53::RecordSet': idsPerParent(zones, recordsOf),
  };
}

/** Names of a zone's records, but for those that every zone has. */
async function recordsOf(HostedZoneId: string): Promise<string[]> {
  const records = await items(sdk.route53.listResourceRecordSets({ HostedZoneId }));
  const added = records.filter(({ Type }) => Type !== 'NS' && Type !== 'SOA');
  return added.map((record) => textOf(record, 'Name').replace(/\.$/, ''));
}

function data(): IdsByType {
  const { ecr, rds, s3, secrets, ssm } = sdk;
  return {
    'AWS::RDS::DBInstance': ids(rds.describeDBInstances({}), 'DBInstanceIdentifier'),
    'AWS::RDS::DBSubnetGroup': ids(rds.describeDBSubnetGroups({}), 'DBSubnetGroupName'),
    'a snapshot of a database': ids(rds.describeDBSnapshots({}), 'DBSnapshotIdentifier'),
    'AWS::S3::Bucket': ids(s3.listBuckets({}), 'Name'),
    'AWS::ECR::Repository': ids(ecr.describeRepositories({}), 'repositoryName'),
    // A secret whose deletion is planned only still blocks its name.
    'AWS::SecretsManager::Secret': ids(secrets.listSecrets({ IncludePlannedDeletion: true, MaxResults: 100 }), 'ARN'),
    'AWS::SSM::Parameter': ids(ssm.describeParameters({ MaxResults: 50 }), 'Name'),
  };
}

function programs(): IdsByType {
  const { batch, ecs, lambda, scaling } = sdk;
  const clusters = bareIds(ecs.listClusters({}));
  const ServiceNamespace = 'ecs';
  return {
    'AWS::ECS::Cluster': clusters.then((arns) => arns.map((arn) => arn.split('/').at(-1) ?? arn)),
    'AWS::ECS::Service': idsPerParent(clusters, (cluster) => bareIds(ecs.listServices({ cluster }))),
    // A revision that is no longer active costs nothing, and ECS keeps it for ever.
    'AWS::ECS::TaskDefinition': bareIds(ecs.listTaskDefinitions({ status: 'ACTIVE' })),
    'AWS::ApplicationAutoScaling::ScalableTarget': scalableTargets(ServiceNamespace),
    'AWS::ApplicationAutoScaling::ScalingPolicy': ids(
      scaling.describeScalingPolicies({ ServiceNamespace }),
      'PolicyARN',
    ),
    'AWS::Batch::ComputeEnvironment': ids(batch.describeComputeEnvironments({}), 'computeEnvironmentArn'),
    'AWS::Batch::JobQueue': ids(batch.describeJobQueues({}), 'jobQueueArn'),
    'AWS::Batch::JobDefinition': ids(batch.describeJobDefinitions({ status: 'ACTIVE' }), 'jobDefinitionArn'),
    'AWS::Lambda::Function': ids(lambda.listFunctions({}), 'FunctionName'),
  };
}

/** CloudFormation joins three fields to the physical id of a scalable target. */
async function scalableTargets(ServiceNamespace: 'ecs'): Promise<string[]> {
  const targets = await items(sdk.scaling.describeScalableTargets({ ServiceNamespace }));
  const fieldsOfId = ['ResourceId', 'ScalableDimension', 'ServiceNamespace'];
  return targets.map((target) => fieldsOfId.map((field) => textOf(target, field)).join('|'));
}

function access(): IdsByType {
  const { iam } = sdk;
  return {
    'AWS::IAM::Role': ids(iam.listRoles({ MaxItems: 1000 }), 'RoleName'),
    'AWS::IAM::ManagedPolicy': ids(iam.listPolicies({ Scope: 'Local', MaxItems: 1000 }), 'Arn'),
    'AWS::IAM::InstanceProfile': ids(iam.listInstanceProfiles({}), 'Arn'),
    'AWS::IAM::OIDCProvider': ids(iam.listOpenIDConnectProviders({}), 'Arn'),
    'AWS::IAM::User': ids(iam.listUsers({}), 'UserName'),
  };
}

function operations(): IdsByType {
  const { budgets, cloudFormation, cloudWatch, events, logs, scheduler, sns } = sdk;
  return {
    'AWS::CloudFormation::Stack': ids(cloudFormation.describeStacks({}), 'StackName'),
    'AWS::Logs::LogGroup': ids(logs.describeLogGroups({}), 'logGroupName'),
    'AWS::CloudWatch::Alarm': ids(cloudWatch.describeAlarms({}), 'AlarmName'),
    'AWS::CloudWatch::Dashboard': ids(cloudWatch.listDashboards({}), 'DashboardName'),
    'AWS::SNS::Topic': ids(sns.listTopics({}), 'TopicArn'),
    'AWS::SNS::Subscription': ids(sns.listSubscriptions({}), 'SubscriptionArn'),
    'AWS::Budgets::Budget': ids(budgets.describeBudgets({ AccountId: LOCAL_ACCOUNT }), 'BudgetName'),
    'AWS::Events::Rule': ids(events.listRules({}), 'Name'),
    'AWS::Scheduler::Schedule': ids(scheduler.listSchedules({}), 'Name'),
    'AWS::Scheduler::ScheduleGroup': ids(scheduler.listScheduleGroups({}), 'Name'),
  };
}

/** Asks every service for all resources of the account. */
export async function takeListing(): Promise<Listing> {
  const idsByType: IdsByType = {
    ...network(),
    ...entrance(),
    ...data(),
    ...programs(),
    ...access(),
    ...operations(),
  };
  const entries = Object.entries(idsByType).map(async ([type, physicalIds]) => {
    return [type, (await physicalIds).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Type of a resource's line in a list of added resources, `AWS::S3::Bucket prooflink-dev-files`. */
export function typeOf(line: string): string {
  return line.split(' ')[0] ?? '';
}

/** Resources that a listing has, and the baseline lacks: a line each, with type and physical id. */
export function addedResources(listing: Listing, baseline: Listing): string[] {
  return Object.entries(listing).flatMap(([type, physicalIds]) => {
    const added = physicalIds.filter((id) => !baseline[type]?.includes(id));
    return added.map((id) => `${type} ${id}`);
  });
}
