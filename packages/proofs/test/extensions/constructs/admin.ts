import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, FargateService, type ICluster, LogDriver } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationProtocol,
  ApplicationTargetGroup,
  type IApplicationListener,
  ListenerCondition,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnCondition, CfnParameter, Fn, type RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ImageRegistryConfig } from '../../../../../lib/config/sections/image-registry';
import type { ResourceNames } from '../../../../../lib/config/names';
import { ApplicationTask, type ApplicationTaskProps } from '../../../../../lib/constructs/application-task';
import { ContainerRoles } from '../../../../../lib/constructs/container-roles';
import { ImageRegistry } from '../../../../../lib/constructs/image-registry';
import { APPLICATION_PORT, HEALTH_CHECK_PATH } from '../../../../../lib/contract';

export interface AdminProps extends Omit<
  ApplicationTaskProps,
  'family' | 'roles' | 'container' | 'applicationUrl' | 'extraEnvironment'
> {
  readonly names: ResourceNames;
  readonly imageRegistry: ImageRegistryConfig;
  readonly cluster: ICluster;
  readonly listener: IApplicationListener;
  /** Host name by which the load balancer finds it. */
  readonly hostName: string;
  readonly vpc: IVpc;
  readonly subnets: ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** The application of ProofLink's own staff, behind the same load balancer. */
export class Admin extends Construct {
  public readonly roles: ContainerRoles;

  constructor(scope: Construct, id: string, props: AdminProps) {
    super(scope, id);
    const name = `${props.names.prefix}-admin`;
    const tag = new CfnParameter(Stack.of(this), 'AdminImageTag', {
      description: 'Tag of the admin image to run. Empty: no task runs. A deploy without it keeps the tag.',
      default: '',
      allowedPattern: '^([A-Za-z0-9_][A-Za-z0-9._-]{0,127})?$',
    });
    const hasImage = new CfnCondition(this, 'HasImage', {
      expression: Fn.conditionNot(Fn.conditionEquals(tag.valueAsString, '')),
    });
    const runningTag = Fn.conditionIf(hasImage.logicalId, tag.valueAsString, 'latest').toString();
    const { repository } = new ImageRegistry(this, 'Registry', {
      ...props.imageRegistry,
      repositoryName: name,
      runningTag,
      removalPolicy: props.removalPolicy,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/ecs/${name}`,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    this.roles = new ContainerRoles(this, 'Roles', {
      executionRoleName: undefined,
      executionRoleDescription: 'Execution role for admin tasks',
      taskRoleName: undefined,
      policyName: 'ProoflinkAdminTaskPolicy',
      bucket: props.bucket,
      logGroup,
    });
    const taskDefinition = new ApplicationTask(this, 'TaskDefinition', {
      ...props,
      family: name,
      roles: this.roles,
      applicationUrl: `https://${props.hostName}`,
      extraEnvironment: {},
      container: {
        image: ContainerImage.fromEcrRepository(repository, runningTag),
        portMappings: [{ containerPort: APPLICATION_PORT }],
        logging: LogDriver.awsLogs({ logGroup, streamPrefix: 'ecs' }),
      },
    });
    const targetGroup = new ApplicationTargetGroup(this, 'TargetGroup', {
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: APPLICATION_PORT,
      vpc: props.vpc,
      healthCheck: { path: HEALTH_CHECK_PATH },
    });
    props.listener.addTargetGroups('Admin', {
      conditions: [ListenerCondition.hostHeaders([props.hostName])],
      priority: 10,
      targetGroups: [targetGroup],
    });
    const service = new FargateService(this, 'Service', {
      serviceName: name,
      cluster: props.cluster,
      taskDefinition,
      desiredCount: Token.asNumber(Fn.conditionIf(hasImage.logicalId, 1, 0)),
      vpcSubnets: { subnets: props.subnets },
      assignPublicIp: true,
      securityGroups: [props.securityGroup],
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
    });
    service.attachToApplicationTargetGroup(targetGroup);
    service.node.addDependency(this.roles.policies);
  }
}
