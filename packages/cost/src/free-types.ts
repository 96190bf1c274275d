import type { CostWords } from './words';

/** Reason for which a resource costs nothing by itself: the key of its words. */
type FreeReason = keyof CostWords['free'];

/** Types of resources that cost nothing by themselves, for one reason. */
interface FreeTypes {
  readonly reason: FreeReason;
  readonly types: readonly string[];
}

const FREE_TYPES: readonly FreeTypes[] = [
  {
    reason: 'notCharged',
    types: [
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
  },
  {
    reason: 'partOfLoadBalancer',
    types: [
      'AWS::ElasticLoadBalancingV2::Listener',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      'AWS::ElasticLoadBalancingV2::TargetGroup',
    ],
  },
  {
    reason: 'partOfFirewall',
    types: ['AWS::WAFv2::LoggingConfiguration', 'AWS::WAFv2::WebACLAssociation'],
  },
  {
    reason: 'runs',
    types: ['AWS::Batch::ComputeEnvironment', 'AWS::Batch::JobQueue', 'AWS::ECS::TaskDefinition'],
  },
  {
    reason: 'events',
    types: ['AWS::Events::Rule', 'AWS::SNS::Topic'],
  },
];

/** A type of custom resource: the Lambda function that creates it is charged. */
const CUSTOM_RESOURCE = /^(Custom::.*|AWS::CloudFormation::CustomResource)$/;

/** Reason for which a type of resource costs nothing by itself; `undefined` if it may cost something. */
export function reasonForFree(type: string): FreeReason | undefined {
  if (CUSTOM_RESOURCE.test(type)) return 'customResource';
  return FREE_TYPES.find(({ types }) => types.includes(type))?.reason;
}
