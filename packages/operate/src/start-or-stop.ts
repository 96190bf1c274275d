import { ECS } from '@aws-sdk/client-ecs';
import { type DBInstance, RDS } from '@aws-sdk/client-rds';
import { joined, untranslated } from '@infra/common/message';
import { Parameter } from '@infra/commands/app';
import { availabilityOf, databaseRemedy, describeDatabase } from './deployed/database';
import type { DeployedStack } from './deployed/deployed-stack';
import { failedTaskCount, rolloutReason } from './deployed/rollout';
import type { Schedule } from './deployed/schedules';
import { askPatiently, Wait } from './deployed/wait';
import { describeService, webServiceNames, workerServices } from './deployed/web-service';
import { waitWhileUnderway } from './deployed/web-stage';
import { configOf } from '@infra/commands/environment-config';
import { clock } from '@infra/commands/clock';
import { pause } from '@infra/commands/pause';
import type { Step } from '@infra/commands/steps';
import { prooflinkCommand } from './deployed/printed-commands';
import { OngoingWork } from './release/ongoing-work';
import { words } from './words';

/** Start of an environment outside its office hours, or stop within them. */
export type OfficeHoursAction = 'start' | 'stop';

const DATABASE_TIMEOUT_MINUTES = 30;
/** Time in which the web tasks must serve, or be gone. */
const WEB_TASKS_TIMEOUT_MINUTES = 15;
const POLL_INTERVAL_SECONDS = 5;

/** RDS may show the status from before a request for so long. */
const LATE_STATUS_MS = 60_000;

/** The web tasks or the database have not reached their state. The message is a sentence for the user. */
export class NotReachedError extends Error {}

/** Another person, or a schedule, does the opposite at the same time. The message says what to do next. */
export class SomebodyElseError extends Error {}

/** Statuses of the database, as RDS names them. */
const STATUSES = {
  start: { before: 'stopped', meanwhile: 'starting', after: 'available', opposite: 'stopping' },
  stop: { before: 'available', meanwhile: 'stopping', after: 'stopped', opposite: 'starting' },
} as const;

type ShowLine = (line: string) => void;

/**
 * Starts or stops the web tasks and the database of an environment. If another person, or a schedule, does the opposite at
 * the same time, one of both goes on, and the other ends: neither asks RDS twice, and a start stops the web tasks again that
 * it has started for a database which is being stopped.
 */
export class StartOrStop extends OngoingWork {
  constructor(
    private readonly stack: DeployedStack,
    private readonly action: OfficeHoursAction,
  ) {
    super(words.officeHours.goesOn.nothing);
  }

  /** The step that does what a schedule does. */
  public stepFor(schedule: Schedule): Step {
    return schedule.target === 'database' ? this.databaseStep() : this.webTasksStep(schedule);
  }

  /** Checks at the end that the web tasks and the database are as this command has left them. */
  public async requireUndisturbed(schedules: readonly Schedule[]): Promise<void> {
    const hasWebTasks = schedules.some(({ taskCount }) => taskCount > 0);
    const { desiredCount, database } = await this.readState();
    const areTasksUndisturbed = desiredCount > 0 === hasWebTasks;
    const isDatabaseUndisturbed = (availabilityOf(database) === 'stopped') === (this.action === 'stop');
    if (!areTasksUndisturbed || !isDatabaseUndisturbed) throw await this.somebodyElse();
  }

  private databaseStep(): Step {
    const { startDatabase, stopDatabase } = words.officeHours.steps;
    const title = this.action === 'start' ? startDatabase() : stopDatabase();
    return {
      title,
      work: async (setTitle, showLine) => {
        await this.changeDatabase((status) => {
          setTitle(joined([title, untranslated(status)], ': '));
        }, showLine);
      },
    };
  }

  private webTasksStep({ taskCount }: Schedule): Step {
    const { noWebTasks, startWebTasks, stopWebTasks } = words.officeHours.steps;
    const isStart = this.action === 'start';
    if (isStart && taskCount === 0) {
      return { title: noWebTasks(), work: () => Promise.resolve() };
    }
    return {
      title: isStart ? startWebTasks({ taskCount }) : stopWebTasks(),
      work: (_, showLine) => this.scaleWebTasks(taskCount, showLine),
    };
  }

  /**
   * Starts or stops the database, and waits until it is `available` or `stopped`. RDS starts only a stopped database, and
   * stops only an available one: in any other status, such as `stopping`, this waits before it asks RDS.
   *
   * @param showStatus - Gets the status at each look.
   */
  private async changeDatabase(showStatus: ShowLine, showLine: ShowLine): Promise<void> {
    const { before, meanwhile, after } = STATUSES[this.action];
    const wait = new Wait({
      goal: words.officeHours.databaseBecomes({ status: after }),
      minutes: DATABASE_TIMEOUT_MINUTES,
      showLine,
    });
    let askedMs: number | undefined;
    let isUnderway = false;
    for (;;) {
      const database = await askPatiently(() => describeDatabase(this.stack), showLine);
      const { DBInstanceStatus: status = '' } = database;
      showStatus(status);
      if (status === after) return;
      if (availabilityOf(database) === 'broken') throw this.brokenDatabase(database);
      isUnderway ||= status === meanwhile;
      if (this.hasTurned(status, isUnderway, askedMs)) throw await this.somebodyElse();
      if (wait.isOver) {
        const minutes = DATABASE_TIMEOUT_MINUTES;
        throw new NotReachedError(words.officeHours.slowDatabase({ status, minutes, finalStatus: after }));
      }
      if (status === before && askedMs === undefined) {
        askedMs = clock.now();
        await this.requestDatabase(database);
      } else {
        wait.say(words.officeHours.databaseIs({ status }));
      }
      await pause(POLL_INTERVAL_SECONDS);
    }
  }

