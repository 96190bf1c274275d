import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { Batch } from '@aws-sdk/client-batch';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import type { Case } from './standing';

const [ec2, iam, scaling] = [() => new EC2({}), () => new IAM({}), () => new ApplicationAutoScaling({})];
const s3 = () => new S3({ forcePathStyle: true });
const deny = (Resource = '*', extra = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource, ...extra }] });
const RoleName = 'prooflink-prod-ecs-task-role';
const taskPolicy = { RoleName, PolicyName: 'ProoflinkECSTaskPolicy' };
const AdministratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';
const service = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/prooflink-prod-cluster/prooflink-prod-service',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;

/** Changes by hand of what CloudFormation does not compare. */
export const TABLE_BY_HAND: readonly Case[] = [
  [
    'AWS::IAM::Policy',
    /^changed by hand: policy document statement `not set` → `.*"Effect":"Deny"/m,
    () => iam().putRolePolicy({ ...taskPolicy, PolicyDocument: deny() }),
  ],
  ['AWS::IAM::Policy', 'deleted', () => iam().deleteRolePolicy(taskPolicy)],
  [
    'AWS::IAM::Role',
    /^changed by hand: inline policies `not set` → `stop`$/,
    () => iam().putRolePolicy({ RoleName, PolicyName: 'stop', PolicyDocument: deny() }),
  ],
  [
    'AWS::IAM::Role',
    /^changed by hand: managed policies `not set` → `arn:aws:iam::aws:policy\/AdministratorAccess`$/,
    () => iam().attachRolePolicy({ RoleName, PolicyArn: AdministratorAccess }),
  ],
  [
    'AWS::S3::BucketPolicy',
    /^changed by hand: policy document statement/,
    (Bucket) => s3().putBucketPolicy({ Bucket, Policy: deny(`arn:aws:s3:::${Bucket}/*`, { Principal: '*' }) }),
  ],
  ['AWS::S3::BucketPolicy', 'deleted', (Bucket) => s3().deleteBucketPolicy({ Bucket })],
  [
    'AWS::SNS::TopicPolicy',
    /^changed by hand: policy document statement/,
    async (_, at) => {
      const TopicArn = await at.id('AWS::SNS::Topic');
      const AttributeValue = deny(TopicArn, { Principal: '*', Action: 'sns:Publish' });
      await new SNS({}).setTopicAttributes({ TopicArn, AttributeName: 'Policy', AttributeValue });
    },
  ],
  [
    'AWS::SecretsManager::Secret',
    /^changed by hand: description `.*` → `mine`$/,
    (SecretId) => new SecretsManager({}).updateSecret({ SecretId, Description: 'mine' }),
  ],
  ['AWS::SecretsManager::Secret', 'deleted', (SecretId) => new SecretsManager({}).deleteSecret({ SecretId })],
  ['AWS::SNS::Subscription', 'deleted', (SubscriptionArn) => new SNS({}).unsubscribe({ SubscriptionArn })],
  [
    'AWS::EC2::Route',
    'deleted',
    async (_, at) => {
      const RouteTableId = await at.id('AWS::EC2::RouteTable', 'PublicSubnet1');
      await ec2().deleteRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' });
    },
  ],
  [
    'AWS::EC2::SubnetRouteTableAssociation',
    /^changed by hand: route table id `rtb-\w+` → `rtb-\w+`$/,
    async (AssociationId, at) => {
      const RouteTableId = await at.id('AWS::EC2::RouteTable', 'PrivateSubnet1');
      await ec2().replaceRouteTableAssociation({ AssociationId, RouteTableId });
    },
  ],
  [
    'AWS::EC2::SubnetRouteTableAssociation',
    'deleted',
    // The first one has another id since it was taken back.
    async (_, at) => {
      const AssociationId = await at.id('AWS::EC2::SubnetRouteTableAssociation', 'PublicSubnet2');
      await ec2().disassociateRouteTable({ AssociationId });
    },
  ],
  [
    'AWS::EC2::VPCGatewayAttachment',
    'deleted',
    async (_, at) => {
      const InternetGatewayId = await at.id('AWS::EC2::InternetGateway');
      await ec2().detachInternetGateway({ InternetGatewayId, VpcId: await at.id('AWS::EC2::VPC') });
    },
  ],
  [
    'AWS::EC2::SecurityGroupIngress',
    'deleted',
    async (_, at) => {
      const GroupId = await at.id('AWS::EC2::SecurityGroup', 'Rds');
      const SecurityGroupRuleIds = [await at.id('AWS::EC2::SecurityGroupIngress', 'Rds')];
      await ec2().revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds });
    },
  ],
  [
    'AWS::EC2::SecurityGroup',
    /^changed by hand: ingress `not set` → `\{.*"CidrIp":"0.0.0.0\/0"\}`$/,
    async (_, at) => {
      const GroupId = await at.id('AWS::EC2::SecurityGroup', 'Rds');
      const rule = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      await ec2().authorizeSecurityGroupIngress({ GroupId, IpPermissions: [rule] });
    },
  ],
  [
    'AWS::EC2::VPCEndpoint',
    /^changed by hand: route table ids/,
    async (VpcEndpointId, at) => {
      const RemoveRouteTableIds = [await at.id('AWS::EC2::RouteTable', 'PublicSubnet1')];
      await ec2().modifyVpcEndpoint({ VpcEndpointId, RemoveRouteTableIds });
    },
  ],
  ['AWS::EC2::VPCEndpoint', 'deleted', (id) => ec2().deleteVpcEndpoints({ VpcEndpointIds: [id] })],
  [
    'AWS::RDS::DBSubnetGroup',
    /^changed by hand: subnet ids/,
    async (DBSubnetGroupName, at) => {
      const parts = ['PrivateSubnet1Subnet', 'PrivateSubnet2Subnet', 'PublicSubnet2Subnet'];
      const SubnetIds = await Promise.all(parts.map((part) => at.id('AWS::EC2::Subnet', part)));
      await new RDS({}).modifyDBSubnetGroup({ DBSubnetGroupName, SubnetIds });
    },
  ],
  [
    'AWS::ApplicationAutoScaling::ScalableTarget',
    /^changed by hand: min capacity `2` → `0`\nchanged by hand: max capacity `4` → `0`\n.* dynamic scaling out suspended/,
    () => {
      const SuspendedState = { DynamicScalingOutSuspended: true };
      return scaling().registerScalableTarget({ ...service, MinCapacity: 0, MaxCapacity: 0, SuspendedState });
    },
  ],
  [
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    /^changed by hand: target tracking scaling policy configuration target value `60` → `99`$/,
    async (arn) => {
      const PredefinedMetricSpecification = { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } as const;
      const TargetTrackingScalingPolicyConfiguration = { TargetValue: 99, PredefinedMetricSpecification };
      const policy = { PolicyName: arn.split('policyName/')[1], PolicyType: 'TargetTrackingScaling' } as const;
      await scaling().putScalingPolicy({ ...service, ...policy, TargetTrackingScalingPolicyConfiguration });
    },
  ],
  [
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    'deleted',
    (arn) => scaling().deleteScalingPolicy({ ...service, PolicyName: arn.split('policyName/')[1] }),
  ],
  ['AWS::ApplicationAutoScaling::ScalableTarget', 'deleted', () => scaling().deregisterScalableTarget(service)],
  [
    'AWS::Batch::JobQueue',
    /^changed by hand: state `ENABLED` → `DISABLED`$/,
    (jobQueue) => new Batch({}).updateJobQueue({ jobQueue, state: 'DISABLED' }),
  ],
  [
    'AWS::Batch::JobDefinition',
    /^changed by hand: revision `1` → `2`$/,
    () => {
      const containerProperties = { image: 'other', memory: 512, vcpus: 1 };
      const definition = { jobDefinitionName: 'prooflink-prod-user-import', type: 'container', containerProperties };
      return new Batch({}).registerJobDefinition({ ...definition, platformCapabilities: ['FARGATE'] } as never);
    },
  ],
  ['AWS::Batch::JobDefinition', 'deleted', (jobDefinition) => new Batch({}).deregisterJobDefinition({ jobDefinition })],
  [
    'AWS::Scheduler::Schedule',
    /^changed by hand: state `ENABLED` → `DISABLED`$/,
    async (Name) => {
      const schedule = await new Scheduler({}).getSchedule({ Name });
      await new Scheduler({}).updateSchedule({ ...schedule, State: 'DISABLED' } as never);
    },
  ],
  ['AWS::Scheduler::Schedule', 'deleted', (Name) => new Scheduler({}).deleteSchedule({ Name })],
];
