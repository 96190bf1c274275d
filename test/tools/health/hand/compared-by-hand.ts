import { BatchClient, UpdateComputeEnvironmentCommand } from '@aws-sdk/client-batch';
import { CloudWatchClient, DeleteAlarmsCommand, DeleteDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient, PutImageScanningConfigurationCommand } from '@aws-sdk/client-ecr';
import {
  DeregisterTaskDefinitionCommand,
  ECSClient,
  UpdateClusterCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ModifyDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { DeleteBucketCorsCommand, PutPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Compared } from './standing';

const nobody = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
};

/** Changes by hand of resources that CloudFormation compares, without the network. */
export const COMPARED_BY_HAND: readonly Compared[] = [
  [
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    '',
    (TargetGroupArn) =>
      new ElasticLoadBalancingV2Client({}).send(
        new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath: '/nope' }),
      ),
    'changed by hand: health check path `/api/health` → `/nope`',
  ],
  [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    '',
    (LoadBalancerArn) => {
      const Attributes = [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'false' }];
      return new ElasticLoadBalancingV2Client({}).send(
        new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }),
      );
    },
    'changed by hand: load balancer attributes routing.http.drop_invalid_header_fields.enabled `true` → `false`',
  ],
  [
    'AWS::ElasticLoadBalancingV2::Listener',
    'Https',
    (ListenerArn) =>
      new ElasticLoadBalancingV2Client({}).send(
        new ModifyListenerCommand({ ListenerArn, SslPolicy: 'ELBSecurityPolicy-2016-08' }),
      ),
    'changed by hand: ssl policy `ELBSecurityPolicy-TLS13-1-2-2021-06` → `ELBSecurityPolicy-2016-08`',
  ],
  [
    'AWS::ECS::Service',
    '',
    (service) =>
      new ECSClient({}).send(
        new UpdateServiceCommand({ cluster: 'prooflink-prod-cluster', service, enableExecuteCommand: true }),
      ),
    'changed by hand: enable execute command `false` → `true`',
  ],
  [
    'AWS::ECS::Cluster',
    '',
    (cluster) =>
      new ECSClient({}).send(
        new UpdateClusterCommand({ cluster, settings: [{ name: 'containerInsights', value: 'disabled' }] }),
      ),
    'changed by hand: cluster settings containerInsights `enabled` → `disabled`',
  ],
  [
    'AWS::RDS::DBInstance',
    '',
    (DBInstanceIdentifier) =>
      new RDSClient({}).send(
        new ModifyDBInstanceCommand({ DBInstanceIdentifier, BackupRetentionPeriod: 1, DeletionProtection: false }),
      ),
    'changed by hand: backup retention period `7` → `1`',
  ],
  [
    'AWS::IAM::Role',
    'WebRolesExecution',
    (RoleName) =>
      new IAMClient({}).send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(nobody) })),
    'changed by hand: assume role policy document statement effect `Allow` → `Deny`',
  ],
  [
    'AWS::Logs::LogGroup',
    'WebLogs',
    (logGroupName) =>
      new CloudWatchLogsClient({}).send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 })),
    'changed by hand: retention in days `30` → `1`',
  ],
  [
    'AWS::S3::Bucket',
    '',
    async (Bucket) => {
      const s3 = new S3Client({ forcePathStyle: true });
      await s3.send(new DeleteBucketCorsCommand({ Bucket }));
      const PublicAccessBlockConfiguration = { BlockPublicAcls: false };
      await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    },
    'changed by hand: public access block configuration block public acls `true` → `false`',
  ],
  [
    'AWS::CloudWatch::Alarm',
    'cpuhigh',
    (name) => new CloudWatchClient({}).send(new DeleteAlarmsCommand({ AlarmNames: [name] })),
    'deleted by hand: AWS::CloudWatch::Alarm',
  ],
  [
    'AWS::CloudWatch::Dashboard',
    '',
    (name) => new CloudWatchClient({}).send(new DeleteDashboardsCommand({ DashboardNames: [name] })),
    'deleted by hand: AWS::CloudWatch::Dashboard',
  ],
  [
    'AWS::Events::Rule',
    'FailedImports',
    (Name) => new EventBridgeClient({}).send(new DisableRuleCommand({ Name })),
    'changed by hand: state `ENABLED` → `DISABLED`',
  ],
  [
    'AWS::SNS::Topic',
    '',
    (TopicArn) =>
      new SNSClient({}).send(
        new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'other' }),
      ),
    'changed by hand: display name `prooflink-prod alarms` → `other`',
  ],
  [
    'AWS::Batch::ComputeEnvironment',
    '',
    (computeEnvironment) =>
      new BatchClient({}).send(new UpdateComputeEnvironmentCommand({ computeEnvironment, state: 'DISABLED' })),
    'changed by hand: state `ENABLED` → `DISABLED`',
  ],
  [
    'AWS::ECR::Repository',
    'App',
    (repositoryName) =>
      new ECRClient({}).send(
        new PutImageScanningConfigurationCommand({
          repositoryName,
          imageScanningConfiguration: { scanOnPush: false },
        }),
      ),
    'changed by hand: image scanning configuration scan on push `true` → `false`',
  ],
  [
    'AWS::Lambda::Function',
    'VpcRestrict',
    (FunctionName) => new LambdaClient({}).send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 3 })),
    'changed by hand: timeout `900` → `3`',
  ],
  [
    'AWS::ECS::TaskDefinition',
    'WebTaskDefinition',
    (taskDefinition) => new ECSClient({}).send(new DeregisterTaskDefinitionCommand({ taskDefinition })),
    'deleted by hand: AWS::ECS::TaskDefinition',
  ],
];
