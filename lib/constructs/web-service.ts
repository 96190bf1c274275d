import { type IAlarm, type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import {
  type CfnService,
  Cluster,
  ContainerImage,
  ContainerInsights,
  type FargateService,
  type IBaseService,
  type ICluster,
  LogDriver,
  Protocol,
} from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Aws, type RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { ResourceNames } from '../config/names';
import type { ScaledTasksConfig, WebServiceConfig } from '../config/sections/web-service';
import { APPLICATION_PORT, WEB_LOG_PREFIX } from '../contract';
import type { ImageTags } from '../image-tags';
import { ApplicationService } from './application-service';
import { ApplicationTask, type ApplicationTaskProps } from './application-task';
import { ContainerRoles } from './container-roles';
import { Migration } from './migration';

/**
 * Minutes in which ECS watches the alarms once all tasks are new: two periods of the longest one. CloudFormation's reference
 * says 180 unless given, ECS's guide that ECS computes them (docs/first-deploy.md has the row that shows it).
 */
const BAKE_MINUTES = 10;

export interface WebServiceProps
  extends WebServiceConfig, Omit<ApplicationTaskProps, 'family' | 'roles' | 'sessionSecret' | 'container'> {
  readonly names: ResourceNames;
  readonly vpc: IVpc;
  /** The public subnets, one per zone. */
  readonly subnets: ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly targetGroup: ApplicationTargetGroup;
  readonly repository: IRepository;
  readonly imageTags: ImageTags;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** The web application on ECS Fargate, in public subnets with public addresses, behind the load balancer (guide 7). */
export class WebService extends Construct {
  public readonly cluster: ICluster;
  public readonly service: IBaseService;
  public readonly roles: ContainerRoles;
  public readonly logGroup: ILogGroup;
  /** Signs sessions, as NEXTAUTH_SECRET. */
  public readonly sessionSecret: ISecret;
  /** Average CPU utilization of all web tasks, in percent. */
  public readonly cpuUtilization: Metric;
  /** Memory utilization of the web task that uses most, in percent. */
  public readonly memoryUtilization: Metric;
  private readonly cfnService: CfnService;

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    const { names, imageTags } = props;

    this.cluster = this.createCluster(props);
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: names.logGroups.app,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    const { logGroup } = this;
    this.roles = new ContainerRoles(this, 'Roles', {
      executionRoleName: names.roles.ecsExecution,
      executionRoleDescription: 'Execution role for ECS tasks',
      taskRoleName: names.roles.ecsTask,
      policyName: 'ProoflinkECSTaskPolicy',
      bucket: props.bucket,
      logGroup,
    });
    this.sessionSecret = this.createSessionSecret(props);

    const application = { ...props, roles: this.roles, sessionSecret: this.sessionSecret };
    const taskDefinition = new ApplicationTask(this, 'TaskDefinition', {
      ...application,
      family: names.taskFamily,
      container: {
        image: ContainerImage.fromEcrRepository(props.repository, imageTags.app),
        portMappings: [
          { name: `app-${APPLICATION_PORT}-tcp`, containerPort: APPLICATION_PORT, protocol: Protocol.TCP },
        ],
        logging: LogDriver.awsLogs({ logGroup, streamPrefix: WEB_LOG_PREFIX }),
      },
    });
    if (props.migration && imageTags.migration !== undefined) {
      new Migration(this, 'Migration', {
        ...props.migration,
        application: { ...application, family: names.migrationFamily },
        image: ContainerImage.fromEcrRepository(props.repository, imageTags.migration),
        logGroup,
      });
    }

    const service = this.createService(props, taskDefinition);
    if (props.tasks.mode === 'scaled') scaleTasks(service, props.tasks, props);
    this.service = service;
    this.cfnService = service.node.defaultChild as CfnService;
    this.cpuUtilization = service.metricCpuUtilization();
    this.memoryUtilization = service.metricMemoryUtilization({ statistic: Stats.MAXIMUM });
  }

  /** Rolls a release back when one of the alarms fires; the first deploy has nothing to go back to. */
  public rollBackOn(alarms: readonly IAlarm[], imageTags: ImageTags): void {
    // The L2 always enables them.
    this.cfnService.addPropertyOverride('DeploymentConfiguration.Alarms', {
      AlarmNames: alarms.map(({ alarmName }) => alarmName),
      Enable: imageTags.onlyWithImage(),
      // ECS may refuse a rollback on alarms that are disabled.
      Rollback: imageTags.onlyWithImage(),
    });
    this.cfnService.addPropertyOverride('DeploymentConfiguration.BakeTimeInMinutes', BAKE_MINUTES);
  }

  private createCluster(props: WebServiceProps): ICluster {
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
    return cluster;
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

  private createService(props: WebServiceProps, taskDefinition: ApplicationTask): FargateService {
    const { imageTags, tasks } = props;
    const service = new ApplicationService(this, 'Service', {
      ...props,
      serviceName: props.names.service,
      cluster: this.cluster,
      taskDefinition,
      // No count where scaling sets it: a deploy then keeps the running one.
      desiredCount: imageTags.zeroWithoutImage(tasks.mode === 'fixed' ? tasks.desiredCount : Aws.NO_VALUE),
      roles: this.roles,
    });
    service.attachToApplicationTargetGroup(props.targetGroup);
    return service;
  }
}

/** Adds scaling to the service. */
function scaleTasks(
  service: FargateService,
  tasks: ScaledTasksConfig,
  { imageTags, targetGroup }: Pick<WebServiceProps, 'imageTags' | 'targetGroup'>,
): void {
  const scaling = service.autoScaleTaskCount({
    minCapacity: imageTags.zeroWithoutImage(tasks.minCapacity),
    maxCapacity: imageTags.zeroWithoutImage(tasks.maxCapacity),
  });
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: tasks.targetCpuPercent });
  if (tasks.targetRequestsPerMinute !== undefined) {
    scaling.scaleOnRequestCount('Requests', { requestsPerTarget: tasks.targetRequestsPerMinute, targetGroup });
  }
}
