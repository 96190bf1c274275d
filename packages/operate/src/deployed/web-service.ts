import { type DesiredStatus, ECS, type Service, type Task } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2, type TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type EnvironmentConfig, Part, workerPart } from '@infra/commands/app';
import { mustExist } from './aws-errors';
import { allPhysicalIds, type DeployedStack, hasPart, physicalIdOf } from './deployed-stack';

/** Names by which ECS identifies a service. */
export interface ServiceNames {
  readonly cluster: string;
  readonly service: string;
}

/** Names of a stack's web service. */
export function webServiceNames(stack: DeployedStack): ServiceNames {
  return serviceNames(physicalIdOf(stack, Part.webService));
}

/** Names of the service of a configured worker, or of the web service unless a name is given. */
export function namesOfTask(stack: DeployedStack, workerName: string | undefined): ServiceNames {
  if (workerName === undefined) return webServiceNames(stack);
  return serviceNames(physicalIdOf(stack, workerPart(workerName)));
}

/** Names of a service, from its ARN: `arn:aws:ecs:<region>:<account>:service/<cluster>/<service>`. */
function serviceNames(arn: string): ServiceNames {
  const [, cluster = '', service = ''] = arn.split('/');
  return { cluster, service };
}

/** Names of all services of a stack: that of the web tasks, those of workers, and those that a team has added. */
export function allServiceNames(stack: DeployedStack): ServiceNames[] {
  return allPhysicalIds(stack, Part.webService.type).map(serviceNames);
}

/** A deployed service of a configured worker. */
interface WorkerService extends ServiceNames {
  readonly desiredCount: number;
}

/** The services of the configured workers that are deployed. */
export function workerServices(
  stack: DeployedStack,
  { workers = [] }: Pick<EnvironmentConfig, 'workers'>,
): WorkerService[] {
  const deployed = workers.filter(({ name }) => hasPart(stack, workerPart(name)));
  return deployed.map(({ name, desiredCount }) => {
    return { ...serviceNames(physicalIdOf(stack, workerPart(name))), desiredCount };
  });
}

/** Reads the web service of a stack; throws a NotFound error if it was deleted. */
export async function describeService(stack: DeployedStack): Promise<Service> {
  return await describeServiceOf(stack, webServiceNames(stack));
}

/** Reads the services that a team has added to a stack. */
export async function describeFurtherServices(stack: DeployedStack): Promise<Service[]> {
  const webArn = physicalIdOf(stack, Part.webService);
  const arns = allPhysicalIds(stack, Part.webService.type).filter((arn) => arn !== webArn);
  return await Promise.all(arns.map((arn) => describeServiceOf(stack, serviceNames(arn))));
}

export async function describeServiceOf(stack: DeployedStack, { cluster, service }: ServiceNames): Promise<Service> {
  const answer = await stack.client(ECS).describeServices({ cluster, services: [service] });
  // ECS still describes a service for a while after its deletion, as INACTIVE.
  const existing = answer.services?.find(({ status }) => status !== 'INACTIVE');
  return mustExist(`${Part.webService.type} ${cluster}/${service}`, existing);
}

/**
 * Reads the tasks of a service.
 * @param desiredStatus - Status of the tasks that ECS lists: RUNNING by default; STOPPED for an hour after their end.
 * @param names - Names of the service: that of the web tasks by default.
 */
export async function describeTasks(
  stack: DeployedStack,
  desiredStatus?: DesiredStatus,
  names = webServiceNames(stack),
): Promise<Task[]> {
  const { cluster, service: serviceName } = names;
  const ecs = stack.client(ECS);
  const pages = ecs.paginateListTasks({ cluster, serviceName, desiredStatus });
  const tasks: Task[] = [];
  // A page lists up to 100 tasks, as many as ECS describes in one call.
  for await (const { taskArns = [] } of pages) {
    if (taskArns.length === 0) continue;
    const described = await ecs.describeTasks({ cluster, tasks: taskArns });
    tasks.push(...(described.tasks ?? []));
  }
  return tasks;
}

/** Reads the targets of the load balancer's target group, with their health. */
export async function describeTargets(stack: DeployedStack): Promise<TargetHealthDescription[]> {
  const TargetGroupArn = physicalIdOf(stack, Part.targetGroup);
  const answer = await stack.client(ElasticLoadBalancingV2).describeTargetHealth({ TargetGroupArn });
  return answer.TargetHealthDescriptions ?? [];
}
