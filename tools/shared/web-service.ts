import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  type DesiredStatus,
  ECSClient,
  paginateListTasks,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import { awsClient } from './aws';
import type { DeployedStack } from './deployed-stack';
import { CannotTellError } from '@infra/common/outcome';

/** Where ECS finds the web service of a stack. */
export function webService({ ids }: DeployedStack): { readonly cluster: string; readonly service: string } {
  const [arn = ''] = ids('AWS::ECS::Service');
  const [, cluster = '', service = ''] = arn.split('/');
  return { cluster, service };
}

export async function describeService(stack: DeployedStack): Promise<Service> {
  const { cluster, service } = webService(stack);
  const wanted = new DescribeServicesCommand({ cluster, services: [service] });
  const [found] = (await awsClient(ECSClient, stack).send(wanted)).services ?? [];
  if (!found) throw new CannotTellError(`The stack has a web service that ECS does not know: ${cluster}/${service}.`);
  return found;
}

/** The tasks of the web service; of those that stopped, ECS knows the last hour's. */
export async function tasksOf(stack: DeployedStack, desiredStatus?: DesiredStatus): Promise<Task[]> {
  const { cluster, service: serviceName } = webService(stack);
  const client = awsClient(ECSClient, stack);
  const found: Task[] = [];
  // ECS describes as many at once as it lists on a page.
  for await (const { taskArns: tasks = [] } of paginateListTasks({ client }, { cluster, serviceName, desiredStatus })) {
    if (tasks.length > 0)
      found.push(...((await client.send(new DescribeTasksCommand({ cluster, tasks }))).tasks ?? []));
  }
  return found;
}
