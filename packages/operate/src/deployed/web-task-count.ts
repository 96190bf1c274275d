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

/** Command of the AWS CLI that sets the number of tasks of a service, the web service by default. */
export function scaleCommand(stack: DeployedStack, taskCount: number, names = webServiceNames(stack)): string {
  const { cluster, service } = names;
  const options = `--cluster ${cluster} --service ${service} --desired-count ${taskCount}`;
  return awsCommand(stack.region, 'ecs update-service', options);
}
