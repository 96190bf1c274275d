import type { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import {
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  type ICluster,
  LogDriver,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../../../../lib/acknowledge';
import type { EnvironmentConfig } from '../../../../lib/config/environment';
import type { ResourceNames } from '../../../../lib/config/names';
import { ContainerRoles } from '../../../../lib/constructs/container-roles';
import type { ImageTags } from '../../../../lib/image-tags';

export interface MailWorkerProps {
  readonly names: ResourceNames;
  readonly cpuArchitecture: EnvironmentConfig['cpuArchitecture'];
  readonly cluster: ICluster;
  readonly subnets: ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly repository: IRepository;
  readonly imageTags: ImageTags;
  readonly bucket: IBucket;
  readonly queue: IQueue;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** One task of the web image that sends the mails of a queue; it needs no database, so that it runs at night, too. */
export class MailWorker extends Construct {
  constructor(scope: Construct, id: string, props: MailWorkerProps) {
    super(scope, id);
    const { queue, imageTags } = props;

    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/ecs/${props.names.prefix}-mail-worker`,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    const roles = new ContainerRoles(this, 'Roles', {
      executionRoleName: undefined,
      executionRoleDescription: 'Execution role for the mail worker',
      taskRoleName: undefined,
      policyName: 'ProoflinkMailWorkerPolicy',
      bucket: props.bucket,
      logGroup,
    });
    roles.addToTaskPolicy(
      new PolicyStatement({
        sid: 'ReceiveMails',
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        resources: [queue.queueArn],
      }),
    );
    const taskDefinition = new FargateTaskDefinition(this, 'TaskDefinition', {
      family: `${props.names.prefix}-mail-worker`,
      cpu: 256,
      memoryLimitMiB: 512,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.of(props.cpuArchitecture),
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      executionRole: roles.executionRole,
      taskRole: roles.taskRole,
    });
    taskDefinition.addContainer('mail-worker', {
      image: ContainerImage.fromEcrRepository(props.repository, imageTags.app),
      command: ['node', 'dist/mail-worker.js'],
      environment: { NODE_ENV: 'production', AWS_REGION: Stack.of(this).region, MAIL_QUEUE_URL: queue.queueUrl },
      logging: LogDriver.awsLogs({ logGroup, streamPrefix: 'ecs' }),
    });
    acknowledge(taskDefinition, { 'AwsSolutions-ECS2': 'These variables are no secrets.' });
    const service = new FargateService(this, 'Service', {
      cluster: props.cluster,
      taskDefinition,
      desiredCount: imageTags.zeroWithoutImage(1),
      vpcSubnets: { subnets: props.subnets },
      assignPublicIp: true,
      securityGroups: [props.securityGroup],
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
    });
    service.node.addDependency(...roles.policies);
  }
}
