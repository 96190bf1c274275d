import { type DeployedStack, isPartCreated } from '../deployed/deployed-stack';
import { awsCommand } from '../deployed/printed-commands';
import { describeFurtherServices, describeService } from '../deployed/web-service';
import { Part, stackId } from '@infra/commands/app';
import { pause } from '@infra/commands/pause';
import { words } from './words';
import { readStoppedTasks } from './stopped-tasks';

const POLL_INTERVAL_SECONDS = 2;

/** After so many tasks that ended, or minutes with at least one, the command that rolls back is shown. */
const STOPPED_TASKS_BEFORE_ADVICE = 3;
const MINUTES_BEFORE_ADVICE = 15;

/**
 * Shows what ECS says of the stack's services while CloudFormation waits for it. ECS's circuit breaker does not count tasks that
 * cannot be placed, so that a deployment of such tasks goes on for hours: the command that rolls back is shown, too.
 */
export class ServiceWatch {
  private readonly start = new Date();
  /** Ids of the events that were shown, or are older than the deployment; `undefined` before the first look. */
  private knownEventIds: ReadonlySet<string> | undefined;
  /** ECS repeats a message, such as that it finds no place for a task. */
  private readonly shownMessages = new Set<string>();
  private isStopped = false;
  private isAdviceShown = false;

  constructor(
    private readonly stack: DeployedStack,
    private readonly showLine: (line: string) => void,
  ) {}

  /** Does work, and watches the service meanwhile. */
  public async watchDuring<Result>(work: () => Promise<Result>): Promise<Result> {
    void this.watch();
    try {
      return await work();
    } finally {
      this.isStopped = true;
      // The last events, such as that of a steady state, come with the end of the work.
      await this.showEvents().catch(() => undefined);
    }
  }

  private async watch(): Promise<void> {
    while (!this.isStopped) {
      // The watch is a service to the reader: what AWS does not answer now, it answers the next time.
      await this.look().catch(() => undefined);
      await pause(POLL_INTERVAL_SECONDS);
    }
  }

  private async look(): Promise<void> {
    if (!isPartCreated(this.stack, Part.webService)) return;
    await this.showEvents();
    if (!this.isAdviceShown) await this.adviseIfTasksEnd();
  }

  private async showEvents(): Promise<void> {
    const services = [await describeService(this.stack), ...(await describeFurtherServices(this.stack))];
    const events = services.flatMap((service) => service.events ?? []);
    // ECS lists the newest event of a service first.
    for (const { id = '', message = '' } of events.toReversed()) {
      const isNew = this.knownEventIds !== undefined && !this.knownEventIds.has(id);
      if (isNew) this.showOnce(message);
    }
    this.knownEventIds = new Set(events.map(({ id = '' }) => id));
  }

  private showOnce(message: string): void {
    if (!this.shownMessages.has(message)) this.showLine(words.ecsSays({ message }));
    this.shownMessages.add(message);
  }

  private async adviseIfTasksEnd(): Promise<void> {
    const stoppedCount = (await readStoppedTasks(this.stack, this.start)).length;
    const minutes = Math.floor((Date.now() - this.start.getTime()) / 60_000);
    const isLong = minutes >= MINUTES_BEFORE_ADVICE;
    if (stoppedCount < STOPPED_TASKS_BEFORE_ADVICE && !isLong) return;
    this.isAdviceShown = true;
    const { region, environmentName } = this.stack;
    const command = awsCommand(
      region,
      'cloudformation cancel-update-stack',
      `--stack-name ${stackId(environmentName)}`,
    );
    if (!this.isStopped) this.showLine(words.rollBackNow({ stoppedCount, minutes, command }));
  }
}
