import { type DesiredStatus, ECS, type Service, type Task } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2, type TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Part } from '@infra/commands/app';
import { mustExist } from './aws-errors';
import { allPhysicalIds, type DeployedStack, physicalIdOf } from './deployed-stack';
import { words } from './words';

/** Names by which ECS identifies a service. */
export interface ServiceNames {
  readonly cluster: string;
  readonly service: string;
}

/** Names of a stack's web service. */
export function webServiceNames(stack: DeployedStack): ServiceNames {
  return serviceNames(physicalIdOf(stack, Part.webService));
}

/** Names of a service, from its ARN: `arn:aws:ecs:<region>:<account>:service/<cluster>/<service>`. */
function serviceNames(arn: string): ServiceNames {
  const [, cluster = '', service = ''] = arn.split('/');
  return { cluster, service };
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

async function describeServiceOf(stack: DeployedStack, { cluster, service }: ServiceNames): Promise<Service> {
  const answer = await stack.client(ECS).describeServices({ cluster, services: [service] });
  // ECS still describes a service for a while after its deletion, as INACTIVE.
  const existing = answer.services?.find(({ status }) => status !== 'INACTIVE');
  return mustExist(words.items.service({ name: `${cluster}/${service}` }), existing);
}

/**
 * Reads the tasks of the web service.
 * @param desiredStatus - Status of the tasks that ECS lists: RUNNING by default; STOPPED for an hour after their end.
 */
export async function describeTasks(stack: DeployedStack, desiredStatus?: DesiredStatus): Promise<Task[]> {
  const { cluster, service: serviceName } = webServiceNames(stack);
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