  /** True if somebody else has turned the database, which was underway, or was asked for. */
  private hasTurned(status: string, isUnderway: boolean, askedMs: number | undefined): boolean {
    const { before, opposite } = STATUSES[this.action];
    if (status === opposite) return isUnderway || askedMs !== undefined;
    if (status !== before) return false;
    return isUnderway || (askedMs !== undefined && clock.now() - askedMs > LATE_STATUS_MS);
  }

  /** Asks RDS to start or stop the database. If that fails although RDS has begun, as after a lost answer, goes on. */
  private async requestDatabase({ DBInstanceIdentifier, DBInstanceStatus: statusBefore }: DBInstance): Promise<void> {
    const isStart = this.action === 'start';
    if (!isStart) await this.requireNoWebTasks();
    const rds = this.stack.client(RDS);
    const { goesOn } = words.officeHours;
    await this.request(isStart ? goesOn.startDatabase({ command: this.command() }) : goesOn.stopDatabase, async () => {
      try {
        if (isStart) await rds.startDBInstance({ DBInstanceIdentifier });
        else await rds.stopDBInstance({ DBInstanceIdentifier });
      } catch (error) {
        // RDS may show the new status late.
        await pause(POLL_INTERVAL_SECONDS);
        const { DBInstanceStatus: status } = await describeDatabase(this.stack);
        if (status === statusBefore) throw error;
      }
    });
  }

  /** Stops no database under web tasks that somebody has started meanwhile. */
  private async requireNoWebTasks(): Promise<void> {
    const { desiredCount = 0 } = await describeService(this.stack);
    if (desiredCount > 0) throw await this.somebodyElse();
  }

  private brokenDatabase(database: DBInstance): NotReachedError {
    const remedy = databaseRemedy(this.stack, configOf(this.stack.environmentName), database);
    return new NotReachedError(words.officeHours.brokenDatabase({ status: database.DBInstanceStatus ?? '', remedy }));
  }

  /** Sets the number of web tasks, and waits until they serve, or, for 0, until they are gone. */
  private async scaleWebTasks(desiredCount: number, showLine: ShowLine): Promise<void> {
    const serviceBefore = await describeService(this.stack);
    const { desiredCount: countBefore = 0 } = serviceBefore;
    await this.requestWebTasks(desiredCount);
    let disturbedLooks = 0;
    const { stage, state } = await waitWhileUnderway(this.stack, {
      tag: this.stack.parameters[Parameter.appImageTag] ?? '',
      failedTasksBefore: failedTaskCount(serviceBefore),
      hasOfficeHours: this.action === 'stop',
      timeoutMinutes: WEB_TASKS_TIMEOUT_MINUTES,
      isOvertaken: async () => {
        disturbedLooks = (await this.areWebTasksDisturbed()) ? disturbedLooks + 1 : 0;
        // ECS may answer with the earlier number for a moment.
        return disturbedLooks > 1;
      },
      showLine,
    });
    switch (stage) {
      case 'serves':
      case 'asleep':
        return;
      case 'overtaken': {
        const error = await this.somebodyElse();
        // A start leaves no web tasks without a database.
        if (countBefore === 0 && desiredCount > 0) await this.requestWebTasks(0);
        throw error;
      }
      case 'failed':
        throw new NotReachedError(words.officeHours.brokenWebTasks({ reason: rolloutReason(state.service) }));
      case 'underway':
        throw new NotReachedError(words.officeHours.slowWebTasks({ minutes: WEB_TASKS_TIMEOUT_MINUTES }));
    }
  }

  private async requestWebTasks(desiredCount: number): Promise<void> {
    const { startWebTasks, stopWebTasks } = words.officeHours.goesOn;
    const ecs = this.stack.client(ECS);
    await this.request(desiredCount > 0 ? startWebTasks : stopWebTasks({ command: this.command() }), async () => {
      for (const worker of workerServices(this.stack, configOf(this.stack.environmentName))) {
        await ecs.updateService({ ...worker, desiredCount: desiredCount > 0 ? worker.desiredCount : 0 });
      }
      return await ecs.updateService({ ...webServiceNames(this.stack), desiredCount });
    });
  }

  /** True if somebody else has changed the number of web tasks, or stops the database under those that start. */
  private async areWebTasksDisturbed(): Promise<boolean> {
    const { desiredCount, database } = await this.readState();
    if (this.action === 'stop') return desiredCount > 0;
    return desiredCount === 0 || availabilityOf(database) === 'stopped';
  }

  private async somebodyElse(): Promise<SomebodyElseError> {
    const { desiredCount, database } = await this.readState();
    const { environmentName } = this.stack;
    const status = database.DBInstanceStatus ?? '';
    const command = this.command();
    return new SomebodyElseError(words.officeHours.somebodyElse({ environmentName, status, desiredCount, command }));
  }

  private async readState(): Promise<{ readonly desiredCount: number; readonly database: DBInstance }> {
    const [service, database] = await Promise.all([describeService(this.stack), describeDatabase(this.stack)]);
    return { desiredCount: service.desiredCount ?? 0, database };
  }

  /** Command that does the same again. */
  private command(): string {
    return prooflinkCommand(this.stack.environmentName, this.action);
  }
}
