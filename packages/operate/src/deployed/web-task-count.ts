import type { EnvironmentConfig } from '@infra/commands/app';
import type { DeployedStack } from './deployed-stack';
import { awsCommand } from './printed-commands';
import { webServiceNames } from './web-service';

/** Number of web tasks that the config asks for; both numbers are equal unless the tasks scale. */
export interface TaskCount {
  readonly minimum: number;
  readonly maximum: number;
}

export function configuredTaskCount({ webService }: EnvironmentConfig): TaskCount {
  const { tasks } = webService;
  if (tasks.mode === 'fixed') return { minimum: tasks.desiredCount, maximum: tasks.desiredCount };
  return { minimum: tasks.minCapacity, maximum: tasks.maxCapacity };
}

/** Command of the AWS CLI that sets the number of web tasks. */
export function scaleCommand(stack: DeployedStack, taskCount: number): string {
  const { cluster, service } = webServiceNames(stack);
  const options = `--cluster ${cluster} --service ${service} --desired-count ${taskCount}`;
  return awsCommand(stack.region, 'ecs update-service', options);
}
