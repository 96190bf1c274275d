import { CONTAINER_NAME } from '@infra/commands/app';

/**
 * The application's container among those of a task, or of a task definition. Others may stand before it: GuardDuty's
 * Runtime Monitoring adds one to each new Fargate task, in no order.
 */
export function applicationContainer<Container extends { readonly name?: string }>(
  containers: readonly Container[] = [],
): Container | undefined {
  return containers.find(({ name }) => name === CONTAINER_NAME);
}
