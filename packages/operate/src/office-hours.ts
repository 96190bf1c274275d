import { ECS } from '@aws-sdk/client-ecs';
import { type DBInstance, RDS } from '@aws-sdk/client-rds';
import { joined, untranslated } from '@infra/common/message';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { Output, Parameter } from './app';
import { errorText } from '@infra/deployed/aws-errors';
import { availabilityOf, databaseRemedy, describeDatabase } from '@infra/deployed/database';
import { type DeployedStack, readStack } from '@infra/deployed/deployed-stack';
import { rolloutReason } from '@infra/deployed/rollout';
import { readSchedules, type Schedule } from '@infra/deployed/schedules';
import { formatInTokyo } from '@infra/deployed/tokyo-time';
import { describeService, webServiceNames } from '@infra/deployed/web-service';
import { waitWhileUnderway } from '@infra/deployed/web-stage';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { pause } from '@infra/commands/pause';
import { runSteps, type Step } from '@infra/commands/steps';
import { configOf } from '@infra/commands/environment-config';
import { words } from './words';

/** Start of an environment outside its office hours, or stop within them. */
export type OfficeHoursAction = 'start' | 'stop';

const WEB_TASKS_TIMEOUT_MINUTES = 15;
const DATABASE_TIMEOUT_MINUTES = 30;
const POLL_INTERVAL_SECONDS = 5;

/** The web tasks or the database have not reached their state. The message is a sentence for the user. */
class NotReachedError extends Error {}

/**
 * Does at once what the schedules of an environment's office hours do at their times, and waits until it is done.
 *
 * @param webTasksTimeoutMinutes - Time in which the web tasks must serve, or be gone.
 */
export async function runOfficeHours(
  environmentName: EnvironmentName,
  action: OfficeHoursAction,
  webTasksTimeoutMinutes = WEB_TASKS_TIMEOUT_MINUTES,
): Promise<Outcome> {
  const stack = await readStack(environmentName);
  try {
    // Sorted by their time of day: the database starts before the web tasks, and stops after them.
    const schedules = await readSchedules(stack, configOf(environmentName));
    const schedulesToRun = schedules.filter(({ isStart }) => isStart === (action === 'start'));
    if (schedulesToRun.length === 0) {
      throw new CannotTellError(words.officeHours.notConfigured({ environmentName }));
    }
    await runSteps(schedulesToRun.map((schedule) => stepFor(stack, schedule, webTasksTimeoutMinutes)));
    await requireUndisturbed(stack, schedulesToRun);
    return outcomeOfSuccess(stack, action, schedules);
  } catch (error) {
    return outcomeOfError(environmentName, action, error);
  }
}

