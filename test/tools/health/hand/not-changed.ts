import { isRecord } from '@infra/common/values';

/** Paths of the values in a template; one that CloudFormation resolves is a value. */
export function leaves(value: unknown, path = ''): string[] {
  const isResolved = isRecord(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (typeof value !== 'object' || value === null || isResolved) return [path];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}/${key}`));
}

/** Properties of the templates that no API changes here, by the reason: a type, and what of it. */
const NOT_CHANGED: Readonly<Record<string, readonly string[]>> = {
  'fixed once the resource exists': [
    'AWS::Batch::ComputeEnvironment ComputeEnvironmentName ComputeResources/Type Type',
    'AWS::CloudWatch::Alarm AlarmName',
    'AWS::CloudWatch::Dashboard DashboardName',
    'AWS::EC2::RouteTable VpcId',
    'AWS::EC2::SecurityGroup GroupDescription GroupName VpcId',
    'AWS::EC2::Subnet AvailabilityZone CidrBlock VpcId',
    'AWS::EC2::VPC CidrBlock InstanceTenancy',
    'AWS::ECR::Repository RepositoryName',
    'AWS::ECS::Cluster ClusterName',
    'AWS::ECS::Service Cluster LaunchType ServiceName',
    'AWS::ECS::TaskDefinition ContainerDefinitions Cpu ExecutionRoleArn Family Memory NetworkMode RequiresCompatibilities',
    'AWS::ECS::TaskDefinition RuntimePlatform TaskRoleArn',
    'AWS::ElasticLoadBalancingV2::Listener LoadBalancerArn',
    'AWS::ElasticLoadBalancingV2::LoadBalancer Name Scheme Type',
    'AWS::ElasticLoadBalancingV2::TargetGroup Name Port Protocol TargetType VpcId',
    'AWS::IAM::Role RoleName',
    'AWS::Logs::LogGroup LogGroupName',
    'AWS::RDS::DBInstance DBInstanceIdentifier DBName EngineLifecycleSupport MasterUsername StorageEncrypted',
    'AWS::S3::Bucket BucketName',
  ],
  'part of an item that is found by it': [
    'AWS::ApplicationAutoScaling::ScalingPolicy PolicyType',
    'AWS::CloudWatch::Alarm Metrics/Id',
    'AWS::ElasticLoadBalancingV2::Listener DefaultActions/Type',
    'AWS::Events::Rule Targets/Id',
    'AWS::IAM::Policy PolicyDocument/Version',
    'AWS::IAM::Role AssumeRolePolicyDocument/Version Policies/PolicyDocument/Version Policies/PolicyName',
    'AWS::S3::BucketPolicy PolicyDocument/Version',
    'AWS::SNS::TopicPolicy PolicyDocument/Statement/Sid PolicyDocument/Version',
  ],
  'names a resource of which the stack has no other one': [
    'AWS::Batch::JobQueue ComputeEnvironmentOrder',
    'AWS::Batch::ComputeEnvironment ComputeResources/SecurityGroupIds',
    'AWS::EC2::Route GatewayId',
    'AWS::EC2::VPCGatewayAttachment InternetGatewayId',
    'AWS::ECS::Service LoadBalancers NetworkConfiguration/AwsvpcConfiguration/SecurityGroups TaskDefinition',
    'AWS::ElasticLoadBalancingV2::Listener Certificates DefaultActions/TargetGroupArn Protocol',
    'AWS::ElasticLoadBalancingV2::LoadBalancer SecurityGroups Subnets',
    'AWS::Lambda::Function Role',
    'AWS::RDS::DBInstance DBSubnetGroupName VPCSecurityGroups',
  ],
  'no deploy would take it back': ['AWS::RDS::DBInstance AllocatedStorage Engine EngineVersion Port StorageType'],
  'not read back by CloudFormation, or by the local AWS': [
    'AWS::Batch::ComputeEnvironment ReplaceComputeEnvironment',
    'AWS::ECR::Repository EmptyOnDelete',
    'AWS::Lambda::Function Code LoggingConfig',
    'AWS::RDS::DBInstance DeleteAutomatedBackups MasterUserPassword',
  ],
  'says which resource a row of ours compares, or what exists as soon as it does': [
    'AWS::ApplicationAutoScaling::ScalableTarget ResourceId RoleARN ScalableDimension ServiceNamespace',
    'AWS::ApplicationAutoScaling::ScalingPolicy PolicyName ScalingTargetId',
    'AWS::Batch::JobQueue JobQueueName',
    'AWS::EC2::Route DestinationCidrBlock RouteTableId',
    'AWS::EC2::SecurityGroupIngress Description FromPort GroupId IpProtocol SourceSecurityGroupId ToPort',
    'AWS::EC2::SubnetRouteTableAssociation SubnetId',
    'AWS::EC2::VPCEndpoint ServiceName Tags VpcEndpointType VpcId',
    'AWS::EC2::VPCGatewayAttachment VpcId',
    'AWS::IAM::Policy PolicyName Roles',
    'AWS::RDS::DBSubnetGroup DBSubnetGroupDescription DBSubnetGroupName',
    'AWS::S3::BucketPolicy Bucket',
    'AWS::SNS::Subscription Endpoint Protocol TopicArn',
    'AWS::SNS::TopicPolicy Topics',
    'AWS::Scheduler::Schedule Name',
    'AWS::SecretsManager::Secret GenerateSecretString',
  ],
  'compared by its revision': [
    'AWS::Batch::JobDefinition ContainerProperties JobDefinitionName PlatformCapabilities ResourceRetentionPolicy',
    'AWS::Batch::JobDefinition Timeout Type',
  ],
  'changed by design': ['AWS::ECS::Service DesiredCount'],
};

/** The same as `AWS::EC2::VPC CidrBlock`. */
export const PARTS: readonly string[] = Object.values(NOT_CHANGED)
  .flat()
  .flatMap((row) => {
    const [type = '', ...parts] = row.split(' ');
    return parts.map((part) => `${type} ${part}`);
  });

/** Part of the list to which a path belongs, e.g. `/LoadBalancers/0/ContainerPort` to `LoadBalancers`. */
export function partOf(type: string, path: string): string | undefined {
  const plain = `${type} ${path.replace(/\/\d+/g, '').slice(1)}/`;
  return PARTS.find((part) => plain.startsWith(`${part}/`));
}
