import { ConflictException, Scheduler } from '@aws-sdk/client-scheduler';
import { Part, type StackPart } from '@infra/commands/app';
import { undefinedIf } from '@infra/operate/deployed/aws-errors';
import { describeDatabase } from '@infra/operate/deployed/database';
import { type DeployedStack, physicalIdOf, readStack } from '@infra/operate/deployed/deployed-stack';
import { askPatiently, waitFor } from '@infra/operate/deployed/wait';
import { describeService } from '@infra/operate/deployed/web-service';
import { REHEARSAL } from './environment';
import { runProoflink, showProgress } from './processes';
import type { Rehearsal, StageResult } from './stage';
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

/** Schedules that run, and the state that they bring about. */
interface Step {
  readonly schedules: readonly StackPart[];
  readonly isReached: (state: State) => boolean;
}

const STEPS: readonly Step[] = [
  {
    schedules: [Part.stopTasks, Part.stopDatabase],
    isReached: ({ database, runningTasks }) => database === 'stopped' && runningTasks === 0,
  },
  {
    schedules: [Part.startDatabase],
    isReached: ({ database }) => database === 'available',
  },
  {
    schedules: [Part.startTasks],
    isReached: ({ desiredTasks, runningTasks }) => desiredTasks > 0 && runningTasks === desiredTasks,
  },
];

/** Stops and starts the environment as its office hours do: by schedules with the role and the target of the stack's own. */
export async function stopAndStart({ config }: Rehearsal): Promise<StageResult> {
  if (config.officeHours === undefined) return { evidence: [words.skips.noOfficeHours] };
  const stack = await readStack(REHEARSAL);
  const states: string[] = [];
  let holds = true;
  for (const { schedules, isReached } of STEPS) {
    for (const schedule of schedules) await runOnce(stack, schedule);
    const state = await waitForState(stack, isReached);
    states.push(words.hoursState(state));
    holds &&= isReached(state);
  }
  // The stages behind it need an environment that runs.
  if (!holds) await runProoflink(['start', REHEARSAL]);
  return { verdicts: [{ row: 'schedules-stop-and-start', holds, seen: states }], evidence: [] };
}

/** Runs the target of a schedule once, as its role. */
async function runOnce(stack: DeployedStack, part: StackPart): Promise<void> {
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
}

async function waitForState(stack: DeployedStack, isReached: (state: State) => boolean): Promise<State> {
  return await waitFor({
    goal: words.schedulesDone,
    minutes: TIMEOUT_MINUTES,
    secondsBetweenLooks: SECONDS_BETWEEN_LOOKS,
    showLine: showProgress,
    look: () => askPatiently(() => readState(stack), showProgress),
    isReached,
    describe: words.hoursState,
  });
}

async function readState(stack: DeployedStack): Promise<State> {
  const { DBInstanceStatus: database = '' } = await describeDatabase(stack);
  const { desiredCount: desiredTasks = 0, runningCount: runningTasks = 0 } = await describeService(stack);
  return { database, desiredTasks, runningTasks };
}
