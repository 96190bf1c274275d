import { ECS, type Task } from '@aws-sdk/client-ecs';
import { resourceNames } from '../../../lib/config/names';
import { CONTAINER_NAME, MIGRATION_LOG_PREFIX } from '../../../lib/contract';
import { logReader } from '../../deployed/log-stream';
import { pause } from '../../program/pause';
import { type DeployedStack, errorText } from '../../deployed/deployed-stack';
import { readAll } from '../../deployed/aws';
import { describeService, webServiceOf } from '../../deployed/web-service';
import { inTokyo } from '../../deployed/times';
import { CannotTellError } from '@infra/common/outcome';
import { count } from '@infra/common/words';

const SECONDS_BETWEEN = 2;
/** Rights that came with the deployment just before are in force within these. */
const MINUTES_TO_START = 5;
const LAST_LINES = 20;

/** End of a migration; `failure` is the reason if it did not succeed. */
export interface Migrated {
  readonly task?: string;
  readonly digest?: string;
  readonly exitCode?: number;
  readonly failure?: string;
  readonly lines: readonly string[];
}

/** The migrations of an environment: tasks of a family of their own. */
export class Migrations {
  private readonly ecs: ECS;
  private readonly cluster: string;
  private readonly family: string;
  private readonly logGroupName: string;

  constructor(
    private readonly stack: DeployedStack,
    private readonly show: (line: string) => void,
    /** Gets how to come back to the task that runs. */
    private readonly leave: (how: string) => void,
  ) {
    const names = resourceNames(stack.environmentName);
    this.ecs = stack.client(ECS);
    this.cluster = webServiceOf(stack).cluster;
    this.family = names.migrationFamily;
    this.logGroupName = names.logGroups.app;
  }

  /** Tasks that run, or will, in the order of their start. */
  async underway(): Promise<Task[]> {
    const { cluster, family } = this;
    const tasks = await readAll(this.ecs.paginateListTasks({ cluster, family, desiredStatus: 'RUNNING' }), 'taskArns');
    if (tasks.length === 0) return [];
    const { tasks: found = [] } = await this.ecs.describeTasks({ cluster, tasks });
    const order = ({ createdAt, taskArn = '' }: Task) => `${createdAt?.toISOString() ?? ''} ${taskArn}`;
    return found.sort((one, other) => (order(one) < order(other) ? -1 : 1));
  }

  /** Runs a task by the stack's own definition until it ends, or is stopped after its time. */
  async run(seconds: number): Promise<Migrated> {
    for (const limit = Date.now() + MINUTES_TO_START * 60_000; ; await pause(SECONDS_BETWEEN)) {
      const started = await this.start();
      const ended = typeof started === 'string' ? started : await this.follow(started, seconds);
      if (typeof ended !== 'string') return ended;
      if (Date.now() > limit) return { failure: `could not be started: ${ended}`, lines: [] };
      this.show(`ECS did not start the task, and is asked again: ${ended}`);
    }
  }

  /** Starts a task; a text says why ECS does not, which rights that are not in force yet explain. */
  private async start(): Promise<Task | string> {
    const taskDefinition = this.stack
      .ids('AWS::ECS::TaskDefinition')
      .find((arn) => arn.split('/').at(-1)?.startsWith(`${this.family}:`));
    const { networkConfiguration } = await describeService(this.stack);
    const { cluster } = this;
    const how = { cluster, taskDefinition, networkConfiguration, launchType: 'FARGATE', startedBy: 'release' } as const;
    try {
      const { tasks = [], failures = [] } = await this.ecs.runTask(how);
      return tasks[0] ?? failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(': ')).join(', ');
    } catch (error) {
      if (error instanceof Error && /assume|AccessDenied/i.test(`${error.name} ${error.message}`))
        return errorText(error);
      throw error;
    }
  }

  private async follow(task: Task, seconds: number): Promise<Migrated | string> {
    const { taskArn = '' } = task;
    const id = taskArn.split('/').at(-1) ?? '';
    const stream = `${MIGRATION_LOG_PREFIX}/${CONTAINER_NAME}/${id}`;
    const read = logReader(this.stack, this.logGroupName, stream);
    let last: string[] = [];
    const showNews = async () => {
      const lines = await read();
      for (const line of lines) this.show(`  ${line}`);
      last = [...last, ...lines].slice(-LAST_LINES);
    };
    this.leave(
      `The migration goes on by itself, since half of one is worse: task ${id}. Its log:\n` +
        `  aws logs tail ${this.logGroupName} --log-stream-names ${stream} --follow --region ${this.stack.region}\n` +
        'Once it has ended, release again: what is migrated already is not migrated twice.',
    );
    this.show(`task ${id}`);
    let failure = await this.stopIfAsked(task, seconds);
    for (; ; await pause(SECONDS_BETWEEN)) {
      const { tasks: [now] = [] } = await this.ecs.describeTasks({ cluster: this.cluster, tasks: [taskArn] });
      if (!now) throw new CannotTellError(`ECS does not know the task ${taskArn} any more.`);
      await showNews();
      if (now.lastStatus === 'STOPPED') {
        if (failure === undefined && now.stopCode === 'TaskFailedToStart') return now.stoppedReason ?? '';
        // The last lines may arrive after the end.
        await pause(SECONDS_BETWEEN);
        await showNews();
        return { ...ended(now, failure), lines: last };
      }
      failure ??= await this.stopIfAsked(now, seconds);
    }
  }

  private async stopIfAsked(task: Task, seconds: number): Promise<string | undefined> {
    const failure = await this.reasonToStop(task, seconds);
    if (failure === undefined) return undefined;
    await this.ecs.stopTask({ cluster: this.cluster, task: task.taskArn, reason: failure.slice(0, 255) });
    return failure;
  }

  /** Two migrations at once: the later one stops, as long as it has not begun. */
  private async reasonToStop(task: Task, seconds: number): Promise<string | undefined> {
    if (task.startedAt) {
      const isLate = Date.now() > task.startedAt.getTime() + seconds * 1000;
      return isLate ? `was stopped after ${count(seconds / 60, 'minute')}` : undefined;
    }
    const [first] = await this.underway();
    return first && first.taskArn !== task.taskArn ? `gave way: ${describe(first)}` : undefined;
  }
}

/** A migration in words. */
export function describe({ taskArn = '', createdAt, containers = [] }: Task): string {
  const tag = containers[0]?.image?.split(':').at(-1) ?? '';
  return `the migration of ${tag} runs since ${inTokyo(createdAt ?? 0)} (task ${taskArn.split('/').at(-1) ?? ''})`;
}

/** A task that something else ended has not done its work, though its container may have ended with 0. */
function ended({ taskArn, containers: [container] = [], stopCode, stoppedReason = '' }: Task, stopped?: string) {
  const { exitCode, imageDigest: digest } = container ?? {};
  const isDone = exitCode === 0 && (stopCode ?? 'EssentialContainerExited') === 'EssentialContainerExited';
  const failed = `failed with ${exitCode ? `exit code ${exitCode}` : stoppedReason}`;
  return { task: taskArn, digest, exitCode, failure: stopped ?? (isDone ? undefined : failed) };
}
