import { findChangesByHand, sentenceOf } from '../../changed-by-hand/changed-by-hand';
import type { Environment } from '@infra/operate/deployed/environment';
import { prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { webImageTag } from '@infra/operate/deployed/deployed-stack';
import { describeService } from '@infra/operate/deployed/web-service';
import { hasOfficeHours, isOfficeHoursSchedule, plannedHours, readSchedules } from '@infra/operate/deployed/schedules';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { type Answer, asleepAnswer, NOTHING_WRONG, personMustLook, wellAnswer, wrongAnswer } from '../answer';
import type { Question } from '../question';
import { words as healthWords } from '../words';
import { fixOf } from './changes-by-hand';
import { findDatabaseAwake } from './database-hours';
import { words } from './words';

/**
 * Question on the office hours: schedules start database and web tasks in the morning, and stop both in the evening. From
 * the evening to the next start, the environment is asleep.
 */
export const OFFICE_HOURS: Question = {
  id: 'hours',
  statement: words.statements.hours,
  firstAskedBy: 'status',
  applies: (environment) => hasOfficeHours(environment, environment.config),
  ask: checkOfficeHours,
};

/** Answer on the office hours of the web tasks, unless the database does not keep them. */
async function checkOfficeHours(environment: Environment): Promise<Answer> {
  const answer = await checkWebTaskHours(environment);
  if (answer.result !== 'asleep') return answer;
  return (await findDatabaseAwake(environment)) ?? answer;
}

/**
 * Checks that web tasks run within the office hours. Outside them, an environment without web tasks is asleep if its
 * schedules can end the sleep: none was changed by hand.
 */
export async function checkWebTaskHours(environment: Environment): Promise<Answer> {
  const { environmentName } = environment;
  const { desiredCount = 0 } = await describeService(environment);
  if (desiredCount === 0 && webImageTag(environment) === '') {
    return personMustLook({ says: words.withoutTasks.noRelease });
  }
  const hours = plannedHours(environment, environment.now);
  // Without office hours there are no schedules. `applies` excludes that, but other questions call this function, too.
  if (!hours) return NOTHING_WRONG;
  // The office hours last from a start until the next stop.
  const isWithinHours = millisecondsOf(hours.start.last) > millisecondsOf(hours.stop.last);
  const isStopped = desiredCount === 0 && isWithinHours;
  // The schedules are checked by day, too: a person learns before the night that they will not stop or start anything.
  const scheduleFault = await findScheduleFault(environment);
  if (scheduleFault) return isStopped ? withStart(environment, scheduleFault) : scheduleFault;
  if (desiredCount > 0) {
    const until = timeText(hours.stop.next);
    return wellAnswer(
      isWithinHours ? words.officeHours.awake({ until }) : words.officeHours.awakeOutsideHours({ until }),
    );
  }
  const until = timeText(hours.start.next);
  if (!isStopped) return asleepAnswer(words.officeHours.asleep({ until }));
  return wrongAnswer({
    says: words.officeHours.stopped({ environmentName, until }),
    fix: prooflinkCommand(environment.environmentName, 'start'),
  });
}

/** An answer whose fix also starts the environment: no schedule does so before the next morning. */
function withStart(environment: Environment, { result, says, fix }: Answer): Answer {
  const start = prooflinkCommand(environment.environmentName, 'start');
  return { result, says, fix: fix === undefined ? start : `${fix}\n${start}` };
}

/** Answer on schedules that were changed by hand; `undefined` if none was. */
async function findScheduleFault(environment: Environment): Promise<Answer | undefined> {
  const { environmentName } = environment;
  const { changes } = await findChangesByHand(environment, ({ path }) => isOfficeHoursSchedule(path));
  if (changes.length === 0) {
    // A comparison that AWS refused finds no change: the refusal is thrown here.
    await readSchedules(environment, environment.config, environment.now);
    return undefined;
  }
  const faults = changes.map((change) => {
    return words.officeHours.changedSchedule({ schedule: change.physicalId, change: sentenceOf(change) });
  });
  return wrongAnswer({
    says: words.officeHours.changedByHand({ environmentName, changes: healthWords.list({ items: faults }) }),
    fix: fixOf(changes),
  });
}

/** A time as a number; 0 if the schedule's expression cannot be read, or has not matched yet. */
function millisecondsOf(time: Date | undefined): number {
  return time?.getTime() ?? 0;
}

/** `undefined` if the schedule's expression cannot be read, or never matches again. */
function timeText(time: Date | undefined): string | undefined {
  return time ? formatInTokyo(time) : undefined;
}
