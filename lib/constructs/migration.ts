import { join } from 'node:path';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import {
  DeploymentLifecycleLambdaTarget,
  DeploymentLifecycleStage,
  type IDeploymentLifecycleHookTarget,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, determineLatestNodeRuntime, Function, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IDatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { Aws, Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../acknowledge';
import type { MigrationConfig } from '../config/sections/web-service';
import type { ResourceNames } from '../config/names';
import type { ImageTags } from '../image-tags';
import type { ContainerRoles } from './container-roles';

export interface MigrationProps extends MigrationConfig {
  readonly names: ResourceNames;
  readonly imageTags: ImageTags;
  /** The container in whose place the command runs, and where it logs. */
  readonly containerName: string;
  readonly containerLogs: ILogGroup;
  readonly containerRoles: ContainerRoles;
  readonly repository: IRepository;
  readonly database: IDatabaseInstance;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Runs a command from the new image before a release serves, and turns the release back where it fails: a function that
 * ECS calls before it starts a new task (docs/decisions/0015).
 */
export class Migration extends Construct {
  public readonly hook: IDeploymentLifecycleHookTarget;
  private readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: MigrationProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: props.names.logGroups.migration,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    const handler = new Function(this, 'Function', {
      description: `Runs the migration of ${props.names.service} before a release serves`,
      runtime: determineLatestNodeRuntime(this),
      code: Code.fromAsset(join(__dirname, 'migration')),
      handler: 'index.handler',
      memorySize: 256,
      timeout: Duration.minutes(1),
      logGroup: this.logGroup,
      role: this.functionRole(props),
      environment: {
        CLUSTER: props.names.cluster,
        CONTAINER: props.containerName,
        COMMAND: JSON.stringify(props.command),
        TIMEOUT_SECONDS: String(props.timeout.toSeconds()),
        REPOSITORY: props.names.repositories.app,
        DATABASE: props.names.dbInstance,
        LOG_GROUP: props.names.logGroups.app,
        STACK: Aws.STACK_ID,
        HAS_IMAGE: props.imageTags.withImage('true', 'false'),
      },
    });
    this.hook = new DeploymentLifecycleLambdaTarget(handler, 'Hook', {
      lifecycleStages: [DeploymentLifecycleStage.PRE_SCALE_UP],
      role: this.callerRole(handler),
    });
  }

  /** One role with all rights from its first moment: the first release may come with it. */
  private functionRole(props: MigrationProps): Role {
    const { cluster, service, taskFamily } = props.names;
    const ecs = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ecs', resource, resourceName });
    const { executionRole, taskRole } = props.containerRoles;
    const anyRevision = {
      taskDefinition: ecs('task-definition', `${taskFamily}:*`),
      service: ecs('service-revision', `${cluster}/${service}/*`),
      task: ecs('task', `${cluster}/*`),
    };
    const inCluster = { ArnEquals: { 'ecs:cluster': ecs('cluster', cluster) } };
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Migrate: new PolicyDocument({
          statements: [
            new PolicyStatement({
              sid: 'RunMigration',
              actions: ['ecs:RunTask'],
              resources: [anyRevision.taskDefinition],
              conditions: inCluster,
            }),
            new PolicyStatement({
              actions: ['iam:PassRole'],
              resources: [executionRole.roleArn, taskRole.roleArn],
              conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
            }),
            new PolicyStatement({
              actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
              resources: [anyRevision.task],
            }),
            // It knows no resource, only a cluster.
            new PolicyStatement({ actions: ['ecs:ListTasks'], resources: ['*'], conditions: inCluster }),
            new PolicyStatement({
              actions: ['ecs:DescribeServiceRevisions', 'ecs:ListServiceDeployments'],
              resources: [anyRevision.service, ecs('service', `${cluster}/${service}`)],
            }),
            new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }),
            new PolicyStatement({ actions: ['ecr:DescribeImages'], resources: [props.repository.repositoryArn] }),
            new PolicyStatement({ actions: ['rds:DescribeDBInstances'], resources: [props.database.instanceArn] }),
            new PolicyStatement({ actions: ['logs:GetLogEvents'], resources: [props.containerLogs.logGroupArn] }),
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [this.logGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
    for (const arn of Object.values(anyRevision)) acknowledgeWildcard(role, arn, 'Each release makes a new one.');
    acknowledge(role, { 'AwsSolutions-IAM5[Resource::*]': 'ecs:ListTasks knows no resource; the cluster is fixed.' });
    return role;
  }

  /** With which ECS calls the function. */
  private callerRole(handler: IFunction): Role {
    return new Role(this, 'CallerRole', {
      assumedBy: new ServicePrincipal('ecs.amazonaws.com'),
      inlinePolicies: {
        Call: new PolicyDocument({
          statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] })],
        }),
      },
    });
  }
}
