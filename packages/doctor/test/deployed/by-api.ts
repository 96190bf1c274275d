import { balancing, batch, ec2, iam, s3, scaling, sns } from '../health/clients';

/** Properties of the template that name other resources. */
interface References {
  readonly DestinationCidrBlock: string;
  readonly GroupId: string;
  readonly PolicyName: string;
  readonly Roles: readonly string[];
  readonly RouteTableId: string;
  readonly RouteTableIds: readonly string[];
  readonly Topics: readonly string[];
}

/** Changes or deletes a resource by the API of its service. */
type ApiCall = (physicalId: string, properties: References) => Promise<unknown>;

/** A change of a resource by hand. */
interface ChangeByApi {
  readonly change: ApiCall;
  /** Each property that the change concerns, as the report names it. */
  readonly says: readonly RegExp[];
}

/** The web service, as its scaling names it. */
const SERVICE = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/prooflink-prod-cluster/prooflink-prod-service',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

/** Document of a policy that denies everything. */
const DENIAL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

async function addListenerRule(ListenerArn: string, Priority: number): Promise<void> {
  await balancing.createRule({
    ListenerArn,
    Priority,
    Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
  });
}

async function otherRouteTable(ownTableId: string): Promise<string> {
  const { RouteTables = [] } = await ec2.describeRouteTables({});
  const otherTable = RouteTables.find(({ RouteTableId }) => RouteTableId !== ownTableId);
  return otherTable?.RouteTableId ?? '';
}

/** A change of a resource of each type by its API. */
export const CHANGE: Readonly<Record<string, ChangeByApi>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    change: () => scaling.registerScalableTarget({ ...SERVICE, MinCapacity: 3 }),
    says: [/: MinCapacity `2` → `3`$/],
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    change: (_, { PolicyName }) =>
      scaling.putScalingPolicy({
        ...SERVICE,
        PolicyName,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' },
          TargetValue: 99,
        },
      }),
    says: [/PredefinedMetricType /, /\.TargetValue `60` → `99`$/],
  },
  'AWS::Batch::JobQueue': {
    change: (jobQueue) => batch.updateJobQueue({ jobQueue, state: 'DISABLED' }),
    says: [/: State `ENABLED` → `DISABLED`$/],
  },
  'AWS::EC2::SecurityGroup': {
    change: (GroupId) =>
      ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 5432,
            ToPort: 5433,
            IpRanges: [{ CidrIp: '0.0.0.0/0' }],
            Ipv6Ranges: [{ CidrIpv6: '::/0' }],
            UserIdGroupPairs: [{ GroupId }],
            PrefixListIds: [{ PrefixListId: 'pl-1' }],
          },
        ],
      }),
    says: [
      /: Ingress `not set` → `tcp 5432-5433 0\.0\.0\.0\/0`$/,
      /: Ingress `not set` → `tcp 5432-5433 ::\/0`$/,
      /: Ingress `not set` → `tcp 5432-5433 sg-\w+`$/,
      /: Ingress `not set` → `tcp 5432-5433 pl-1`$/,
    ],
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    change: async (AssociationId, { RouteTableId }) =>
      ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId: await otherRouteTable(RouteTableId) }),
    says: [/: RouteTableId /],
  },
  'AWS::EC2::VPCEndpoint': {
    change: async (VpcEndpointId, { RouteTableIds: [routeTableId = ''] }) =>
      ec2.modifyVpcEndpoint({
        VpcEndpointId,
        AddRouteTableIds: [await otherRouteTable(routeTableId)],
        RemoveRouteTableIds: [routeTableId],
        PolicyDocument: DENIAL,
      }),
    says: [/: RouteTableIds `rtb-\w+` → `rtb-\w+`$/, /: PolicyDocument\.Statement\.Effect `Allow` → `Deny`$/],
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    change: async (listener) => {
      await addListenerRule(listener, 7);
      await addListenerRule(listener, 8);
    },
    says: [
      /: Rules `not set` → `7: path-pattern \/\* → fixed-response 503`$/,
      /: Rules `not set` → `8: path-pattern \/\* → fixed-response 503`$/,
    ],
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    change: (TargetGroupArn) =>
      balancing.modifyTargetGroup({ TargetGroupArn, HealthCheckPort: '81', HealthCheckPath: '/nope' }),
    says: [/: HealthCheckPort `not set` → `81`$/, /: HealthCheckPath `\/api\/health` → `\/nope`$/],
  },
  'AWS::IAM::Policy': {
    change: (_, { Roles: [RoleName], PolicyName }) =>
      iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: DENIAL }),
    says: [/: PolicyDocument\.Statement/],
  },
  'AWS::IAM::Role': {
    change: async (RoleName) => {
      await iam.putRolePolicy({ RoleName, PolicyName: 'stop', PolicyDocument: DENIAL });
      await iam.attachRolePolicy({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
    },
    says: [/: InlinePolicies `not set` → `stop`$/, /: ManagedPolicies `not set` → `arn:.*\/AdministratorAccess`$/],
  },
  'AWS::S3::BucketPolicy': {
    change: (Bucket) => s3.putBucketPolicy({ Bucket, Policy: DENIAL }),
    says: [/: PolicyDocument\.Statement/],
  },
  // CloudWatch may not publish any more: no alarm is mailed.
  'AWS::SNS::TopicPolicy': {
    change: (_, { Topics: [TopicArn] }) =>
      sns.setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue: DENIAL }),
    says: [/: PolicyDocument\.Statement/],
  },
};

/** Deletes a resource of each type that CloudFormation does not compare by its API, in an order that AWS takes. */
export const DELETE: Readonly<Record<string, ApiCall>> = {
  'AWS::ApplicationAutoScaling::ScalingPolicy': (_, { PolicyName }) =>
    scaling.deleteScalingPolicy({ ...SERVICE, PolicyName }),
  'AWS::ApplicationAutoScaling::ScalableTarget': () => scaling.deregisterScalableTarget(SERVICE),
  'AWS::EC2::Route': (_, { RouteTableId, DestinationCidrBlock }) =>
    ec2.deleteRoute({ RouteTableId, DestinationCidrBlock }),
  'AWS::EC2::SecurityGroupIngress': (id, { GroupId }) =>
    ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [id] }),
  'AWS::EC2::SubnetRouteTableAssociation': (AssociationId) => ec2.disassociateRouteTable({ AssociationId }),
  'AWS::EC2::VPCEndpoint': (id) => ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] }),
  'AWS::IAM::Policy': (_, { Roles: [RoleName], PolicyName }) => iam.deleteRolePolicy({ RoleName, PolicyName }),
  'AWS::S3::BucketPolicy': (Bucket) => s3.deleteBucketPolicy({ Bucket }),
};
