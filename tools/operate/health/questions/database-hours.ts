import { joined, type Message } from '@infra/common/message';
import { Part, type StackPart } from '../../../../lib/contract';
import { toSeconds } from '../../../deployed/automations';
import { availabilityOf } from '../../../deployed/database';
import type { Environment } from '../../../deployed/environment';
import type { Schedule } from '../../../deployed/schedules';
import { formatInTokyo } from '../../../deployed/tokyo-time';
import { type Answer, personMustLook, wrongAnswer } from '../answer';
import { words } from './words';

/** Last run of a schedule of the database. */
interface LastRun {
  /** True while EventBridge Scheduler may still start the automation, or the automation runs. */
  readonly isUnderway: boolean;
  /** `undefined` if the automation succeeded, and if no run of this schedule was due yet. */
  readonly fault?: RunFault;
}

interface RunFault {
  readonly says: Message;
  /** Command that shows more. */
  readonly fix: string;
}

/** Statuses of an automation that did not do its work, and will not. */
const FAILED: ReadonlySet<string> = new Set(['Cancelled', 'Cancelling', 'CompletedWithFailure', 'Failed', 'TimedOut']);
const SUCCEEDED: ReadonlySet<string> = new Set(['CompletedWithSuccess', 'Success']);

/**
 * Checks that the database is stopped outside the office hours, and by day that its last stop succeeded.
 *
 * @param answer - Answer on the office hours of the web tasks.
 * @returns `undefined` if the answer holds for the database, too.
 */
export async function checkDatabaseHours(environment: Environment, answer: Answer): Promise<Answer | undefined> {
  if (answer.result === 'asleep') return await checkNight(environment);
  if (answer.result !== 'well' || !environment.plannedHours()) return undefined;
  // Web tasks run, and need the database. Its last stop may have failed unseen, and may fail again.
  const { fault } = await readLastRun(environment, Part.stopDatabase);
  return fault && personMustLook({ says: joined([answer.says, fault.says]), fix: fault.fix });
}

async function checkNight(environment: Environment): Promise<Answer | undefined> {
  const start = await findSchedule(environment, Part.startDatabase);
  const stop = await findSchedule(environment, Part.stopDatabase);
  // The database starts before the web tasks, and stops after them.
  const isWithinHours = millisecondsOf(start.lastRun) > millisecondsOf(stop.lastRun);
  const database = await environment.describeDatabase();
  if (isWithinHours || availabilityOf(database) !== 'available') return undefined;
  const { isUnderway, fault } = await readLastRun(environment, Part.stopDatabase);
  if (isUnderway) return undefined;
  const says = words.officeHours.databaseRuns({ database: database.DBInstanceIdentifier ?? '' });
  const stopCommand = environment.prooflinkCommand('stop');
  if (!fault) return wrongAnswer({ says, fix: stopCommand });
  return wrongAnswer({ says: joined([says, fault.says], ' '), fix: `${stopCommand}\n${fault.fix}` });
}

/** Reads what the last run of a schedule of the database has come to, from the automation that it starts. */
export async function readLastRun(environment: Environment, part: StackPart): Promise<LastRun> {
  const schedule = await findSchedule(environment, part);
  const { automation, lastRun, lastChange, retriesMs } = schedule;
  if (!automation || !lastRun || lastRun < lastChange) return { isUnderway: false };
  const execution = await environment.readAutomation(automation.documentName, lastRun);
  if (!execution) {
    const isUnderway = environment.now.getTime() < lastRun.getTime() + retriesMs;
    return isUnderway ? { isUnderway } : { isUnderway, fault: startFault(environment, schedule, lastRun) };
  }
  const { AutomationExecutionId = '', AutomationExecutionStatus: status = '', FailureMessage = '' } = execution;
  if (SUCCEEDED.has(status)) return { isUnderway: false };
  if (!FAILED.has(status)) return { isUnderway: true };
  const run = { schedule: schedule.name, time: formatInTokyo(lastRun) };
  const says = words.officeHours.automationFailed({ ...run, status, reason: FailureMessage });
  const fix = environment.awsCommand(
    'ssm get-automation-execution',
    `--automation-execution-id ${AutomationExecutionId}`,
  );
  return { isUnderway: false, fault: { says, fix } };
}

/** No automation was started. CloudTrail has each call of the last 90 days, also those that AWS refused. */
function startFault(environment: Environment, { name }: Schedule, lastRun: Date): RunFault {
  return {
    says: words.officeHours.noAutomation({ schedule: name, time: formatInTokyo(lastRun) }),
    fix: environment.awsCommand(
      'cloudtrail lookup-events',
      `--lookup-attributes AttributeKey=EventName,AttributeValue=StartAutomationExecution --start-time ${toSeconds(lastRun)}`,
    ),
  };
}

async function findSchedule(environment: Environment, part: StackPart): Promise<Schedule> {
  const schedules = await environment.readSchedules();
  const schedule = schedules.find(({ path }) => path === part.path);
  // `readSchedules` fails if the stack lacks one of its schedules.
  if (!schedule) throw new Error(`No schedule ${part.path}`);
  return schedule;
}

/** A time as a number; 0 if the schedule's expression cannot be read, or has not matched yet. */
function millisecondsOf(time: Date | undefined): number {
  return time?.getTime() ?? 0;
}
