import { randomUUID } from 'node:crypto';
import { ECS, type Failure, type RunTaskRequest, type RunTaskResponse, type Task } from '@aws-sdk/client-ecs';
import { CannotTellError } from '@infra/common/outcome';
import { Part, resourceNames } from '@infra/commands/app';
import { applicationContainer } from '../deployed/application-container';
import { errorText, isRefusal } from '../deployed/aws-errors';
import { type DeployedStack, physicalIdOf } from '../deployed/deployed-stack';
import {
  describeMigration,
  migrationFailure,
  readMigrationTasks,
  stopCommand,
  taskIdOf,
} from '../deployed/migration-tasks';
import { needsSignIn } from '../deployed/sign-in-errors';
import { askPatiently, Wait } from '../deployed/wait';
import { awsCommand } from '../deployed/printed-commands';
import { describeService, webServiceNames } from '../deployed/web-service';
import { configOf } from '@infra/commands/environment-config';
import { pause } from '@infra/commands/pause';
import { MigrationLog } from './migration-log';
import { Minutes } from './time-limits';
import { words } from './words';

const POLL_INTERVAL_SECONDS = 2;
/** Reason that ECS keeps: in English, whatever language the terminal has. */
const STOP_REASON = 'A release stopped this task before its migration began.';

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
    /** Gets what goes on in AWS if the release ends now. */
    private readonly setGoesOn: (goesOn: string) => void,
  ) {
    this.ecs = stack.client(ECS);
    this.cluster = webServiceNames(stack).cluster;
  }

  /** Starts a task, again if ECS does not start it, and waits for its end. ECS ends a task that runs too long. */
  public async run(imageTag: string): Promise<MigrationResult> {
    const wait = new Wait({
      goal: words.startOfTask,
      minutes: Minutes.migrationRequest,
      showLine: this.showLine,
    });
    for (;;) {
      try {
        const task = await this.startTask(imageTag);
        return await this.followToEnd(task);
      } catch (error) {
        if (!(error instanceof TaskNotStartedError)) throw error;
        const reason = error.message;
        if (wait.isOver) return { failure: words.notStarted({ reason }), lastLines: [] };
        wait.say(words.notStartedYet({ reason }));
      }
      await pause(POLL_INTERVAL_SECONDS);
    }
  }

  private async startTask(imageTag: string): Promise<Task> {
    const { networkConfiguration } = await this.ask(() => describeService(this.stack));
    // Found before the request: a part that is missing is no lost answer.
    const taskDefinition = physicalIdOf(this.stack, Part.migration);
    this.setGoesOn(words.goesOn.startOfMigration({ imageTag, listCommand: this.listCommand() }));
    // By the same token, ECS starts no second task for a request whose answer was lost.
    const clientToken = randomUUID();
    const request = { taskDefinition, networkConfiguration, clientToken };
    const answer = await askPatiently(
      () => this.requestTask(request).catch(refusedStart),
      this.showLine,
      Minutes.migrationRequest,
    );
    return startedTaskOf(answer);
  }

  private async requestTask(
    request: Pick<RunTaskRequest, 'taskDefinition' | 'networkConfiguration' | 'clientToken'>,
  ): Promise<RunTaskResponse> {
    return await this.ecs.runTask({
      ...request,
      cluster: this.cluster,
      launchType: 'FARGATE',
      startedBy: 'release',
    });
  }

  /** Shows the log of a task until the task ends, and stops the task if there is a reason to. */
  private async followToEnd(startedTask: Task): Promise<MigrationResult> {
    const taskId = taskIdOf(startedTask);
    const log = new MigrationLog(this.stack, taskId, this.showLine);
    this.setGoesOn(
      words.goesOn.migration({
        taskId,
        tailCommand: log.tailCommand,
        stopCommand: stopCommand(this.stack, startedTask),
      }),
    );
    new Wait({ goal: words.endOfTask, minutes: this.longestMinutes(), showLine: this.showLine }).say(
      words.startedTask({ taskId }),
    );
    let stopReason = await this.stopIfNecessary(startedTask);
    for (;;) {
      const task = await this.ask(() => this.describeTask(startedTask));
      await log.showNewLines();
      if (task.lastStatus === 'STOPPED') {
        const neverStarted = stopReason === undefined && task.stopCode === 'TaskFailedToStart';
        if (neverStarted) throw new TaskNotStartedError(task.stoppedReason ?? '');
        await this.showLastLines(log);
        return resultOf(task, stopReason, log.lastLines);
      }
      stopReason ??= await this.stopIfNecessary(task);
      await pause(POLL_INTERVAL_SECONDS);
    }
  }

  /** The last lines may reach CloudWatch only after the end of the task. */
  private async showLastLines(log: MigrationLog): Promise<void> {
    await pause(POLL_INTERVAL_SECONDS);
    await log.showNewLines();
  }

  /** Reads a task, which ECS may report as missing for minutes after it has started it. */
  private async describeTask({ taskArn = '' }: Task): Promise<Task> {
    const { tasks = [] } = await this.ecs.describeTasks({ cluster: this.cluster, tasks: [taskArn] });
    const [task] = tasks;
    if (task) return task;
    throw new CannotTellError(words.taskUnknown({ taskArn }));
  }

  /** Stops a task if there is a reason to, and returns the reason. `undefined`: the task goes on. */
  private async stopIfNecessary(task: Task): Promise<string | undefined> {
    const reason = await this.ask(() => this.reasonToStop(task));
    if (reason === undefined) return undefined;
    await this.ask(() => this.ecs.stopTask({ cluster: this.cluster, task: task.taskArn, reason: STOP_REASON }));
    return reason;
  }

  /**
   * Reason to stop a task that has not begun to migrate; `undefined` if there is none. It gives way to an earlier migration.
   */
  private async reasonToStop({ startedAt, createdAt, taskArn }: Task): Promise<string | undefined> {
    if (startedAt) return undefined;
    const minutesSinceCreation = (Date.now() - (createdAt?.getTime() ?? Date.now())) / 60_000;
    if (minutesSinceCreation > Minutes.migrationStart) {
      return words.neverStarted({ minutes: Minutes.migrationStart });
    }
    const [earliestTask] = await readMigrationTasks(this.stack, this.ecs);
    // ECS may not list a new task yet.
    const isEarliest = earliestTask === undefined || earliestTask.taskArn === taskArn;
    if (isEarliest) return undefined;
    return words.gaveWay({ migration: describeMigration(earliestTask) });
  }

  /** Time within which ECS ends the task; `undefined` if the config has no migration any more. */
  private longestMinutes(): number | undefined {
    const { migration } = configOf(this.stack.environmentName).webService;
    return migration && Minutes.migrationStart + migration.timeout.toMinutes();
  }

  private async ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    return await askPatiently(question, this.showLine);
  }

  /** Command that lists the migration tasks which run. */
  private listCommand(): string {
    const { environmentName, region } = this.stack;
    const { migrationFamily } = resourceNames(environmentName);
    return awsCommand(region, 'ecs list-tasks', `--cluster ${this.cluster} --family ${migrationFamily}`);
  }
}

/** A refusal in the place of an answer, which starts no task. Throws what may succeed if it is asked again. */
function refusedStart(error: unknown): RunTaskResponse {
  if (!isRefusal(error) || needsSignIn(error)) throw error;
  return { failures: [{ reason: errorText(error) }] };
}

/** The task in the answer to a request for one. */
function startedTaskOf({ tasks = [], failures = [] }: RunTaskResponse): Task {
  const [task] = tasks;
  if (task) return task;
  throw new TaskNotStartedError(failures.map(describeFailure).join(', '));
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
  const container = applicationContainer(task.containers);
  return {
    taskArn: task.taskArn,
    imageDigest: container?.imageDigest,
    exitCode: container?.exitCode,
    failure: stopReason ?? migrationFailure(task),
    lastLines,
  };
}
