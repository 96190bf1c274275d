import { ECS, type Failure, type RunTaskResponse, type Task } from '@aws-sdk/client-ecs';
import { CannotTellError } from '@infra/common/outcome';
import { countText } from '@infra/common/words';
import { Part } from '../../../lib/contract';
import { applicationContainer } from '../../deployed/application-container';
import { errorText } from '../../deployed/aws-errors';
import { type DeployedStack, physicalIdOf } from '../../deployed/deployed-stack';
import { describeService, webServiceNames } from '../../deployed/web-service';
import { pause } from '../../program/pause';
import { MigrationLog } from './migration-log';
import { describeMigration, readMigrationTasks, taskIdOf } from './migration-tasks';

const POLL_INTERVAL_SECONDS = 2;
/** Time in which a task is started again and again. IAM puts the rights of a new deployment in force within it. */
const START_TIMEOUT_MINUTES = 5;
/** Characters that ECS accepts as the reason for stopping a task. */
const LONGEST_REASON = 255;

/** End of a migration. */
export interface MigrationResult {
  /** ARN of the task. `undefined`: ECS started none. */
  readonly taskArn?: string;
  /** Digest of the image that the task ran. */
  readonly imageDigest?: string;
  readonly exitCode?: number;
  /** Predicate of a sentence whose subject is the migration, such as `failed with exit code 1`. `undefined`: it succeeded. */
  readonly failure?: string;
  /** The last lines of the log. */
  readonly lastLines: readonly string[];
}

/** Errors by which ECS reports rights that may not be in force yet. */
const MISSING_RIGHTS = /assume|AccessDenied/i;

/** ECS did not start the task. Another attempt may succeed: rights come into force, or capacity becomes free. */
class TaskNotStartedError extends Error {}

/** Runs the migration of an environment: one ECS task, by the task definition that the stack has for it. */
export class MigrationRunner {
  private readonly ecs: ECS;
  private readonly cluster: string;

  constructor(
    private readonly stack: DeployedStack,
    /** Gets each line of progress. */
    private readonly showLine: (line: string) => void,
    /** Gets the advice for a person who leaves the release while the migration runs. */
    private readonly setAdvice: (advice: string) => void,
  ) {
    this.ecs = stack.client(ECS);
    this.cluster = webServiceNames(stack).cluster;
  }

  /** Starts a task, again if ECS does not start it, and waits for its end. A task that runs too long is stopped. */
  public async run(timeoutSeconds: number): Promise<MigrationResult> {
    const deadlineMs = Date.now() + START_TIMEOUT_MINUTES * 60_000;
    for (;;) {
      try {
        const task = await this.startTask();
        return await this.followToEnd(task, timeoutSeconds);
      } catch (error) {
        if (!(error instanceof TaskNotStartedError)) throw error;
        const reason = error.message;
        if (Date.now() > deadlineMs) {
          return { failure: `could not be started: ${reason}`, lastLines: [] };
        }
        this.showLine(`ECS did not start the task, and is asked again: ${reason}`);
      }
      await pause(POLL_INTERVAL_SECONDS);
    }
  }

  private async startTask(): Promise<Task> {
    const { tasks = [], failures = [] } = await this.requestTask();
    const [task] = tasks;
    if (task) return task;
    throw new TaskNotStartedError(failures.map(describeFailure).join(', '));
  }

  private async requestTask(): Promise<RunTaskResponse> {
    const { networkConfiguration } = await describeService(this.stack);
    try {
      return await this.ecs.runTask({
        cluster: this.cluster,
        taskDefinition: physicalIdOf(this.stack, Part.migration),
        networkConfiguration,
        launchType: 'FARGATE',
        startedBy: 'release',
      });
    } catch (error) {
      const lacksRights = error instanceof Error && MISSING_RIGHTS.test(`${error.name} ${error.message}`);
      throw lacksRights ? new TaskNotStartedError(errorText(error)) : error;
    }
  }

