import { ContainerImage, type IBaseService, LogDriver } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { WorkerConfig } from '../config/sections/other-tasks';
import { withOwnSettings } from '../config/sections/settings';
import { workerLogPrefix } from '../contract';
import { ApplicationService } from './application-service';
import { ApplicationTask } from './application-task';
import { ContainerRoles } from './container-roles';
import type { WebService, WebServiceProps } from './web-service';

export interface WorkerProps extends Omit<WebServiceProps, 'targetGroup'> {
  readonly worker: WorkerConfig;
  readonly web: WebService;
}

/** A service of ECS that runs the web image without a load balancer; not in the guide. */
export class Worker extends Construct {
  public readonly name: string;
  public readonly desiredCount: number;
  public readonly service: IBaseService;
  public readonly roles: ContainerRoles;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const { web, worker, imageTags } = props;
    this.name = worker.name;
    this.desiredCount = worker.desiredCount;
    const serviceName = serviceNameOf(props);
    this.roles = new ContainerRoles(this, 'Roles', {
      executionRoleName: undefined,
      executionRoleDescription: `Execution role for tasks of ${serviceName}`,
      taskRoleName: undefined,
      policyName: 'ProoflinkWorkerTaskPolicy',
      bucket: props.bucket,
      logGroup: web.logGroup,
    });
    this.service = new ApplicationService(this, 'Service', {
      ...props,
      serviceName,
      cluster: web.cluster,
      taskDefinition: this.createTaskDefinition(props),
      desiredCount: imageTags.zeroWithoutImage(worker.desiredCount),
      roles: this.roles,
      // Without a load balancer there is no grace period.
      healthCheckGracePeriod: undefined,
    });
  }

  private createTaskDefinition(props: WorkerProps): ApplicationTask {
    const { web, worker } = props;
    return new ApplicationTask(this, 'TaskDefinition', {
      ...props,
      family: serviceNameOf(props),
      size: worker.size,
      settings: withOwnSettings(props.settings, worker.settings),
      roles: this.roles,
      sessionSecret: web.sessionSecret,
      container: {
        image: ContainerImage.fromEcrRepository(props.repository, props.imageTags.app),
        command: [...worker.command],
        stopTimeout: worker.stopTimeout,
        // Without one, ECS counts no task that crashes once it runs (containers-roadmap 1206).
        healthCheck: { ...worker.healthCheck, command: ['CMD', ...worker.healthCheck.command] },
        logging: LogDriver.awsLogs({ logGroup: web.logGroup, streamPrefix: workerLogPrefix(worker.name) }),
      },
    });
  }
}

function serviceNameOf({ names, worker }: WorkerProps): string {
  return `${names.prefix}-worker-${worker.name}`;
}
