import { ConflictException, Scheduler } from '@aws-sdk/client-scheduler';
import { Parameter, Part, type StackPart } from '@infra/commands/app';
import { undefinedIf } from '@infra/operate/deployed/aws-errors';
import { describeDatabase } from '@infra/operate/deployed/database';
import { type DeployedStack, physicalIdOf, readStack } from '@infra/operate/deployed/deployed-stack';
import { askPatiently, waitFor } from '@infra/operate/deployed/wait';
import { describeService } from '@infra/operate/deployed/web-service';
import { REHEARSAL } from './environment';
import { runProoflink, showProgress } from './processes';
import { type Rehearsal, skipped, type StageResult } from './stage';
import { words } from './words';

/** Time from now to a one-time schedule: EventBridge Scheduler is precise to a minute. */
const LEAD_MS = 60_000;

const SECONDS_BETWEEN_LOOKS = 5;
const TIMEOUT_MINUTES = 30;

/** Web tasks and database, as ECS and RDS describe them. */
interface State {
  readonly database: string;
  readonly desiredTasks: number;
  readonly runningTasks: number;
}

/** The environment was not stopped or started in time. */
class NotReachedError extends Error {}

/** Stops and starts the environment as its office hours do: by schedules with the role and the target of the stack's own. */
export async function stopAndStart({ config }: Rehearsal): Promise<StageResult> {
  if (config.officeHours === undefined) return skipped(words.skips.noOfficeHours);
  const stack = await readStack(REHEARSAL);
  const lines: string[] = [];
  try {
    await runOnce(stack, Part.stopTasks);
    await runOnce(stack, Part.stopDatabase);
    lines.push(await waitForState(stack, ({ database, runningTasks }) => database === 'stopped' && runningTasks === 0));
    await runOnce(stack, Part.startDatabase);
    lines.push(await waitForState(stack, ({ database }) => database === 'available'));
    const taskCount = await runOnce(stack, Part.startTasks);
    lines.push(
      await waitForState(stack, (state) => state.desiredTasks === taskCount && state.runningTasks === taskCount),
    );
    return { seen: ['schedules-stop-and-start'], evidence: lines };
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error;
    const doctor = await runProoflink(['doctor', REHEARSAL]);
    const refutation = [...lines, error.message, ...doctor.lines];
    // The stages behind it need an environment that runs.
    const started = await runProoflink(['start', REHEARSAL]);
    return {
      failure: error.message,
      refuted: [{ row: 'schedules-stop-and-start', words: refutation }],
      evidence: [...refutation, ...started.lines],
    };
  }
}

/** Starts an environment that sleeps, or that an earlier call was about to stop. */
export async function wakeUp(): Promise<void> {
  const stack = await readStack(REHEARSAL);
  const isReleased = (stack.parameters[Parameter.appImageTag] ?? '') !== '';
  const { database, desiredTasks } = await readState(stack);
  const isAwake = database === 'available' && (desiredTasks > 0 || !isReleased);
  if (!isAwake) await runProoflink(['start', REHEARSAL]);
}

/** Runs the target of a schedule once, as its role. @returns the number of web tasks that it sets; 0 for the database. */
async function runOnce(stack: DeployedStack, part: StackPart): Promise<number> {
  const scheduler = stack.client(Scheduler);
  const name = physicalIdOf(stack, part);
  const { GroupName, Target } = await scheduler.getSchedule({ Name: name });
  const time = new Date(Date.now() + LEAD_MS).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length);
  const onceOnly = {
    Name: `${name}-once`,
    GroupName,
    Target,
    ScheduleExpression: `at(${time})`,
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
  } as const;
  // A call that was killed may have left one, which still runs.
  await scheduler.createSchedule(onceOnly).catch(undefinedIf(ConflictException));
  showProgress(words.schedules({ name: onceOnly.Name, time }));
  const { DesiredCount = 0 } = JSON.parse(Target?.Input ?? '{}') as { readonly DesiredCount?: number };
  return DesiredCount;
}

/** Waits for a state. @returns the state, in words. */
async function waitForState(stack: DeployedStack, isReached: (state: State) => boolean): Promise<string> {
  const state = await waitFor({
    goal: words.schedulesDone,
    minutes: TIMEOUT_MINUTES,
    secondsBetweenLooks: SECONDS_BETWEEN_LOOKS,
    showLine: showProgress,
    look: () => askPatiently(() => readState(stack), showProgress),
    isReached,
    describe: words.hoursState,
  });
  const sentence = words.hoursState(state);
  if (isReached(state)) return sentence;
  throw new NotReachedError(words.notReached({ minutes: TIMEOUT_MINUTES, state: sentence }));
}

async function readState(stack: DeployedStack): Promise<State> {
  const { DBInstanceStatus: database = '' } = await describeDatabase(stack);
  const { desiredCount: desiredTasks = 0, runningCount: runningTasks = 0 } = await describeService(stack);
  return { database, desiredTasks, runningTasks };
}
