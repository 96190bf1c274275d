import { ECS, type Task } from '@aws-sdk/client-ecs';
import { CONTAINER_NAME, MIGRATION_LOG_PREFIX, resourceNames, TIME_LIMIT_CONTAINER_NAME } from '@infra/commands/app';
import { applicationContainer } from './application-container';
import { lastArnPart } from './arn';
import type { DeployedStack } from './deployed-stack';
import { words } from './words';
import { readAll } from './pages';
import { awsCommand } from './printed-commands';
import { formatInTokyo } from './tokyo-time';
import { webServiceNames } from './web-service';
import { imageTagOf } from './web-state';

/** Reads the migration tasks of an environment that run, or are about to start. The task that was created first is first. */
export async function readMigrationTasks(stack: DeployedStack, ecs = stack.client(ECS)): Promise<Task[]> {
  // ECS counts tasks that are about to start as RUNNING, too: it is their desired status.
  return await readTasks(stack, ecs, 'RUNNING');
}

/** Reads the newest migration task; `undefined` if none runs, and none has ended within the hour for which ECS lists it. */
export async function readLastMigrationTask(stack: DeployedStack, ecs = stack.client(ECS)): Promise<Task | undefined> {
  const runningTasks = await readMigrationTasks(stack, ecs);
  const stoppedTasks = await readTasks(stack, ecs, 'STOPPED');
  return runningTasks.at(-1) ?? stoppedTasks.at(-1);
}

async function readTasks(stack: DeployedStack, ecs: ECS, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<Task[]> {
  const { cluster } = webServiceNames(stack);
  const { migrationFamily: family } = resourceNames(stack.environmentName);
  const taskArns = await readAll(ecs.paginateListTasks({ cluster, family, desiredStatus }), 'taskArns');
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
  return words.migration.runs({ imageTag, start, taskId: taskIdOf(task) });
}

/**
 * Failure of a migration task that has ended, such as `failed with exit code 1`; `undefined` if it succeeded. An exit code of
 * 0 is not enough: a task that was stopped by a person, by AWS or by its time limit may end with 0 in the middle of its work.
 */
export function migrationFailure({ containers = [], stopCode, stoppedReason = '' }: Task): string | undefined {
  const timeLimit = containers.find(({ name }) => name === TIME_LIMIT_CONTAINER_NAME);
  // Its sleep is over. Stopped earlier, it ends by a signal.
  if (timeLimit?.exitCode === 0) return words.migration.stoppedByTimeLimit;
  const exitCode = applicationContainer(containers)?.exitCode;
  const endedByItself = stopCode === undefined || stopCode === 'EssentialContainerExited';
  if (exitCode === 0 && endedByItself) return undefined;
  return words.migration.failed({ reason: exitCode ? words.exitCode({ exitCode }) : stoppedReason });
}

/** True if a task has run longer than a migration may. */
export function isOverdue({ startedAt }: Task, timeoutSeconds: number): boolean {
  return startedAt !== undefined && Date.now() > startedAt.getTime() + timeoutSeconds * 1000;
}

/** Command that stops a task. */
export function stopCommand(stack: DeployedStack, task: Task): string {
  const { cluster } = webServiceNames(stack);
  return awsCommand(stack.region, 'ecs stop-task', `--cluster ${cluster} --task ${taskIdOf(task)}`);
}

/** Name of the log stream of a migration task. */
export function migrationLogStream(taskId: string): string {
  return `${MIGRATION_LOG_PREFIX}/${CONTAINER_NAME}/${taskId}`;
}

/** The id at the end of a task's ARN. */
export function taskIdOf({ taskArn }: Task): string {
  return lastArnPart(taskArn);
}
