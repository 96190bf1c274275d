import type { Task, TaskStopCode } from '@aws-sdk/client-ecs';
import type { DeployedStack } from './deployed-stack';
import { describeTasks, type ServiceNames } from './web-service';

/** Begin of the reason of a task that ECS ended for another version, or for a smaller number of tasks. */
const ENDED_BY_SCALING = 'Scaling activity';

/** Ends of a task that are no fault of its own: a person, or AWS for its hardware, ended it. */
const ENDED_BY_OTHERS: ReadonlySet<TaskStopCode> = new Set([
  'InfrastructureHealth',
  'SpotInterruption',
  'TerminationNotice',
  'UserInitiated',
]);

/**
 * Reads the tasks of a service, the web tasks unless given, that did not start, ended by themselves or failed their health checks, the last one first: those that
 * were created since a moment, and that ECS still lists, which it does for an hour after their end.
 */
export async function readTaskFailures(stack: DeployedStack, sinceMs: number, names?: ServiceNames): Promise<Task[]> {
  const stoppedTasks = await describeTasks(stack, 'STOPPED', names);
  const failures = stoppedTasks.filter((task) => isFailure(task) && startTime(task) >= sinceMs);
  return failures.sort((first, second) => endTime(second) - endTime(first));
}

function isFailure({ stoppedReason = '', stopCode, stoppedAt }: Task): boolean {
  const isEndedByOthers = stopCode !== undefined && ENDED_BY_OTHERS.has(stopCode);
  const isScaled = stoppedReason.startsWith(ENDED_BY_SCALING);
  return stoppedAt !== undefined && !isScaled && !isEndedByOthers;
}

/** Moment of a task's start; of its creation before it starts. */
export function startTime({ startedAt, createdAt, stoppedAt }: Task): number {
  return (startedAt ?? createdAt ?? stoppedAt)?.getTime() ?? 0;
}

export function endTime(task: Task): number {
  return task.stoppedAt?.getTime() ?? startTime(task);
}
