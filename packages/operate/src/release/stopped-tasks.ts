import type { Task } from '@aws-sdk/client-ecs';
import { errorText } from '../deployed/aws-errors';
import type { DeployedStack } from '../deployed/deployed-stack';
import { readLastLinesOfTask } from '../deployed/log-stream';
import { taskIdOf } from '../deployed/migration-tasks';
import { stopReasonOf } from '../deployed/stop-reason';
import { endTime, readTaskFailures } from '../deployed/task-failures';
import { allServiceNames } from '../deployed/web-service';
import { imageTagOf } from '../deployed/web-state';
import { words } from './words';

/** A failed release lists this many tasks, and this many lines of the newest one's log. */
const MOST_TASKS = 3;
const MOST_LAST_LINES = 20;

/** The clock of this machine and that of AWS may differ by so much. */
const CLOCK_DIFFERENCE_MS = 60_000;

/** Reads the tasks of all services that a release started since a moment, and that failed, the last one first. */
export async function readStoppedTasks(stack: DeployedStack, since: Date): Promise<Task[]> {
  const sinceMs = since.getTime() - CLOCK_DIFFERENCE_MS;
  const services = allServiceNames(stack);
  const failures = await Promise.all(services.map((names) => readTaskFailures(stack, sinceMs, names)));
  return failures.flat().sort((first, second) => endTime(second) - endTime(first));
}

/** Lines on the tasks that a deployment started and that have ended: reasons, and the application's last lines. */
export async function explainStoppedTasks(stack: DeployedStack, since: Date): Promise<string[]> {
  try {
    const stoppedTasks = await readStoppedTasks(stack, since);
    const newestTask = stoppedTasks.at(0);
    if (!newestTask) return [];
    const reasons = stoppedTasks.slice(0, MOST_TASKS).map(describeStoppedTask);
    const lastLines = await readLastLinesOfTask(stack, newestTask, MOST_LAST_LINES);
    return [words.stoppedTasks, ...reasons, ...logSection(lastLines)];
  } catch (error) {
    return [words.stoppedTasksUnknown({ reason: errorText(error) })];
  }
}

function describeStoppedTask(task: Task): string {
  return words.stoppedTask({ taskId: taskIdOf(task), imageTag: imageTagOf(task) ?? '', reason: stopReasonOf(task) });
}

/** Lines of a log below their heading; none if there are no lines. */
export function logSection(lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [words.lastLines, '', ...lines.map((line) => `    ${line}`), ''];
}
