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

const balancing = () => new ElasticLoadBalancingV2({});
const ec2 = () => new EC2({});

/** Deletes a resource of each type by its API, in an order that AWS takes. */
export const DELETE: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  'AWS::ElasticLoadBalancingV2::Listener': (ListenerArn) => balancing().deleteListener({ ListenerArn }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': async (LoadBalancerArn) => {
    const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
    await balancing().modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes });
    await balancing().deleteLoadBalancer({ LoadBalancerArn });
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': (TargetGroupArn) => balancing().deleteTargetGroup({ TargetGroupArn }),
  'AWS::ECS::Service': (service) => new ECS({}).deleteService({ cluster: service.split('/')[1], service, force: true }),
  'AWS::ECS::TaskDefinition': (taskDefinition) => new ECS({}).deregisterTaskDefinition({ taskDefinition }),
  'AWS::ECS::Cluster': (cluster) => new ECS({}).deleteCluster({ cluster }),
  'AWS::RDS::DBInstance': async (DBInstanceIdentifier) => {
    await new RDS({}).modifyDBInstance({ DBInstanceIdentifier, DeletionProtection: false });
    await new RDS({}).deleteDBInstance({ DBInstanceIdentifier, SkipFinalSnapshot: true });
  },
  'AWS::Batch::JobQueue': async (jobQueue) => {
    await new Batch({}).updateJobQueue({ jobQueue, state: 'DISABLED' });
    await new Batch({}).deleteJobQueue({ jobQueue });
  },
  'AWS::Batch::ComputeEnvironment': async (computeEnvironment) => {
    await new Batch({}).updateComputeEnvironment({ computeEnvironment, state: 'DISABLED' });
    await new Batch({}).deleteComputeEnvironment({ computeEnvironment });
  },
  'AWS::CloudWatch::Alarm': (name) => new CloudWatch({}).deleteAlarms({ AlarmNames: [name] }),
  'AWS::CloudWatch::Dashboard': (name) => new CloudWatch({}).deleteDashboards({ DashboardNames: [name] }),
  'AWS::Events::Rule': async (Name) => {
    const { Targets = [] } = await new EventBridge({}).listTargetsByRule({ Rule: Name });
    await new EventBridge({}).removeTargets({ Rule: Name, Ids: Targets.map(({ Id = '' }) => Id) });
    await new EventBridge({}).deleteRule({ Name });
  },
  'AWS::IAM::Role': async (RoleName) => {
    const { PolicyNames = [] } = await new IAM({}).listRolePolicies({ RoleName });
    for (const PolicyName of PolicyNames) await new IAM({}).deleteRolePolicy({ RoleName, PolicyName });
    await new IAM({}).deleteRole({ RoleName });
  },
  'AWS::Lambda::Function': (FunctionName) => new Lambda({}).deleteFunction({ FunctionName }),
  'AWS::Logs::LogGroup': (logGroupName) => new CloudWatchLogs({}).deleteLogGroup({ logGroupName }),
  'AWS::ECR::Repository': (repositoryName) => new ECR({}).deleteRepository({ repositoryName, force: true }),
  'AWS::S3::Bucket': async (Bucket) => {
    const s3 = new S3({ forcePathStyle: true });
    const { Versions = [] } = await s3.listObjectVersions({ Bucket });
    for (const { Key, VersionId } of Versions) await s3.deleteObject({ Bucket, Key, VersionId });
    await s3.deleteBucket({ Bucket });
  },
  'AWS::SNS::Topic': (TopicArn) => new SNS({}).deleteTopic({ TopicArn }),
  'AWS::EC2::VPCEndpoint': async () => {
    // One that was made anew has another id than the stack's.
    const { VpcEndpoints = [] } = await ec2().describeVpcEndpoints({});
    const there = VpcEndpoints.filter(({ State = '' }) => /^available$/i.test(State)).map(
      ({ VpcEndpointId = '' }) => VpcEndpointId,
    );
    await ec2().deleteVpcEndpoints({ VpcEndpointIds: there });
  },
  'AWS::EC2::InternetGateway': async (InternetGatewayId) => {
    const { InternetGateways: [it] = [] } = await ec2().describeInternetGateways({
      InternetGatewayIds: [InternetGatewayId],
    });
    await ec2().detachInternetGateway({ InternetGatewayId, VpcId: it?.Attachments?.[0]?.VpcId });
    await ec2().deleteInternetGateway({ InternetGatewayId });
  },
  'AWS::EC2::RouteTable': async (RouteTableId) => {
    const { RouteTables: [it] = [] } = await ec2().describeRouteTables({ RouteTableIds: [RouteTableId] });
    for (const { RouteTableAssociationId: AssociationId } of it?.Associations ?? [])
      await ec2().disassociateRouteTable({ AssociationId });
    await ec2().deleteRouteTable({ RouteTableId });
  },
  'AWS::EC2::Subnet': (SubnetId) => ec2().deleteSubnet({ SubnetId }),
  'AWS::EC2::SecurityGroup': (GroupId) => ec2().deleteSecurityGroup({ GroupId }),
  'AWS::EC2::VPC': (VpcId) => ec2().deleteVpc({ VpcId }),
};
