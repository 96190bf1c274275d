import { type DesiredStatus, ECS, type Service, type Task } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2, type TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type DeployedStack, mustExist } from './deployed-stack';

/** Cluster and name of a stack's web service. */
export function webServiceOf({ ids }: DeployedStack): { readonly cluster: string; readonly service: string } {
  const [arn = ''] = ids('AWS::ECS::Service');
  const [, cluster = '', service = ''] = arn.split('/');
  return { cluster, service };
}

export async function describeService(stack: DeployedStack): Promise<Service> {
  const { cluster, service } = webServiceOf(stack);
  const { services = [] } = await stack.client(ECS).describeServices({ cluster, services: [service] });
  return mustExist(
    `service ${cluster}/${service}`,
    services.find(({ status }) => status !== 'INACTIVE'),
  );
}

/** The tasks of the web service; of those that stopped, ECS knows the last hour's. */
export async function describeTasks(stack: DeployedStack, desiredStatus?: DesiredStatus): Promise<Task[]> {
  const { cluster, service: serviceName } = webServiceOf(stack);
  const ecs = stack.client(ECS);
  const found: Task[] = [];
  // ECS describes as many at once as it lists on a page.
  for await (const { taskArns: tasks = [] } of ecs.paginateListTasks({ cluster, serviceName, desiredStatus }))
    if (tasks.length > 0) found.push(...((await ecs.describeTasks({ cluster, tasks })).tasks ?? []));
  return found;
}

export async function describeTargets(stack: DeployedStack): Promise<TargetHealthDescription[]> {
  const [TargetGroupArn] = stack.ids('AWS::ElasticLoadBalancingV2::TargetGroup');
  const found = await stack.client(ElasticLoadBalancingV2).describeTargetHealth({ TargetGroupArn });
  return found.TargetHealthDescriptions ?? [];
}
