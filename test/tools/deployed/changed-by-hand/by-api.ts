import { balancing, batch, ec2, iam, rds, s3, scaling, secrets, sns } from '../../operate/health/clients';

/** Properties of the template that name other resources. */
type Own = Readonly<
  Record<'DestinationCidrBlock' | 'GroupId' | 'InternetGatewayId' | 'PolicyName' | 'RouteTableId' | 'VpcId', string> &
    Record<'Roles' | 'RouteTableIds' | 'Topics', string[]>
>;
export type Call = (id: string, own: Own) => Promise<unknown>;

/** The web service, as its scaling names it. */
const SERVICE = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/prooflink-prod-cluster/prooflink-prod-service',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;
const SUSPENDED = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: true,
  ScheduledScalingSuspended: true,
};
const denial = { Effect: 'Deny', Action: '*', Resource: '*' };
const DENIAL = JSON.stringify({ Version: '2012-10-17', Statement: [denial] });

/** A change of each type by its API, and the properties that it changes, in the report's words. */
export const CHANGE: Readonly<Record<string, readonly [change: Call, ...says: RegExp[]]>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': [
    () => scaling.registerScalableTarget({ ...SERVICE, MinCapacity: 3, MaxCapacity: 9, SuspendedState: SUSPENDED }),
    /: min capacity `2` → `3`$/,
    /: max capacity `4` → `9`$/,
    /: suspended state dynamic scaling in suspended `false` → `true`$/,
    /: suspended state dynamic scaling out suspended `false` → `true`$/,
    /: suspended state scheduled scaling suspended `false` → `true`$/,
  ],
  'AWS::ApplicationAutoScaling::ScalingPolicy': [
    (_, { PolicyName }) =>
      scaling.putScalingPolicy({
        ...{ ...SERVICE, PolicyName, PolicyType: 'TargetTrackingScaling' },
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' },
          TargetValue: 99,
        },
      }),
    /: target .* configuration predefined metric specification predefined metric type /,
    /: target .* configuration target value `60` → `99`$/,
  ],
  'AWS::Batch::JobDefinition': [
    (id) =>
      batch.registerJobDefinition({
        ...{ jobDefinitionName: id.split('/')[1]?.split(':')[0], type: 'container' },
        containerProperties: { image: 'other', vcpus: 1, memory: 512 },
      }),
    /: revision `1` → `2`$/,
  ],
  'AWS::Batch::JobQueue': [
    (jobQueue) => batch.updateJobQueue({ jobQueue, state: 'DISABLED', priority: 9 }),
    /: state `ENABLED` → `DISABLED`$/,
    /: priority `1` → `9`$/,
  ],
  'AWS::EC2::SecurityGroup': [
    (GroupId) =>
      ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
        CidrIp: '0.0.0.0/0',
      }),
    /: ingress `not set` → `tcp 5432 from 0.0.0.0\/0`$/,
  ],
  'AWS::EC2::SubnetRouteTableAssociation': [
    async (AssociationId, own) => {
      const { RouteTables = [] } = await ec2.describeRouteTables({});
      const RouteTableId = RouteTables.find((each) => each.RouteTableId !== own.RouteTableId)?.RouteTableId;
      await ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId });
    },
    /: route table id /,
  ],
  'AWS::EC2::VPCEndpoint': [
    (VpcEndpointId, { RouteTableIds: [first = ''] }) =>
      ec2.modifyVpcEndpoint({ VpcEndpointId, RemoveRouteTableIds: [first], PolicyDocument: DENIAL }),
    /: route table ids `rtb-\w+` → `not set`$/,
    /: policy document statement effect `Allow` → `Deny`$/,
  ],
  'AWS::ElasticLoadBalancingV2::Listener': [
    (ListenerArn) =>
      balancing.createRule({
        ListenerArn,
        Priority: 7,
        Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
      }),
    /: rules `not set` → `priority 7: path-pattern \/\* → fixed-response 503`$/,
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    (TargetGroupArn) => balancing.modifyTargetGroup({ TargetGroupArn, HealthCheckPort: '81' }),
    /: health check port `traffic-port` → `81`$/,
  ],
  'AWS::IAM::Policy': [
    (_, { Roles: [RoleName], PolicyName }) => iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: DENIAL }),
    /: policy document statement /,
  ],
  'AWS::IAM::Role': [
    (RoleName) => iam.putRolePolicy({ RoleName, PolicyName: 'stop', PolicyDocument: DENIAL }),
    /: inline policies `not set` → `stop`$/,
  ],
  'AWS::RDS::DBInstance': [
    async (DBInstanceIdentifier) => {
      const DBParameterGroupName = 'by-hand';
      const DBParameterGroupFamily = 'postgres15';
      await rds.createDBParameterGroup({ DBParameterGroupName, DBParameterGroupFamily, Description: 'by hand' });
      await rds.modifyDBInstance({ DBInstanceIdentifier, DBParameterGroupName });
    },
    /: DB parameter group name `default\.postgres15` → `by-hand`$/,
  ],
  'AWS::S3::BucketPolicy': [(Bucket) => s3.putBucketPolicy({ Bucket, Policy: DENIAL }), /: policy document statement /],
  'AWS::SNS::TopicPolicy': [
    (_, { Topics: [TopicArn] }) =>
      sns.setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue: DENIAL }),
    /: policy document statement /,
  ],
  'AWS::SecretsManager::Secret': [
    (SecretId) => secrets.updateSecret({ SecretId, Description: 'other' }),
    /: description `.+` → `other`$/,
  ],
};

/** Deletes a resource of each type by its API, in an order that AWS takes. */
export const DELETE: Readonly<Record<string, Call>> = {
  'AWS::ApplicationAutoScaling::ScalingPolicy': (_, { PolicyName }) =>
    scaling.deleteScalingPolicy({ ...SERVICE, PolicyName }),
  'AWS::ApplicationAutoScaling::ScalableTarget': () => scaling.deregisterScalableTarget(SERVICE),
  'AWS::Batch::JobDefinition': (jobDefinition) => batch.deregisterJobDefinition({ jobDefinition }),
  'AWS::EC2::Route': (_, { RouteTableId, DestinationCidrBlock }) =>
    ec2.deleteRoute({ RouteTableId, DestinationCidrBlock }),
  'AWS::EC2::SecurityGroupIngress': (id, { GroupId }) =>
    ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [id] }),
  'AWS::EC2::SubnetRouteTableAssociation': (AssociationId) => ec2.disassociateRouteTable({ AssociationId }),
  'AWS::EC2::VPCEndpoint': (id) => ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] }),
  'AWS::EC2::VPCGatewayAttachment': (_, { InternetGatewayId, VpcId }) =>
    ec2.detachInternetGateway({ InternetGatewayId, VpcId }),
  'AWS::IAM::Policy': (_, { Roles: [RoleName], PolicyName }) => iam.deleteRolePolicy({ RoleName, PolicyName }),
  'AWS::S3::BucketPolicy': (Bucket) => s3.deleteBucketPolicy({ Bucket }),
  'AWS::SecretsManager::Secret': (SecretId) => secrets.deleteSecret({ SecretId }),
  'AWS::SNS::Subscription': (SubscriptionArn) => sns.unsubscribe({ SubscriptionArn }),
  'AWS::Batch::JobQueue': async (jobQueue) => {
    await batch.updateJobQueue({ jobQueue, state: 'DISABLED' });
    await batch.deleteJobQueue({ jobQueue });
  },
};
