import { balancing, batch, ec2, iam, rds, s3, scaling, secrets, sns } from '../../operate/health/clients';

/** Properties of the template that name other resources. */
interface References {
  readonly DestinationCidrBlock: string;
  readonly GroupId: string;
  readonly InternetGatewayId: string;
  readonly PolicyName: string;
  readonly Roles: readonly string[];
  readonly RouteTableId: string;
  readonly RouteTableIds: readonly string[];
  readonly Topics: readonly string[];
  readonly VpcId: string;
}

/** Changes or deletes a resource by the API of its service. */
export type ApiCall = (physicalId: string, properties: References) => Promise<unknown>;

/** A change of a resource by hand. */
interface ChangeByApi {
  readonly change: ApiCall;
  /** Each property that the change concerns, in the report's words. */
  readonly says: readonly RegExp[];
}

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
/** Document of a policy that denies everything. */
const DENIAL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

/** A change of each type by its API. */
export const CHANGE: Readonly<Record<string, ChangeByApi>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    change: () =>
      scaling.registerScalableTarget({ ...SERVICE, MinCapacity: 3, MaxCapacity: 9, SuspendedState: SUSPENDED }),
    says: [
      /: min capacity `2` → `3`$/,
      /: max capacity `4` → `9`$/,
      /: suspended state dynamic scaling in suspended `false` → `true`$/,
      /: suspended state dynamic scaling out suspended `false` → `true`$/,
      /: suspended state scheduled scaling suspended `false` → `true`$/,
    ],
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
    says: [
      / predefined metric specification predefined metric type /,
      /: target .* configuration target value `60` → `99`$/,
    ],
  },
  'AWS::Batch::JobDefinition': {
    change: (id) =>
      batch.registerJobDefinition({
        jobDefinitionName: id.split('/')[1]?.split(':')[0],
        type: 'container',
        containerProperties: { image: 'other', vcpus: 1, memory: 512 },
      }),
    says: [/: revision `1` → `2`$/],
  },
  'AWS::Batch::JobQueue': {
    change: (jobQueue) => batch.updateJobQueue({ jobQueue, state: 'DISABLED', priority: 9 }),
    says: [/: state `ENABLED` → `DISABLED`$/, /: priority `1` → `9`$/],
  },
  'AWS::EC2::SecurityGroup': {
    change: (GroupId) =>
      ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
        CidrIp: '0.0.0.0/0',
      }),
    says: [/: ingress `not set` → `tcp 5432 from 0.0.0.0\/0`$/],
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    change: async (AssociationId, { RouteTableId: ownTableId }) => {
      const { RouteTables = [] } = await ec2.describeRouteTables({});
      const otherTable = RouteTables.find(({ RouteTableId }) => RouteTableId !== ownTableId);
      await ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId: otherTable?.RouteTableId });
    },
    says: [/: route table id /],
  },
  'AWS::EC2::VPCEndpoint': {
    change: (VpcEndpointId, { RouteTableIds: [routeTableId = ''] }) =>
      ec2.modifyVpcEndpoint({ VpcEndpointId, RemoveRouteTableIds: [routeTableId], PolicyDocument: DENIAL }),
    says: [/: route table ids `rtb-\w+` → `not set`$/, /: policy document statement effect `Allow` → `Deny`$/],
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    change: (ListenerArn) =>
      balancing.createRule({
        ListenerArn,
        Priority: 7,
        Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
      }),
    says: [/: rules `not set` → `priority 7: path-pattern \/\* → fixed-response 503`$/],
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    change: (TargetGroupArn) => balancing.modifyTargetGroup({ TargetGroupArn, HealthCheckPort: '81' }),
    says: [/: health check port `traffic-port` → `81`$/],
  },
  'AWS::IAM::Policy': {
    change: (_, { Roles: [RoleName], PolicyName }) =>
      iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: DENIAL }),
    says: [/: policy document statement /],
  },
  'AWS::IAM::Role': {
    change: (RoleName) => iam.putRolePolicy({ RoleName, PolicyName: 'stop', PolicyDocument: DENIAL }),
    says: [/: inline policies `not set` → `stop`$/],
  },
  'AWS::RDS::DBInstance': {
    change: async (DBInstanceIdentifier) => {
      const DBParameterGroupName = 'by-hand';
      const DBParameterGroupFamily = 'postgres15';
      await rds.createDBParameterGroup({ DBParameterGroupName, DBParameterGroupFamily, Description: 'by hand' });
      await rds.modifyDBInstance({ DBInstanceIdentifier, DBParameterGroupName });
    },
    says: [/: DB parameter group name `default\.postgres15` → `by-hand`$/],
  },
  'AWS::S3::BucketPolicy': {
    change: (Bucket) => s3.putBucketPolicy({ Bucket, Policy: DENIAL }),
    says: [/: policy document statement /],
  },
  'AWS::SNS::TopicPolicy': {
    change: (_, { Topics: [TopicArn] }) =>
      sns.setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue: DENIAL }),
    says: [/: policy document statement /],
  },
  'AWS::SecretsManager::Secret': {
    change: (SecretId) => secrets.updateSecret({ SecretId, Description: 'other' }),
    says: [/: description `.+` → `other`$/],
  },
};

/** Deletes a resource of each type by its API, in an order that AWS takes. */
export const DELETE: Readonly<Record<string, ApiCall>> = {
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
