import { ECS } from '@aws-sdk/client-ecs';
import { RDS } from '@aws-sdk/client-rds';
import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { Output } from '../../lib/contract';
import { errorText } from '../deployed/aws-errors';
import { describeDatabase } from '../deployed/database';
import { type DeployedStack, readStack } from '../deployed/deployed-stack';
import { readSchedules, type Schedule } from '../deployed/schedules';
import { inTokyo } from '../deployed/times';
import { webServiceNames } from '../deployed/web-service';
import { rolloutReason, waitWhileUnderway } from '../deployed/web-state';
import type { EnvironmentName } from '../program/environment-argument';
import { pause } from '../program/pause';
import { runSteps, type Step } from '../program/steps';

/** Start outside the office hours, or stop within them. */
export type Action = 'start' | 'stop';

/** Timeout of the web tasks. */
const MINUTES = 15;
/** Timeout of the database. */
const DATABASE_MINUTES = 30;
const SECONDS_BETWEEN_QUESTIONS = 5;

/** A step that was not done, or not in time; what is wrong, `doctor` knows. */
class NotDoneError extends Error {}

/** Does what an environment's schedules do, in their order, and waits until it is done. */
export async function runOfficeHours(
  environmentName: EnvironmentName,
  action: Action,
  minutes = MINUTES,
): Promise<Outcome> {
  const stack = await readStack(environmentName);
  const schedules = await readSchedules(stack);
  const schedulesToRun = schedules.filter(({ isStart }) => isStart === (action === 'start'));
  if (schedulesToRun.length === 0) {
    throw new CannotTellError(`${environmentName} has no office hours: it always runs (officeHours in lib/config).`);
  }
  try {
    await runSteps(schedulesToRun.map((schedule) => stepFor(stack, schedule, minutes)));
  } catch (error) {
    return notDone(environmentName, action, error);
  }
  return done(stack, action, schedules);
}

function done(stack: DeployedStack, action: Action, schedules: readonly Schedule[]): Outcome {
  const { environmentName, outputs } = stack;
  const url = outputs[Output.applicationUrl] ?? '';
  const state = action === 'start' ? `runs: ${url}` : 'sleeps';
  const lines = [`${environmentName} ${state}`];
  const nextChange = findOpposite(schedules, action)?.nextRun;
  if (nextChange) {
    const change = action === 'start' ? 'end' : 'begin';
    lines.push(`Its hours ${change} next at ${inTokyo(nextChange)}.`);
  }
  return { exitCode: 0, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

/** The schedule of the web tasks that undoes an action. */
function findOpposite(schedules: readonly Schedule[], action: Action): Schedule | undefined {
  const schedulesOfTasks = schedules.filter(({ target, isEnabled }) => target === 'tasks' && isEnabled);
  return schedulesOfTasks.find(({ isStart }) => isStart !== (action === 'start'));
}

function notDone(environmentName: EnvironmentName, action: Action, error: unknown): Outcome {
  if (!(error instanceof NotDoneError)) {
    throw new CannotTellError(`${environmentName} could not be brought to ${action}: ${errorText(error)}`);
  }
  const doctorCommand = `npm run prooflink -- doctor ${environmentName}`;
  return { exitCode: 1, stdout: '', stderr: `${error.message} What is wrong: ${doctorCommand}\n` };
}

function stepFor(stack: DeployedStack, schedule: Schedule, minutes: number): Step {
  if (schedule.target === 'database') return databaseStep(stack, schedule);
  return webTasksStep(stack, schedule, minutes);
}

function databaseStep(stack: DeployedStack, { isStart }: Schedule): Step {
  const title = isStart ? 'Start the database' : 'Stop the database';
  return {
    title,
    work: async (setTitle) => {
      await bringDatabase(stack, isStart, (status) => {
        setTitle(`${title}: ${status}`);
      });
    },
  };
}

function webTasksStep(stack: DeployedStack, { isStart, taskCount }: Schedule, minutes: number): Step {
  if (isStart && taskCount === 0) {
    return { title: 'No image tag yet: there is no web task to start', work: () => Promise.resolve() };
  }
  return {
    title: isStart ? `Start the web tasks, ${taskCount}` : 'Stop the web tasks',
    work: () => scaleWebTasks(stack, taskCount, minutes),
  };
}

/** Starts or stops the database. One that is on its way to the opposite status gets there first. */
async function bringDatabase(
  stack: DeployedStack,
  isStart: boolean,
  showStatus: (status: string) => void,
): Promise<void> {
  const initialStatus = isStart ? 'stopped' : 'available';
  const finalStatus = isStart ? 'available' : 'stopped';
  const mostQuestions = (DATABASE_MINUTES * 60) / SECONDS_BETWEEN_QUESTIONS;
  const rds = stack.client(RDS);
  let isRequested = false;
  for (let question = 0; ; question += 1) {
    const { DBInstanceIdentifier, DBInstanceStatus: status = '' } = await describeDatabase(stack);
    showStatus(status);
    if (status === finalStatus) return;
    if (question >= mostQuestions) {
      throw new NotDoneError(`The database is ${status} after ${DATABASE_MINUTES} minutes, and not ${finalStatus}.`);
    }
    if (status !== initialStatus || isRequested) {
      await pause(SECONDS_BETWEEN_QUESTIONS);
      continue;
    }
    if (isStart) await rds.startDBInstance({ DBInstanceIdentifier });
    else await rds.stopDBInstance({ DBInstanceIdentifier });
    isRequested = true;
  }
}

/** Sets the number of web tasks, and waits until they serve, or are gone. */
async function scaleWebTasks(stack: DeployedStack, desiredCount: number, minutes: number): Promise<void> {
  const { cluster, service } = webServiceNames(stack);
  await stack.client(ECS).updateService({ cluster, service, desiredCount });
  const { stage, state } = await waitWhileUnderway(stack, true, minutes);
  if (stage === 'underway') {
    throw new NotDoneError(`The web tasks did not come to rest in ${minutes} minutes.`);
  }
  if (stage === 'failed') {
    throw new NotDoneError(`The web tasks do not start: ${rolloutReason(state.service)}.`);
  }
}