function outcomeOfSuccess(stack: DeployedStack, action: OfficeHoursAction, schedules: readonly Schedule[]): Outcome {
  const { environmentName, outputs } = stack;
  const url = outputs[Output.applicationUrl] ?? '';
  const lines = [words.officeHours[action].done({ environmentName, url })];
  const nextChange = findOppositeSchedule(schedules, action)?.nextRun;
  if (nextChange) lines.push(words.officeHours[action].nextChange({ time: formatInTokyo(nextChange) }));
  return { exitCode: 0, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

/** The enabled schedule of the web tasks that undoes an action: the one that stops them after `start`, and vice versa. */
function findOppositeSchedule(schedules: readonly Schedule[], action: OfficeHoursAction): Schedule | undefined {
  const schedulesOfTasks = schedules.filter(({ target, isEnabled }) => target === 'tasks' && isEnabled);
  return schedulesOfTasks.find(({ isStart }) => isStart !== (action === 'start'));
}

function outcomeOfError(environmentName: EnvironmentName, action: OfficeHoursAction, error: unknown): Outcome {
  if (error instanceof CannotTellError) throw error;
  if (!(error instanceof NotReachedError)) {
    throw new CannotTellError(words.officeHours[action].failed({ environmentName, reason: errorText(error) }));
  }
  const doctorCommand = `npm run prooflink -- doctor ${environmentName}`;
  const diagnosis = words.officeHours.diagnosis({ problem: error.message, doctorCommand });
  return { exitCode: 1, stdout: '', stderr: `${diagnosis}\n` };
}

function stepFor(stack: DeployedStack, schedule: Schedule, webTasksTimeoutMinutes: number): Step {
  if (schedule.target === 'database') return databaseStep(stack, schedule);
  return webTasksStep(stack, schedule, webTasksTimeoutMinutes);
}

function databaseStep(stack: DeployedStack, { isStart }: Schedule): Step {
  const { startDatabase, stopDatabase } = words.officeHours.steps;
  const title = isStart ? startDatabase() : stopDatabase();
  return {
    title,
    work: async (setTitle) => {
      await startOrStopDatabase(stack, isStart, (status) => {
        setTitle(joined([title, untranslated(status)], ': '));
      });
    },
  };
}

function webTasksStep(stack: DeployedStack, { isStart, taskCount }: Schedule, timeoutMinutes: number): Step {
  const { noWebTasks, startWebTasks, stopWebTasks } = words.officeHours.steps;
  if (isStart && taskCount === 0) {
    return { title: noWebTasks(), work: () => Promise.resolve() };
  }
  return {
    title: isStart ? startWebTasks({ taskCount }) : stopWebTasks(),
    work: () => scaleWebTasks(stack, taskCount, timeoutMinutes),
  };
}

/**
 * Starts or stops the database, and waits until it is `available` or `stopped`. RDS starts only a stopped database, and
 * stops only an available one: in any other status, such as `stopping`, this waits before it asks RDS.
 *
 * @param showStatus - Gets the status at each question to RDS.
 */
async function startOrStopDatabase(
  stack: DeployedStack,
  isStart: boolean,
  showStatus: (status: string) => void,
): Promise<void> {
  const initialStatus = isStart ? 'stopped' : 'available';
  const finalStatus = isStart ? 'available' : 'stopped';
  const mostQuestions = (DATABASE_TIMEOUT_MINUTES * 60) / POLL_INTERVAL_SECONDS;
  for (let question = 0; ; question += 1) {
    const database = await describeDatabase(stack);
    const { DBInstanceStatus: status = '' } = database;
    showStatus(status);
    if (status === finalStatus) return;
    if (availabilityOf(database) === 'broken') throw brokenDatabaseError(stack, database);
    if (question >= mostQuestions) {
      const minutes = DATABASE_TIMEOUT_MINUTES;
      throw new NotReachedError(words.officeHours.slowDatabase({ status, minutes, finalStatus }));
    }
    if (status === initialStatus) {
      if (!isStart) await requireNoWebTasks(stack);
      await requestStartOrStop(stack, isStart, database);
    }
    await pause(POLL_INTERVAL_SECONDS);
  }
}

/** Stops no database under web tasks that somebody has started meanwhile. */
async function requireNoWebTasks(stack: DeployedStack): Promise<void> {
  const { desiredCount = 0 } = await describeService(stack);
  if (desiredCount > 0) throw new NotReachedError(words.officeHours.webTasksStarted(stack));
}

/** Asks RDS to start or stop the database. If that fails although RDS has begun, as after a lost answer, goes on. */
async function requestStartOrStop(
  stack: DeployedStack,
  isStart: boolean,
  { DBInstanceIdentifier, DBInstanceStatus: statusBefore }: DBInstance,
): Promise<void> {
  const rds = stack.client(RDS);
  try {
    if (isStart) await rds.startDBInstance({ DBInstanceIdentifier });
    else await rds.stopDBInstance({ DBInstanceIdentifier });
  } catch (error) {
    // RDS may show the new status late.
    await pause(POLL_INTERVAL_SECONDS);
    const { DBInstanceStatus: status } = await describeDatabase(stack);
    if (status === statusBefore) throw error;
  }
}

function brokenDatabaseError(stack: DeployedStack, database: DBInstance): NotReachedError {
  const remedy = databaseRemedy(stack, configOf(stack.environmentName), database);
  return new NotReachedError(words.officeHours.brokenDatabase({ status: database.DBInstanceStatus ?? '', remedy }));
}

/** Sets the number of web tasks, and waits until they serve, or, for 0, until they are gone. */
async function scaleWebTasks(stack: DeployedStack, desiredCount: number, timeoutMinutes: number): Promise<void> {
  const { cluster, service } = webServiceNames(stack);
  await stack.client(ECS).updateService({ cluster, service, desiredCount });
  const { stage, state } = await waitWhileUnderway(stack, {
    tag: stack.parameters[Parameter.appImageTag] ?? '',
    hasOfficeHours: true,
    timeoutMinutes,
  });
  if (stage === 'underway') {
    throw new NotReachedError(words.officeHours.slowWebTasks({ minutes: timeoutMinutes }));
  }
  if (stage === 'failed') {
    throw new NotReachedError(words.officeHours.brokenWebTasks({ reason: rolloutReason(state.service) }));
  }
}

/**
 * Checks at the end that the web tasks and the database are as the schedules leave them. If two people start and stop an
 * environment at the same time, each one changes it before this check, so that it fails for one of them at least.
 */
async function requireUndisturbed(stack: DeployedStack, schedules: readonly Schedule[]): Promise<void> {
  const taskCount = Math.max(...schedules.map((schedule) => schedule.taskCount));
  const isStart = schedules.some((schedule) => schedule.isStart);
  const { desiredCount = 0 } = await describeService(stack);
  const database = await describeDatabase(stack);
  const hasWebTasks = desiredCount > 0;
  const hasDatabase = availabilityOf(database) === 'available';
  if (hasWebTasks === taskCount > 0 && hasDatabase === isStart) return;
  const { environmentName } = stack;
  const { DBInstanceStatus: status = '' } = database;
  throw new NotReachedError(words.officeHours.disturbed({ environmentName, desiredCount, status }));
}
