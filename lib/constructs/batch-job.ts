import { EcsFargateContainerDefinition, EcsJobDefinition, type IJobQueue, Secret } from 'aws-cdk-lib/aws-batch';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage, CpuArchitecture, LogDriver, OperatingSystemFamily } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { type Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { acknowledgeWildcard } from '../acknowledge';
import type { EnvironmentConfig } from '../config/environment';
import type { RunningDays, TimeOfDay } from '../config/sections/office-hours';
import { plainVariables } from '../config/sections/settings';
import type { FargateSizeConfig } from '../config/sections/web-service';
import type { ResourceNames } from '../config/names';
import { ContainerRoles } from './container-roles';
import { FEW_RETRIES, japanTime, SchedulerRole } from './japan-time';
import { type ContainerSecrets, containerSecrets } from './settings';

/** Resources of the stack that each of its jobs uses. */
export interface BatchContainerProps extends Pick<ContainerSecrets, 'databaseUrl' | 'settingsSecret'> {
  readonly names: ResourceNames;
  readonly cpuArchitecture: EnvironmentConfig['cpuArchitecture'];
  readonly repository: IRepository;
  readonly imageTag: string;
  readonly bucket: IBucket;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

export interface BatchJobProps extends Pick<ContainerSecrets, 'databaseVariable' | 'sessionSecret' | 'settings'> {
  readonly container: BatchContainerProps;
  /** Name of the jobs that a schedule starts. */
  readonly jobName: string;
  /** Name of the job definition, and of the schedule. */
  readonly jobDefinitionName: string;
  readonly logGroupName: string;
  /** `undefined`: CloudFormation names the roles. */
  readonly roleNames: { readonly execution: string; readonly task: string } | undefined;
  readonly command: readonly string[];
  readonly size: FargateSizeConfig;
  readonly timeout: Duration;
  /** Variables besides those that each job has. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Schedule of a job, and its variables besides those of the definition. */
export interface BatchJobSchedule {
  readonly queue: IJobQueue;
  readonly queueName: string;
  readonly time: TimeOfDay;
  readonly days: RunningDays;
  readonly variables: Readonly<Record<string, string>>;
}

/** A job of AWS Batch on Fargate with database, bucket, log group and roles (guide 12-4, 12-6, 12-9). */
export class BatchJob extends Construct {
  /** ARN of the job definition without a revision: a deploy creates a new one. */
  public readonly jobDefinitionArn: string;
  public readonly roles: ContainerRoles;
  private readonly props: BatchJobProps;

  constructor(scope: Construct, id: string, props: BatchJobProps) {
    super(scope, id);
    this.props = props;
    const { container } = props;

    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: props.logGroupName,
      retention: container.logRetention,
      removalPolicy: container.removalPolicy,
    });
    this.roles = new ContainerRoles(this, 'Roles', {
      executionRoleName: props.roleNames?.execution,
      executionRoleDescription: 'Execution role for AWS Batch tasks',
      taskRoleName: props.roleNames?.task,
      policyName: 'ProoflinkBatchTaskPolicy',
      bucket: container.bucket,
      logGroup,
    });
    const definition = new EcsJobDefinition(this, 'JobDefinition', {
      jobDefinitionName: props.jobDefinitionName,
      timeout: props.timeout,
      // A waiting job still needs the revision that it was submitted with.
      skipDeregisterOnUpdate: true,
      container: new EcsFargateContainerDefinition(this, 'Container', {
        image: ContainerImage.fromEcrRepository(container.repository, container.imageTag),
        command: [...props.command],
        cpu: props.size.cpu / 1024,
        memory: props.size.memory,
        fargateCpuArchitecture: CpuArchitecture.of(container.cpuArchitecture),
        fargateOperatingSystemFamily: OperatingSystemFamily.LINUX,
        // As for the web tasks: without NAT, no public address means no image and no secrets (guide 12-7).
        assignPublicIp: true,
        executionRole: this.roles.executionRole,
        jobRole: this.roles.taskRole,
        environment: {
          NODE_ENV: 'production',
          AWS_REGION: Stack.of(this).region,
          AWS_S3_BUCKET_NAME: container.bucket.bucketName,
          ...props.variables,
          ...plainVariables(props.settings),
        },
        secrets: containerSecrets({ ...container, ...props }, (secret, key) => Secret.fromSecretsManager(secret, key)),
        logging: LogDriver.awsLogs({ logGroup, streamPrefix: 'batch' }),
      }),
    });
    // A job may be submitted as soon as there is a definition.
    definition.node.addDependency(this.roles.policies);
    this.jobDefinitionArn = Stack.of(this).formatArn({
      service: 'batch',
      resource: 'job-definition',
      resourceName: props.jobDefinitionName,
    });
  }

  /** Starts the job at a time of day in Japan. Nothing here checks that the database runs then. */
  public startAt({ queue, queueName, time, days, variables }: BatchJobSchedule): Schedule {
    const { jobName, jobDefinitionName } = this.props;
    const role = new SchedulerRole(this, 'SchedulerRole');
    return new Schedule(this, 'Schedule', {
      scheduleName: jobDefinitionName,
      schedule: japanTime(days, time),
      target: new Universal({
        ...FEW_RETRIES,
        service: 'batch',
        action: 'submitJob',
        role,
        policyStatements: [this.submitStatement(queue, role)],
        input: ScheduleTargetInput.fromObject({
          JobName: jobName,
          JobQueue: queueName,
          JobDefinition: jobDefinitionName,
          ContainerOverrides: {
            Environment: Object.entries(variables).map(([Name, Value]) => ({ Name, Value })),
          },
        }),
      }),
    });
  }

  /** Right to submit this definition, in any revision, to a queue. */
  protected submitStatement(queue: IJobQueue, grantee: IConstruct): PolicyStatement {
    const anyRevision = `${this.jobDefinitionArn}:*`;
    acknowledgeWildcard(grantee, anyRevision, 'A deploy creates a new revision of the job definition.');
    return new PolicyStatement({
      actions: ['batch:SubmitJob'],
      resources: [queue.jobQueueArn, this.jobDefinitionArn, anyRevision],
    });
  }
}
