/** The types of resources that cost nothing by themselves, and why. */
const REASONS: readonly (readonly [why: string, types: readonly string[]])[] = [
  [
    'AWS does not charge for it',
    [
      'AWS::ApplicationAutoScaling::ScalableTarget',
      'AWS::Budgets::Budget',
      'AWS::CertificateManager::Certificate',
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
    ],
  ],
  [
    'a part of the load balancer',
    [
      'AWS::ElasticLoadBalancingV2::Listener',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      'AWS::ElasticLoadBalancingV2::TargetGroup',
    ],
  ],
  ['what runs by it costs', ['AWS::ECS::TaskDefinition', 'AWS::Batch::ComputeEnvironment', 'AWS::Batch::JobQueue']],
  ["AWS's own events are free, and so is a topic without messages", ['AWS::Events::Rule', 'AWS::SNS::Topic']],
];

const BY_TYPE = new Map(REASONS.flatMap(([why, types]) => types.map((type) => [type, why] as const)));

/** Why a type of resource costs nothing by itself; `undefined` if it may cost. */
export function whyFree(type: string): string | undefined {
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return 'its function costs';
  return BY_TYPE.get(type);
}
