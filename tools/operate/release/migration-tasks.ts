import { ECS, type Task } from '@aws-sdk/client-ecs';
import { resourceNames } from '../../../lib/config/names';
import { lastPart } from '../../deployed/arn';
import { readAll } from '../../deployed/aws';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { inTokyo } from '../../deployed/times';
import { webServiceNames } from '../../deployed/web-service';
import { imageTagOf } from '../../deployed/web-state';

/** Reads the migrations of an environment that run, or are about to, in the order of their start. */
export async function readMigrationTasks(stack: DeployedStack, ecs = stack.client(ECS)): Promise<Task[]> {
  const { cluster } = webServiceNames(stack);
  const { migrationFamily: family } = resourceNames(stack.environmentName);
  const pages = ecs.paginateListTasks({ cluster, family, desiredStatus: 'RUNNING' });
  const taskArns = await readAll(pages, 'taskArns');
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.describeTasks({ cluster, tasks: taskArns });
  return tasks.sort((task, other) => (startOrder(task) < startOrder(other) ? -1 : 1));
}

/** Sort key of a task: of two that were created in the same moment, the ARN decides. */
function startOrder({ createdAt, taskArn = '' }: Task): string {
  return `${createdAt?.toISOString() ?? ''} ${taskArn}`;
}

/** A migration that runs, as the beginning of a sentence. */
export function describeMigration(task: Task): string {
  const tag = imageTagOf(task) ?? '';
  const start = inTokyo(task.createdAt ?? 0);
  return `the migration of ${tag} runs since ${start} (task ${taskIdOf(task)})`;
}

/** The id at the end of a task's ARN. */
export function taskIdOf({ taskArn }: Task): string {
  return lastPart(taskArn);
}
