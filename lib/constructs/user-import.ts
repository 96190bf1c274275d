import {
  type CfnComputeEnvironment,
  EcsFargateContainerDefinition,
  EcsJobDefinition,
  FargateComputeEnvironment,
  type IJobQueue,
  JobQueue,
  Secret,
} from 'aws-cdk-lib/aws-batch';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage, CpuArchitecture, LogDriver, OperatingSystemFamily } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { acknowledgeWildcard } from '../acknowledge';
import type { EnvironmentConfig } from '../config/environment';
import { plainVariables } from '../config/sections/settings';
import type { UserImportConfig } from '../config/sections/user-import';
import type { ResourceNames } from '../config/names';
import { IMPORT_COMMAND, Variable } from '../contract';
import { ContainerRoles } from './container-roles';
import { secretSettings } from './settings';
import { FEW_RETRIES, japanTime, SchedulerRole } from './japan-time';

export interface UserImportProps extends UserImportConfig {
  readonly names: ResourceNames;
  readonly cpuArchitecture: EnvironmentConfig['cpuArchitecture'];
  readonly vpc: IVpc;
  /** The public subnets, one per zone. */
  readonly subnets: ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly repository: IRepository;
  readonly imageTag: string;
  readonly bucket: IBucket;
  readonly databaseUrl: ISecret;
  /** Holds the secret settings; `undefined` where there are none. */
  readonly settingsSecret: ISecret | undefined;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** The import of users from a CSV file as an AWS Batch job on Fargate (guide 12-7 to 12-9). */
export class UserImport extends Construct {
  public readonly queue: IJobQueue;
  /**
   * The variables with which the web application starts an import. The job definition's name without a revision means
   * the newest one, after the next deploy too.
   */
  public readonly submitEnvironment: Readonly<Record<string, string>>;
  private readonly jobDefinitionArn: string;

  constructor(scope: Construct, id: string, props: UserImportProps) {
    super(scope, id);

    const computeEnvironment = new FargateComputeEnvironment(this, 'ComputeEnvironment', {
      computeEnvironmentName: props.names.computeEnvironment,
      vpc: props.vpc,
      vpcSubnets: { subnets: props.subnets },
      securityGroups: [props.securityGroup],
      maxvCpus: props.maxvCpus,
    });
    const resource = computeEnvironment.node.defaultChild as CfnComputeEnvironment;
    // The L2 renders an empty update policy, which AWS refuses for Fargate as soon as the environment is updated.
    resource.addPropertyDeletionOverride('UpdatePolicy');
    // The L2 writes `managed`, AWS reads back `MANAGED`: drift for ever, for it can never be changed.
    resource.type = 'MANAGED';

    this.queue = new JobQueue(this, 'JobQueue', {
      jobQueueName: props.names.jobQueue,
      priority: 1,
      computeEnvironments: [{ computeEnvironment, order: 1 }],
    });

    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: props.names.logGroups.batch,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    const roles = new ContainerRoles(this, 'Roles', {
      executionRoleName: props.names.roles.batchExecution,
      executionRoleDescription: 'Execution role for AWS Batch tasks',
      taskRoleName: props.names.roles.batchTask,
      policyName: 'ProoflinkBatchTaskPolicy',
      bucket: props.bucket,
      logGroup,
    });
    const settings =
      props.settingsSecret &&
      secretSettings(props.settings, Secret.fromSecretsManager.bind(undefined, props.settingsSecret));
    const definition = new EcsJobDefinition(this, 'JobDefinition', {
      jobDefinitionName: props.names.jobDefinition,
      timeout: props.timeout,
      // A job that waits keeps the revision that it was submitted with; a deploy leaves that one alone.
      skipDeregisterOnUpdate: true,
      container: new EcsFargateContainerDefinition(this, 'Container', {
        image: ContainerImage.fromEcrRepository(props.repository, props.imageTag),
        command: [...IMPORT_COMMAND],
        cpu: props.size.cpu / 1024,
        memory: props.size.memory,
        fargateCpuArchitecture: CpuArchitecture.of(props.cpuArchitecture),
        fargateOperatingSystemFamily: OperatingSystemFamily.LINUX,
        // As for the web tasks: without NAT, no public address means no image and no secrets (guide 12-7).
        assignPublicIp: true,
        executionRole: roles.executionRole,
        jobRole: roles.taskRole,
        environment: {
          NODE_ENV: 'production',
          AWS_REGION: Stack.of(this).region,
          AWS_S3_BUCKET_NAME: props.bucket.bucketName,
          ...plainVariables(props.settings),
        },
        secrets: { [Variable.databaseUrl]: Secret.fromSecretsManager(props.databaseUrl), ...settings },
        logging: LogDriver.awsLogs({ logGroup, streamPrefix: 'batch' }),
      }),
    });
    // A job may be submitted as soon as there is a definition.
    definition.node.addDependency(...roles.policies);
    this.submitEnvironment = {
      BATCH_JOB_QUEUE: props.names.jobQueue,
      BATCH_JOB_DEFINITION: props.names.jobDefinition,
    };
    this.jobDefinitionArn = Stack.of(this).formatArn({
      service: 'batch',
      resource: 'job-definition',
      resourceName: props.names.jobDefinition,
    });
    if (props.schedule) this.startAt(props.schedule, props.names);
  }

  /** Lets the web application start imports (the guide's flow, 12-1). */
  public grantSubmit(roles: ContainerRoles): void {
    roles.addToTaskPolicy(this.startImports(roles));
  }

  /** Starts this definition, in any revision, on this queue. */
  private startImports(grantee: IConstruct): PolicyStatement {
    const anyRevision = `${this.jobDefinitionArn}:*`;
    acknowledgeWildcard(grantee, anyRevision, 'A deploy makes a new revision of the job definition.');
    return new PolicyStatement({
      sid: 'StartImports',
      actions: ['batch:SubmitJob'],
      resources: [this.queue.jobQueueArn, this.jobDefinitionArn, anyRevision],
    });
  }

  private startAt({ time, days, fileKey }: NonNullable<UserImportConfig['schedule']>, names: ResourceNames): void {
    const role = new SchedulerRole(this, 'SchedulerRole');
    new Schedule(this, 'Schedule', {
      scheduleName: names.jobDefinition,
      schedule: japanTime(days, time),
      target: new Universal({
        ...FEW_RETRIES,
        service: 'batch',
        action: 'submitJob',
        role,
        policyStatements: [this.startImports(role)],
        input: ScheduleTargetInput.fromObject({
          JobName: 'user-import',
          JobQueue: names.jobQueue,
          JobDefinition: names.jobDefinition,
          ContainerOverrides: { Environment: [{ Name: Variable.importFileKey, Value: fileKey }] },
        }),
      }),
    });
  }
}
