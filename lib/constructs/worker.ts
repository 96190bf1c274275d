import type { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage, type IBaseService, LogDriver } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { ResourceNames } from '../config/names';
import type { WorkerConfig } from '../config/sections/other-tasks';
import type { WebServiceConfig } from '../config/sections/web-service';
import type { ImageTags } from '../image-tags';
import { ApplicationService } from './application-service';
import { ApplicationTask, type ApplicationTaskProps } from './application-task';
import { ContainerRoles } from './container-roles';
import type { WebService } from './web-service';

export interface WorkerProps
  extends
    WorkerConfig,
    Omit<ApplicationTaskProps, 'family' | 'roles' | 'sessionSecret' | 'container'>,
    Pick<WebServiceConfig, 'zones' | 'executeCommand' | 'failedTasks'> {
  readonly names: ResourceNames;
  /** The public subnets, one per zone. */
  readonly subnets: ISubnet[];
  /** That of the web tasks. */
  readonly securityGroup: ISecurityGroup;
  readonly repository: IRepository;
  readonly imageTags: ImageTags;
  readonly web: WebService;
}

/** A service of ECS that runs the web image without a load balancer; not in the guide. */
export class Worker extends Construct {
  public readonly workerName: string;
  public readonly desiredCount: number;
  public readonly service: IBaseService;
  public readonly roles: ContainerRoles;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const { web, imageTags } = props;
    this.workerName = props.name;
    this.desiredCount = props.desiredCount;
    const name = serviceName(props);
    this.roles = new ContainerRoles(this, 'Roles', {
      executionRoleName: undefined,
      executionRoleDescription: `Execution role for tasks of ${name}`,
      taskRoleName: undefined,
      policyName: 'ProoflinkWorkerTaskPolicy',
      bucket: props.bucket,
      logGroup: web.logGroup,
    });
    this.service = new ApplicationService(this, 'Service', {
      ...props,
      serviceName: name,
      cluster: web.cluster,
      taskDefinition: this.createTaskDefinition(props),
      desiredCount: imageTags.zeroWithoutImage(props.desiredCount),
      roles: this.roles,
      healthCheckGracePeriod: undefined,
    });
  }

  private createTaskDefinition(props: WorkerProps): ApplicationTask {
    const { web, healthCheck, imageTags } = props;
    return new ApplicationTask(this, 'TaskDefinition', {
      ...props,
      family: serviceName(props),
      roles: this.roles,
      sessionSecret: web.sessionSecret,
      container: {
        image: ContainerImage.fromEcrRepository(props.repository, imageTags.app),
        command: [...props.command],
        stopTimeout: props.stopTimeout,
        // Without one, ECS counts no task that crashes once it runs (containers-roadmap 1206).
        healthCheck: {
          command: ['CMD', ...healthCheck.command],
          interval: healthCheck.interval,
          startPeriod: healthCheck.startPeriod,
        },
        logging: LogDriver.awsLogs({ logGroup: web.logGroup, streamPrefix: `worker-${props.name}` }),
      },
    });
  }
}

function serviceName({ names, name }: WorkerProps): string {
  return `${names.prefix}-worker-${name}`;
}
