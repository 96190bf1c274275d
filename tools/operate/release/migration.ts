import { ECS, type Failure, type RunTaskResponse, type Task } from '@aws-sdk/client-ecs';
import { CannotTellError } from '@infra/common/outcome';
import { count } from '@infra/common/words';
import { resourceNames } from '../../../lib/config/names';
import { familyAndRevision } from '../../deployed/arn';
import { errorText } from '../../deployed/aws-errors';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { describeService, webServiceNames } from '../../deployed/web-service';
import { pause } from '../../program/pause';
import { MigrationLog } from './migration-log';
import { describeMigration, readMigrationTasks, taskIdOf } from './migration-tasks';

const SECONDS_BETWEEN_QUESTIONS = 2;
/** The rights of the deployment just before are in force after at most this time. */
const MINUTES_TO_START = 5;
/** Characters that ECS accepts as the reason for stopping a task. */
const LONGEST_REASON = 255;

/** End of a migration. */
export interface MigrationResult {
  /** ARN of its task; `undefined` if none was started. */
  readonly task?: string;
  /** Digest of the image that was migrated. */
  readonly digest?: string;
  readonly exitCode?: number;
  /** Predicate of a sentence that says why it did not succeed; `undefined` if it did. */
  readonly failure?: string;
  /** The last lines of its log. */
  readonly lines: readonly string[];
}

/** ECS has started no task, perhaps because rights are not in force yet. */
class TaskNotStartedError extends Error {}

/** Errors of ECS for rights that are not in force yet. */
const MISSING_RIGHTS = /assume|AccessDenied/i;

/** Runs the migration of an environment: one task, by the task definition of the stack. */
export class MigrationRunner {
  private readonly ecs: ECS;
  private readonly cluster: string;

  constructor(
    private readonly stack: DeployedStack,
    /** Gets each line of progress. */
    private readonly show: (line: string) => void,
    /** Gets the text for a person who leaves the release meanwhile. */
    private readonly setAdvice: (advice: string) => void,
  ) {
    this.ecs = stack.client(ECS);
    this.cluster = webServiceNames(stack).cluster;
  }

  /** Runs a task until it ends, or is stopped after its time. A task that ECS does not start is tried again. */
  public async run(timeoutSeconds: number): Promise<MigrationResult> {
    const deadline = Date.now() + MINUTES_TO_START * 60_000;
    for (;;) {
      try {
        const task = await this.startTask();
        return await this.followToEnd(task, timeoutSeconds);
      } catch (error) {
        if (!(error instanceof TaskNotStartedError)) throw error;
        const reason = error.message;
        if (Date.now() > deadline) {
          return { failure: `could not be started: ${reason}`, lines: [] };
        }
        this.show(`ECS did not start the task, and is asked again: ${reason}`);
      }
      await pause(SECONDS_BETWEEN_QUESTIONS);
    }
  }

  private async startTask(): Promise<Task> {
    const { tasks = [], failures = [] } = await this.runTask();
    const [task] = tasks;
    if (task) return task;
    throw new TaskNotStartedError(failures.map(describeFailure).join(', '));
  }

  private async runTask(): Promise<RunTaskResponse> {
    const { networkConfiguration } = await describeService(this.stack);
    try {
      return await this.ecs.runTask({
        cluster: this.cluster,
        taskDefinition: this.findTaskDefinition(),
        networkConfiguration,
        launchType: 'FARGATE',
        startedBy: 'release',
      });
    } catch (error) {
      const lacksRights = error instanceof Error && MISSING_RIGHTS.test(`${error.name} ${error.message}`);
      throw lacksRights ? new TaskNotStartedError(errorText(error)) : error;
    }
  }

  private findTaskDefinition(): string | undefined {
    const { migrationFamily } = resourceNames(this.stack.environmentName);
    const arns = this.stack.ids('AWS::ECS::TaskDefinition');
    return arns.find((arn) => familyAndRevision(arn).startsWith(`${migrationFamily}:`));
  }

  /** Shows the log of a task until it ends, and stops it if it has to. */
  private async followToEnd(task: Task, timeoutSeconds: number): Promise<MigrationResult> {
    const taskId = taskIdOf(task);
    const log = new MigrationLog(this.stack, taskId, this.show);
    this.setAdvice(adviceOnLeaving(taskId, log.command));
    this.show(`task ${taskId}`);
    let stopReason = await this.stopIfNecessary(task, timeoutSeconds);
    for (;;) {
      const current = await this.describeTask(task);
      await log.showNewLines();
      if (current.lastStatus === 'STOPPED') {
        if (stopReason === undefined && current.stopCode === 'TaskFailedToStart') {
          throw new TaskNotStartedError(current.stoppedReason ?? '');
        }
        // The last lines may arrive after the end.
        await pause(SECONDS_BETWEEN_QUESTIONS);
        await log.showNewLines();
        return resultOf(current, stopReason, log.lastLines);
      }
      stopReason ??= await this.stopIfNecessary(current, timeoutSeconds);
      await pause(SECONDS_BETWEEN_QUESTIONS);
    }
  }

  private async describeTask({ taskArn = '' }: Task): Promise<Task> {
    const { tasks = [] } = await this.ecs.describeTasks({ cluster: this.cluster, tasks: [taskArn] });
    const [task] = tasks;
    if (task) return task;
    throw new CannotTellError(`ECS does not know the task ${taskArn} any more.`);
  }

  /** Returns the reason if the task was stopped. */
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

  /** A task that has begun is stopped after its time, one that has not begun for an earlier migration. */
  private async reasonToStop({ startedAt, taskArn }: Task, timeoutSeconds: number): Promise<string | undefined> {
    if (startedAt) {
      const isLate = Date.now() > startedAt.getTime() + timeoutSeconds * 1000;
      return isLate ? `was stopped after ${count(timeoutSeconds / 60, 'minute')}` : undefined;
    }
    const [firstTask] = await readMigrationTasks(this.stack, this.ecs);
    const isFirst = !firstTask || firstTask.taskArn === taskArn;
    return isFirst ? undefined : `gave way: ${describeMigration(firstTask)}`;
  }
}

/** Text for a person who leaves the release while the task runs. */
function adviceOnLeaving(taskId: string, logCommand: string): string {
  return (
    `The migration goes on by itself, since half of one is worse: task ${taskId}. Its log:\n` +
    `  ${logCommand}\n` +
    'Once it has ended, release again: what is migrated already is not migrated twice.'
  );
}

/** Reason of ECS for not starting a task. */
function describeFailure({ reason, detail }: Failure): string {
  return [reason, detail].filter(Boolean).join(': ');
}

/** Result of a task that has ended. */
function resultOf(task: Task, stopReason: string | undefined, lines: readonly string[]): MigrationResult {
  const { taskArn, containers: [container] = [] } = task;
  return {
    task: taskArn,
    digest: container?.imageDigest,
    exitCode: container?.exitCode,
    failure: stopReason ?? failureOf(task),
    lines,
  };
}

/** A task that something else ended has not done its work, though its container may have ended with 0. */
function failureOf({ containers: [container] = [], stopCode, stoppedReason = '' }: Task): string | undefined {
  const exitCode = container?.exitCode;
  const endedByItself = stopCode === undefined || stopCode === 'EssentialContainerExited';
  if (exitCode === 0 && endedByItself) return undefined;
  return `failed with ${exitCode ? `exit code ${exitCode}` : stoppedReason}`;
}
