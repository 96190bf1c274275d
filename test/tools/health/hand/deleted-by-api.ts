import { SERVICE, type TemplateNames } from './changed-by-api';
import { balancing, batch, cloudWatch, ec2, ecr, ecs, events, iam, lambda } from '../clients';
import { logs, rds, s3, scaling, scheduler, secrets, sns } from '../clients';

type Delete = (id: string, own: TemplateNames) => Promise<unknown>;

/** Deletes a resource of each type by its API, in an order that AWS takes; `own` are the template's properties. */
export const DELETE: Readonly<Record<string, Delete>> = {
  'AWS::ApplicationAutoScaling::ScalingPolicy': (_, { PolicyName }) =>
    scaling.deleteScalingPolicy({ ...SERVICE, PolicyName }),
  'AWS::ApplicationAutoScaling::ScalableTarget': () => scaling.deregisterScalableTarget(SERVICE),
  'AWS::Batch::JobDefinition': (jobDefinition) => batch.deregisterJobDefinition({ jobDefinition }),
  'AWS::EC2::Route': (_, { RouteTableId, DestinationCidrBlock }) =>
    ec2.deleteRoute({ RouteTableId, DestinationCidrBlock }),
  'AWS::EC2::SecurityGroupIngress': (id, { GroupId }) =>
    ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [id] }),
  'AWS::EC2::SubnetRouteTableAssociation': (AssociationId) => ec2.disassociateRouteTable({ AssociationId }),
  'AWS::EC2::VPCEndpoint': async (_, { VpcId }) => {
    // One that was made anew has another id than the stack's.
    const Filters = Object.entries({ 'vpc-id': VpcId, 'vpc-endpoint-state': 'available' });
    const wanted = { Filters: Filters.map(([Name, value]) => ({ Name, Values: [value] })) };
    const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints(wanted);
    await ec2.deleteVpcEndpoints({ VpcEndpointIds: VpcEndpoints.map(({ VpcEndpointId = '' }) => VpcEndpointId) });
  },
  'AWS::EC2::VPCGatewayAttachment': (_, { InternetGatewayId, VpcId }) =>
    ec2.detachInternetGateway({ InternetGatewayId, VpcId }),
  'AWS::IAM::Policy': (_, { Roles: [RoleName], PolicyName }) => iam.deleteRolePolicy({ RoleName, PolicyName }),
  'AWS::S3::BucketPolicy': (Bucket) => s3.deleteBucketPolicy({ Bucket }),
  'AWS::Scheduler::Schedule': (Name) => scheduler.deleteSchedule({ Name }),
  'AWS::SecretsManager::Secret': (SecretId) => secrets.deleteSecret({ SecretId }),
  'AWS::SNS::Subscription': (SubscriptionArn) => sns.unsubscribe({ SubscriptionArn }),
  'AWS::ElasticLoadBalancingV2::Listener': (ListenerArn) => balancing.deleteListener({ ListenerArn }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': async (LoadBalancerArn) => {
    const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
    await balancing.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes });
    await balancing.deleteLoadBalancer({ LoadBalancerArn });
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': (TargetGroupArn) => balancing.deleteTargetGroup({ TargetGroupArn }),
  'AWS::ECS::Service': (service) => ecs.deleteService({ cluster: service.split('/')[1], service, force: true }),
  'AWS::ECS::TaskDefinition': (taskDefinition) => ecs.deregisterTaskDefinition({ taskDefinition }),
  'AWS::ECS::Cluster': (cluster) => ecs.deleteCluster({ cluster }),
  'AWS::RDS::DBInstance': async (DBInstanceIdentifier) => {
    await rds.modifyDBInstance({ DBInstanceIdentifier, DeletionProtection: false });
    await rds.deleteDBInstance({ DBInstanceIdentifier, SkipFinalSnapshot: true });
  },
  'AWS::Batch::JobQueue': async (jobQueue) => {
    await batch.updateJobQueue({ jobQueue, state: 'DISABLED' });
    await batch.deleteJobQueue({ jobQueue });
  },
  'AWS::Batch::ComputeEnvironment': async (computeEnvironment) => {
    await batch.updateComputeEnvironment({ computeEnvironment, state: 'DISABLED' });
    await batch.deleteComputeEnvironment({ computeEnvironment });
  },
  'AWS::CloudWatch::Alarm': (name) => cloudWatch.deleteAlarms({ AlarmNames: [name] }),
  'AWS::CloudWatch::Dashboard': (name) => cloudWatch.deleteDashboards({ DashboardNames: [name] }),
  'AWS::Events::Rule': async (Name) => {
    const { Targets = [] } = await events.listTargetsByRule({ Rule: Name });
    await events.removeTargets({ Rule: Name, Ids: Targets.map(({ Id = '' }) => Id) });
    await events.deleteRule({ Name });
  },
  'AWS::IAM::Role': async (RoleName) => {
    const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
    for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({ RoleName, PolicyName });
    await iam.deleteRole({ RoleName });
  },
  'AWS::Lambda::Function': (FunctionName) => lambda.deleteFunction({ FunctionName }),
  'AWS::Logs::LogGroup': (logGroupName) => logs.deleteLogGroup({ logGroupName }),
  'AWS::ECR::Repository': (repositoryName) => ecr.deleteRepository({ repositoryName, force: true }),
  'AWS::S3::Bucket': async (Bucket) => {
    const { Versions = [] } = await s3.listObjectVersions({ Bucket });
    for (const { Key, VersionId } of Versions) await s3.deleteObject({ Bucket, Key, VersionId });
    await s3.deleteBucket({ Bucket });
  },
  'AWS::SNS::Topic': (TopicArn) => sns.deleteTopic({ TopicArn }),
  'AWS::EC2::InternetGateway': async (InternetGatewayId) => {
    const wanted = { InternetGatewayIds: [InternetGatewayId] };
    const { InternetGateways: [it] = [] } = await ec2.describeInternetGateways(wanted);
    await ec2.detachInternetGateway({ InternetGatewayId, VpcId: it?.Attachments?.[0]?.VpcId });
    await ec2.deleteInternetGateway({ InternetGatewayId });
  },
  'AWS::EC2::RouteTable': async (RouteTableId) => {
    const { RouteTables: [it] = [] } = await ec2.describeRouteTables({ RouteTableIds: [RouteTableId] });
    for (const { RouteTableAssociationId: AssociationId } of it?.Associations ?? [])
      await ec2.disassociateRouteTable({ AssociationId });
    await ec2.deleteRouteTable({ RouteTableId });
  },
  'AWS::EC2::Subnet': (SubnetId) => ec2.deleteSubnet({ SubnetId }),
  'AWS::EC2::SecurityGroup': (GroupId) => ec2.deleteSecurityGroup({ GroupId }),
  'AWS::EC2::VPC': (VpcId) => ec2.deleteVpc({ VpcId }),
};
