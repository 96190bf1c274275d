import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';
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
  const [found] = (await new ECSClient(stack.clientConfig).send(wanted)).services ?? [];
  if (!found) throw new CannotTellError(`The stack has a web service that ECS does not know: ${cluster}/${service}.`);
  return found;
}
