import { CannotTellError, type Outcome } from '@infra/common/outcome';
import { writeSync } from 'node:fs';
import { Output } from '@infra/commands/app';
import { type DeployedStack, readStack } from './deployed/deployed-stack';
import { reasonOf } from './deployed/error-reason';
import { doctorAdvice, statusAdvice } from './deployed/advice';
import { prooflinkCommand } from './deployed/printed-commands';
import { readSchedules, type Schedule } from './deployed/schedules';
import { needsSignIn } from './deployed/sign-in-errors';
import { formatInTokyo } from './deployed/tokyo-time';
import { words as deployed } from './deployed/words';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { configOf } from '@infra/commands/environment-config';
import { INTERRUPTED_EXIT_CODE, runSteps } from '@infra/commands/steps';
import { isRealAws } from './deployed/real-aws';
import { NotReachedError, type OfficeHoursAction, SomebodyElseError, StartOrStop } from './start-or-stop';
import { words } from './words';

/** Does at once what the schedules of an environment's office hours do at their times, and waits until it is done. */
export async function runOfficeHours(environmentName: EnvironmentName, action: OfficeHoursAction): Promise<Outcome> {
  const stack = await readStack(environmentName);
  const startOrStop = new StartOrStop(stack, action);
  try {
    // Sorted by their time of day: the database starts before the web tasks, and stops after them.
    const schedules = await readSchedules(stack, configOf(environmentName));
    const schedulesToRun = schedules.filter(({ isStart }) => isStart === (action === 'start'));
    if (schedulesToRun.length === 0) {
      throw new CannotTellError(words.officeHours.notConfigured({ environmentName }));
    }
    // No schedule of a local AWS runs by itself.
    if (isRealAws()) requireNoScheduleUnderway(environmentName, action, schedules);
    const steps = schedulesToRun.map((schedule) => startOrStop.stepFor(schedule));
    await runSteps(steps, () => {
      leave(environmentName, startOrStop);
    });
    await startOrStop.requireUndisturbed(schedulesToRun);
    return outcomeOfSuccess(stack, action, schedules);
  } catch (error) {
    return outcomeOfError(environmentName, error, startOrStop);
  }
}

/**
 * Refuses to start an environment of which one schedule has stopped the web tasks, and another one is about to stop the
 * database; and vice versa.
 */
function requireNoScheduleUnderway(
  environmentName: EnvironmentName,
  action: OfficeHoursAction,
  schedules: readonly Schedule[],
): void {
  const oppositeSchedules = schedules.filter(({ isStart, isEnabled }) => isEnabled && isStart !== (action === 'start'));
  const [first, second] = oppositeSchedules;
  if (!first?.nextRun || !second?.nextRun || first.nextRun < second.nextRun) return;
  throw new SomebodyElseError(
    words.officeHours.scheduleUnderway({
      environmentName,
      name: second.name,
      time: formatInTokyo(second.nextRun),
      command: prooflinkCommand(environmentName, action),
    }),
  );
}

/** Ends this process on Ctrl-C. Writes to the descriptor: runSteps captures texts that are written to `process.stderr`. */
function leave(environmentName: EnvironmentName, { goesOn }: StartOrStop): never {
  const lines = ['', goesOn, statusAdvice(environmentName), ''].filter((line) => line !== undefined);
  writeSync(process.stderr.fd, lines.join('\n'));
  process.exit(INTERRUPTED_EXIT_CODE);
}

function outcomeOfSuccess(stack: DeployedStack, action: OfficeHoursAction, schedules: readonly Schedule[]): Outcome {
  const { environmentName, outputs } = stack;
  const url = outputs[Output.applicationUrl] ?? deployed.notKnownNow;
  const { started, stopped } = words.officeHours;
  const lines = [action === 'start' ? started({ environmentName, url }) : stopped({ environmentName })];
  const nextChange = findOppositeSchedule(schedules, action)?.nextRun;
  if (nextChange) lines.push(words.officeHours.nextChange({ time: formatInTokyo(nextChange) }));
  return { exitCode: 0, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

/** The enabled schedule of the web tasks that undoes an action: the one that stops them after `start`, and vice versa. */
function findOppositeSchedule(schedules: readonly Schedule[], action: OfficeHoursAction): Schedule | undefined {
  const schedulesOfTasks = schedules.filter(({ target, isEnabled }) => target === 'tasks' && isEnabled);
  return schedulesOfTasks.find(({ isStart }) => isStart !== (action === 'start'));
}

function outcomeOfError(
  environmentName: EnvironmentName,
  error: unknown,
  { hasChangedAws, goesOn }: StartOrStop,
): Outcome {
  if (error instanceof SomebodyElseError) return failure(1, error.message);
  if (error instanceof NotReachedError) {
    const lines = [error.message, doctorAdvice(environmentName)].filter((line) => line !== undefined);
    return failure(1, lines.join('\n'));
  }
  if (!hasChangedAws && error instanceof CannotTellError) throw error;
  const reason = words.officeHours.failed({ environmentName, reason: reasonOf(error) });
  if (!hasChangedAws) throw new CannotTellError(reason, { cause: error });
  const lines = [reason, goesOn];
  if (needsSignIn(error)) lines.push(deployed.signIn);
  return failure(3, lines.join('\n'));
}

function failure(exitCode: 1 | 3, message: string): Outcome {
  return { exitCode, stdout: '', stderr: `${message}\n` };
}
