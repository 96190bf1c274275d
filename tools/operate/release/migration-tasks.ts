import { ECS, type Task } from '@aws-sdk/client-ecs';
import { resourceNames } from '../../../lib/config/names';
import { lastArnPart } from '../../deployed/arn';
import { readAll } from '../../deployed/pages';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { formatInTokyo } from '../../deployed/tokyo-time';
import { webServiceNames } from '../../deployed/web-service';
import { imageTagOf } from '../../deployed/web-state';

/** Reads the migration tasks of an environment that run, or are about to start. The task that was created first is first. */
export async function readMigrationTasks(stack: DeployedStack, ecs = stack.client(ECS)): Promise<Task[]> {
  const { cluster } = webServiceNames(stack);
  const { migrationFamily: family } = resourceNames(stack.environmentName);
  // ECS counts tasks that are about to start as RUNNING, too: it is their desired status.
  const pages = ecs.paginateListTasks({ cluster, family, desiredStatus: 'RUNNING' });
  const taskArns = await readAll(pages, 'taskArns');
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.describeTasks({ cluster, tasks: taskArns });
  return tasks.sort((task, other) => (creationOrder(task) < creationOrder(other) ? -1 : 1));
}

/** Sort key of a task: the time of its creation, then, for tasks of the same moment, the ARN. */
function creationOrder({ createdAt, taskArn = '' }: Task): string {
  return `${createdAt?.toISOString() ?? ''} ${taskArn}`;
}

/** A sentence without a period, in lower case, on a migration task that runs. */
export function describeMigration(task: Task): string {
  const imageTag = imageTagOf(task) ?? '';
  const start = formatInTokyo(task.createdAt ?? 0);
  return `the migration of ${imageTag} runs since ${start} (task ${taskIdOf(task)})`;
}

/** The id at the end of a task's ARN. */
export function taskIdOf({ taskArn }: Task): string {
  return lastArnPart(taskArn);
}
