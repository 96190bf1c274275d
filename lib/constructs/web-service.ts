import type { IAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import {
  type CfnService,
  type CfnTaskDefinition,
  Cluster,
  type ContainerDefinitionOptions,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  type IBaseService,
  LogDriver,
  OperatingSystemFamily,
  PropagatedTagSource,
  Protocol,
  Secret as ContainerSecret,
} from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Aws, Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { EnvironmentConfig } from '../config/environment';
import { plainVariables } from '../config/sections/settings';
import type { WebServiceConfig } from '../config/sections/web-service';
import type { ImageTags } from '../image-tags';
import type { ResourceNames } from '../config/names';
import { ContainerRoles } from './container-roles';
import { secretSettings } from './settings';
import {
  APPLICATION_PORT,
  CONTAINER_NAME,
  MIGRATION_LOG_PREFIX,
  MIGRATION_TIMEOUT,
  TIME_LIMIT_CONTAINER_NAME,
  Variable,
  WEB_LOG_PREFIX,
} from '../contract';

export interface WebServiceProps extends WebServiceConfig {
  readonly names: ResourceNames;
  readonly cpuArchitecture: EnvironmentConfig['cpuArchitecture'];
  readonly vpc: IVpc;
  /** The public subnets, one per zone. */
  readonly subnets: ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly targetGroup: ApplicationTargetGroup;
  readonly repository: IRepository;
  readonly imageTags: ImageTags;
  readonly bucket: IBucket;
  readonly databaseUrl: ISecret;
  /** Holds the secret settings; `undefined` where there are none. */
  readonly settingsSecret: ISecret | undefined;
  readonly applicationUrl: string;
  /** Time for which the application keeps idle connections. */
  readonly keepAlive: Duration;
  /** Further variables of the container besides the guide's. */
  readonly extraEnvironment: Readonly<Record<string, string>>;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** The web application on ECS Fargate, in public subnets with public addresses, behind the load balancer (guide 7). */
export class WebService extends Construct {
  public readonly service: IBaseService;
  public readonly roles: ContainerRoles;
  /** Signs sessions, as NEXTAUTH_SECRET. */
  public readonly sessionSecret: ISecret;
  /** Average CPU utilization of all web tasks, in percent. */
  public readonly cpuUtilization: Metric;
  private readonly resource: CfnService;
  private readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    const { imageTags, tasks } = props;

    const cluster = new Cluster(this, 'Cluster', {
      clusterName: props.names.cluster,
      vpc: props.vpc,
      containerInsightsV2: props.containerInsights ? ContainerInsights.ENABLED : ContainerInsights.DISABLED,
    });
    acknowledge(cluster, {
      'AwsSolutions-ECS4': props.containerInsights
        ? undefined
        : 'Container Insights cost more than a small environment’s tasks are worth (guide 7-1).',
    });

    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: props.names.logGroups.app,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    this.roles = new ContainerRoles(this, 'Roles', {
      executionRoleName: props.names.roles.ecsExecution,
      executionRoleDescription: 'Execution role for ECS tasks',
      taskRoleName: props.names.roles.ecsTask,
      policyName: 'ProoflinkECSTaskPolicy',
      bucket: props.bucket,
      logGroup: this.logGroup,
    });
    this.sessionSecret = this.createSessionSecret(props);
    const application = this.defineContainer(props);
    const taskDefinition = this.defineTask('TaskDefinition', props.names.taskFamily, props, {
      ...application,
      image: ContainerImage.fromEcrRepository(props.repository, imageTags.app),
      portMappings: [{ name: `app-${APPLICATION_PORT}-tcp`, containerPort: APPLICATION_PORT, protocol: Protocol.TCP }],
      logging: LogDriver.awsLogs({ logGroup: this.logGroup, streamPrefix: WEB_LOG_PREFIX }),
    });
    if (props.migration && imageTags.migration !== undefined) {
      const { command, timeout } = props.migration;
      const image = ContainerImage.fromEcrRepository(props.repository, imageTags.migration);
      const logging = LogDriver.awsLogs({ logGroup: this.logGroup, streamPrefix: MIGRATION_LOG_PREFIX });
      const migration = this.defineTask('Migration', props.names.migrationFamily, props, {
        ...application,
        image,
        command: [...command],
        logging,
      });
      // ECS has no time-out for a task, and ends one as soon as an essential container ends: this one sleeps, and needs no
      // release that is still there.
      migration.addContainer(TIME_LIMIT_CONTAINER_NAME, {
        image,
        entryPoint: ['sleep'],
        command: [String(timeout.toSeconds())],
        // The first program of a container ignores SIGTERM unless it handles it.
        stopTimeout: Duration.seconds(2),
        logging,
      });
      (migration.node.defaultChild as CfnTaskDefinition).addMetadata(MIGRATION_TIMEOUT, timeout.toSeconds());
    }
    const service = new FargateService(this, 'Service', {
      serviceName: props.names.service,
      cluster,
      taskDefinition,
      // No count where scaling sets it: a deploy then keeps the running one.
      desiredCount: imageTags.zeroWithoutImage(tasks.mode === 'fixed' ? tasks.desiredCount : Aws.NO_VALUE),
      vpcSubnets: { subnets: props.zones === 'first' ? props.subnets.slice(0, 1) : props.subnets },
      // There is no NAT gateway: without a public address a task reaches neither ECR nor Secrets Manager (guide 6.1).
      assignPublicIp: true,
      securityGroups: [props.securityGroup],
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      healthCheckGracePeriod: props.healthCheckGracePeriod,
      propagateTags: PropagatedTagSource.SERVICE,
      enableExecuteCommand: props.executeCommand,
    });
    acknowledge(this.roles.taskRole, {
      'AwsSolutions-IAM5[Resource::*]': props.executeCommand
        ? 'ECS Exec: the channels of Session Manager have no ARN.'
        : undefined,
    });
    this.resource = service.node.defaultChild as CfnService;
    // By default ECS counts from zero again once a task is healthy: tasks that pass their checks, and die, would never fail a
    // deployment.
    this.resource.addPropertyOverride('DeploymentConfiguration.DeploymentCircuitBreaker.ResetOnHealthyTask', false);
    // ECS keeps what an update leaves out, and the L2 leaves out what is off: deleted alarms would stay.
    const noAlarms = { AlarmNames: [], Enable: false, Rollback: false };
    this.resource.addPropertyOverride('DeploymentConfiguration.Alarms', noAlarms);
    service.attachToApplicationTargetGroup(props.targetGroup);
    // The L2 waits for the roles, and not for their policies: a task that starts earlier may not read a new secret.
    service.node.addDependency(...this.roles.policies);
    if (tasks.mode === 'scaled') {
      const scaling = service.autoScaleTaskCount({
        minCapacity: imageTags.zeroWithoutImage(tasks.minCapacity),
        maxCapacity: imageTags.zeroWithoutImage(tasks.maxCapacity),
      });
      scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: tasks.targetCpuPercent });
      const { targetRequestsPerMinute: requestsPerTarget } = tasks;
      if (requestsPerTarget !== undefined) {
        scaling.scaleOnRequestCount('Requests', { requestsPerTarget, targetGroup: props.targetGroup });
      }
    }
    this.service = service;
    this.cpuUtilization = service.metricCpuUtilization();
  }

  /** Rolls a release back when one of the alarms fires; the first deploy has nothing to go back to. */
  public rollBackOn(alarms: readonly IAlarm[], imageTags: ImageTags): void {
    // The L2 always enables them.
    this.resource.addPropertyOverride('DeploymentConfiguration.Alarms', {
      AlarmNames: alarms.map(({ alarmName }) => alarmName),
      Enable: imageTags.onlyWithImage(),
      // ECS may refuse a rollback on alarms that are disabled.
      Rollback: imageTags.onlyWithImage(),
    });
  }

  private defineTask(
    id: 'TaskDefinition' | 'Migration',
    family: string,
    props: WebServiceProps,
    container: ContainerDefinitionOptions,
  ): FargateTaskDefinition {
    const taskDefinition = new FargateTaskDefinition(this, id, {
      family,
      cpu: props.size.cpu,
      memoryLimitMiB: props.size.memory.toMebibytes(),
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.of(props.cpuArchitecture),
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      executionRole: this.roles.executionRole,
      taskRole: this.roles.taskRole,
    });
    taskDefinition.addContainer(CONTAINER_NAME, container);
    acknowledge(taskDefinition, {
      'AwsSolutions-ECS2': 'These variables are no secrets (guide 7-3); the secrets come from Secrets Manager.',
    });
    return taskDefinition;
  }

  private createSessionSecret(props: WebServiceProps): ISecret {
    const sessionSecret = new Secret(this, 'SessionSecret', {
      description: `NEXTAUTH_SECRET of ${props.names.service}`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: props.removalPolicy,
    });
    acknowledge(sessionSecret, {
      'AwsSolutions-SMG4': 'A rotation signs every user out; the runbook says how to do it on purpose.',
    });
    return sessionSecret;
  }

  /** Variables and secrets of the application, in a web task and in its migration. */
  private defineContainer(props: WebServiceProps) {
    const settings =
      props.settingsSecret &&
      secretSettings(props.settings, ContainerSecret.fromSecretsManager.bind(undefined, props.settingsSecret));
    return {
      containerName: CONTAINER_NAME,
      environment: {
        NODE_ENV: 'production',
        NEXTAUTH_URL: props.applicationUrl,
        AWS_REGION: Stack.of(this).region,
        AWS_S3_BUCKET_NAME: props.bucket.bucketName,
        // Beyond the guide's variables; Next.js's standalone server reads it.
        KEEP_ALIVE_TIMEOUT: String(props.keepAlive.toMilliseconds()),
        ...props.extraEnvironment,
        ...plainVariables(props.settings),
      },
      secrets: {
        [Variable.databaseUrl]: ContainerSecret.fromSecretsManager(props.databaseUrl),
        NEXTAUTH_SECRET: ContainerSecret.fromSecretsManager(this.sessionSecret),
        ...settings,
      },
    };
  }
}
