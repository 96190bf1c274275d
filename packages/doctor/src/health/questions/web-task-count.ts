import type { EnvironmentConfig } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { webServiceNames } from '@infra/operate/deployed/web-service';

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
export function scaleCommand(environment: Environment, taskCount: number): string {
  const { cluster, service } = webServiceNames(environment);
  const options = `--cluster ${cluster} --service ${service} --desired-count ${taskCount}`;
  return awsCommand(environment.region, 'ecs update-service', options);
}
