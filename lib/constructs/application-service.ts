import type { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import {
  AvailabilityZoneRebalancing,
  type CfnService,
  FargateService,
  type FargateServiceProps,
  PropagatedTagSource,
} from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { WebServiceConfig } from '../config/sections/web-service';
import type { ContainerRoles } from './container-roles';

export interface ApplicationServiceProps
  extends
    Pick<FargateServiceProps, 'serviceName' | 'cluster' | 'taskDefinition' | 'desiredCount' | 'healthCheckGracePeriod'>,
    Pick<WebServiceConfig, 'zones' | 'executeCommand' | 'failedTasks'> {
  /** The public subnets, one per zone. */
  readonly subnets: ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly roles: ContainerRoles;
}

/** A service of ECS on Fargate that runs the web image, and goes back to the previous version if the new one fails. */
export class ApplicationService extends FargateService {
  constructor(scope: Construct, id: string, props: ApplicationServiceProps) {
    const { zones, subnets, roles } = props;
    super(scope, id, {
      serviceName: props.serviceName,
      cluster: props.cluster,
      taskDefinition: props.taskDefinition,
      desiredCount: props.desiredCount,
      vpcSubnets: { subnets: zones === 'first' ? subnets.slice(0, 1) : subnets },
      // There is no NAT gateway: without a public address a task reaches neither ECR nor Secrets Manager (guide 6.1).
      assignPublicIp: true,
      securityGroups: [props.securityGroup],
      circuitBreaker: { rollback: true },
      // ECS's own default differs between services that exist and new ones.
      availabilityZoneRebalancing:
        zones === 'all' ? AvailabilityZoneRebalancing.ENABLED : AvailabilityZoneRebalancing.DISABLED,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      healthCheckGracePeriod: props.healthCheckGracePeriod,
      propagateTags: PropagatedTagSource.SERVICE,
      enableExecuteCommand: props.executeCommand,
    });
    acknowledge(roles.taskRole, {
      'AwsSolutions-IAM5[Resource::*]': props.executeCommand
        ? 'ECS Exec: the channels of Session Manager have no ARN.'
        : undefined,
    });
    const cfnService = this.node.defaultChild as CfnService;
    // By default ECS counts from zero again once a task is healthy: tasks that pass their checks and die later would
    // never fail a deployment.
    const circuitBreaker = 'DeploymentConfiguration.DeploymentCircuitBreaker';
    cfnService.addPropertyOverride(`${circuitBreaker}.ResetOnHealthyTask`, false);
    // ECS keeps what an update leaves out: a removed count or deleted alarms would stay.
    cfnService.addPropertyOverride(`${circuitBreaker}.ThresholdConfiguration`, threshold(props.failedTasks));
    const noAlarms = { AlarmNames: [], Enable: false, Rollback: false };
    cfnService.addPropertyOverride('DeploymentConfiguration.Alarms', noAlarms);
    // The L2 waits for the roles, and not for their policies: a task that starts earlier may not read a new secret.
    this.node.addDependency(roles.policies);
  }
}

/** Failed tasks that end a deployment; ECS's default unless given. */
function threshold(failedTasks: number | undefined): { readonly Type: string; readonly Value: number } {
  return failedTasks === undefined ? { Type: 'BOUNDED_PERCENT', Value: 50 } : { Type: 'COUNT', Value: failedTasks };
}
