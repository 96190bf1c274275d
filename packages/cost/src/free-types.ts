/** Types of resources that cost nothing by themselves. */
const FREE_TYPES: ReadonlySet<string> = new Set([
  // A note of the CDK on itself, which deploys nothing.
  'AWS::CDK::Metadata',
  'AWS::ApplicationAutoScaling::ScalableTarget',
  // The vault's snapshots and the restored copies cost.
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::RestoreTestingPlan',
  'AWS::Budgets::Budget',
  'AWS::CertificateManager::Certificate',
  'AWS::Chatbot::SlackChannelConfiguration',
  'AWS::CloudFront::VpcOrigin',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::Lambda::Permission',
  'AWS::RDS::DBParameterGroup',
  'AWS::RDS::DBSubnetGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::SecretTargetAttachment',
  // Parts of the load balancer and of the firewall.
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
  // Tasks and jobs that run by them cost.
  'AWS::Batch::ComputeEnvironment',
  'AWS::Batch::JobQueue',
  'AWS::ECS::TaskDefinition',
  // AWS's own events are free, and so is a topic without messages.
  'AWS::Events::Rule',
  'AWS::SNS::Topic',
]);

/** A type of custom resource: the Lambda function that creates it is charged. */
const CUSTOM_RESOURCE = /^(Custom::.*|AWS::CloudFormation::CustomResource)$/;

export function isFree(type: string): boolean {
  return FREE_TYPES.has(type) || CUSTOM_RESOURCE.test(type);
}