  /** Shows the log of a task until the task ends, and stops the task if there is a reason to. */
  private async followToEnd(startedTask: Task, timeoutSeconds: number): Promise<MigrationResult> {
    const taskId = taskIdOf(startedTask);
    const log = new MigrationLog(this.stack, taskId, this.showLine);
    this.setAdvice(adviceOnLeaving(taskId, log.tailCommand));
    this.showLine(`task ${taskId}`);
    let stopReason = await this.stopIfNecessary(startedTask, timeoutSeconds);
    for (;;) {
      const task = await this.describeTask(startedTask);
      await log.showNewLines();
      if (task.lastStatus === 'STOPPED') {
        const neverStarted = stopReason === undefined && task.stopCode === 'TaskFailedToStart';
        if (neverStarted) throw new TaskNotStartedError(task.stoppedReason ?? '');
        await this.showLastLines(log);
        return resultOf(task, stopReason, log.lastLines);
      }
      stopReason ??= await this.stopIfNecessary(task, timeoutSeconds);
      await pause(POLL_INTERVAL_SECONDS);
    }
  }

  /** The last lines may reach CloudWatch only after the end of the task. */
  private async showLastLines(log: MigrationLog): Promise<void> {
    await pause(POLL_INTERVAL_SECONDS);
    await log.showNewLines();
  }

  private async describeTask({ taskArn = '' }: Task): Promise<Task> {
    const { tasks = [] } = await this.ecs.describeTasks({ cluster: this.cluster, tasks: [taskArn] });
    const [task] = tasks;
    if (task) return task;
    throw new CannotTellError(`ECS does not know the task ${taskArn} any more.`);
  }

  /** Stops a task if there is a reason to, and returns the reason. `undefined`: the task goes on. */
  private async stopIfNecessary(task: Task, timeoutSeconds: number): Promise<string | undefined> {
    const reason = await this.reasonToStop(task, timeoutSeconds);
    if (reason === undefined) return undefined;
    await this.ecs.stopTask({
      cluster: this.cluster,
      task: task.taskArn,
      reason: reason.slice(0, LONGEST_REASON),
    });
    return reason;
  }

  /**
   * Reason to stop a task, as a predicate such as `was stopped after 5 minutes`; `undefined` if there is none. A task that
   * has begun to migrate is stopped only when its time is over. One that has not begun gives way to an earlier migration.
   */
  private async reasonToStop({ startedAt, taskArn }: Task, timeoutSeconds: number): Promise<string | undefined> {
    if (startedAt) {
      const isTimeOver = Date.now() > startedAt.getTime() + timeoutSeconds * 1000;
      return isTimeOver ? `was stopped after ${countText(timeoutSeconds / 60, 'minute')}` : undefined;
    }
    const [earliestTask] = await readMigrationTasks(this.stack, this.ecs);
    // ECS may not list a new task yet.
    const isEarliest = earliestTask === undefined || earliestTask.taskArn === taskArn;
    return isEarliest ? undefined : `gave way: ${describeMigration(earliestTask)}`;
  }
}

/** Text for a person who leaves the release while the task runs. */
function adviceOnLeaving(taskId: string, tailCommand: string): string {
  return (
    `The migration goes on by itself, since half of one is worse: task ${taskId}. Its log:\n` +
    `  ${tailCommand}\n` +
    'Once it has ended, release again: what is migrated already is not migrated twice.'
  );
}

/** The reason that ECS gives for not starting a task. */
function describeFailure({ reason, detail }: Failure): string {
  return [reason, detail].filter(Boolean).join(': ');
}

/**
 * Result of a task that has ended.
 *
 * @param stopReason - Reason for which this release has stopped the task; `undefined` if it has not.
 */
function resultOf(task: Task, stopReason: string | undefined, lastLines: readonly string[]): MigrationResult {
  const { taskArn, containers } = task;
  const container = applicationContainer(containers);
  return {
    taskArn,
    imageDigest: container?.imageDigest,
    exitCode: container?.exitCode,
    failure: stopReason ?? failureOf(task),
    lastLines,
  };
}

/**
 * Failure of a task that this release did not stop; `undefined` if it succeeded. An exit code of 0 is not enough: a task
 * that was stopped by a person, or by AWS, may end with 0 in the middle of its work.
 */
function failureOf({ containers, stopCode, stoppedReason = '' }: Task): string | undefined {
  const exitCode = applicationContainer(containers)?.exitCode;
  const endedByItself = stopCode === undefined || stopCode === 'EssentialContainerExited';
  if (exitCode === 0 && endedByItself) return undefined;
  const reason = exitCode ? `exit code ${exitCode}` : stoppedReason;
  return `failed with ${reason}`;
}
