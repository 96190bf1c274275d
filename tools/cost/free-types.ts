/** The types of resources that AWS does not charge for, by service. */
const UNCHARGED: Readonly<Record<string, readonly string[]>> = {
  ApplicationAutoScaling: ['ScalableTarget'],
  Budgets: ['Budget'],
  CertificateManager: ['Certificate'],
  EC2: [
    ...['InternetGateway', 'Route', 'RouteTable', 'SecurityGroup', 'SecurityGroupEgress', 'SecurityGroupIngress'],
    ...['Subnet', 'SubnetRouteTableAssociation', 'VPC', 'VPCGatewayAttachment'],
  ],
  IAM: ['ManagedPolicy', 'OIDCProvider', 'Policy', 'Role'],
  KMS: ['Alias'],
  Lambda: ['Permission'],
  RDS: ['DBParameterGroup', 'DBSubnetGroup'],
  S3: ['BucketPolicy'],
  SNS: ['TopicPolicy'],
  SecretsManager: ['ResourcePolicy', 'SecretTargetAttachment'],
};

/** Types that cost nothing by themselves, for another reason. */
const REASONS: readonly (readonly [type: RegExp, why: string])[] = [
  [/^(Custom::.*|AWS::CloudFormation::CustomResource)$/, 'its function costs'],
  [/^AWS::ElasticLoadBalancingV2::(Listener|ListenerRule|TargetGroup)$/, 'a part of the load balancer'],
  [/^AWS::(ECS::TaskDefinition|Batch::(ComputeEnvironment|JobQueue))$/, 'what runs by it costs'],
  [/^AWS::(Events::Rule|SNS::Topic)$/, "AWS's own events are free, and so is a topic without messages"],
];

/** Why a type of resource costs nothing by itself; `undefined` if it may cost. */
export function whyFree(type: string): string | undefined {
  const [, service = '', name = ''] = /^AWS::(\w+)::(\w+)$/.exec(type) ?? [];
  if (Object.hasOwn(UNCHARGED, service) && UNCHARGED[service]?.includes(name)) return 'AWS does not charge for it';
  return REASONS.find(([pattern]) => pattern.test(type))?.[1];
}
