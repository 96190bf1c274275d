import { Part } from '@infra/commands/app';
import { findChangesByHand, sentenceOf } from '../../changed-by-hand/changed-by-hand';
import type { Environment } from '@infra/operate/deployed/environment';
import { prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { revertDriftCommand } from '../../revert-drift-command';
import { accountOf, physicalIdOf, webImageTag } from '@infra/operate/deployed/deployed-stack';
import { refusedActions } from '@infra/operate/deployed/refused-actions';
import { describeService } from '@infra/operate/deployed/web-service';
import {
  hasOfficeHours,
  isOfficeHoursSchedule,
  plannedHours,
  readSchedules,
  type Schedule,
} from '@infra/operate/deployed/schedules';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import {
  type Answer,
  asleepAnswer,
  NOTHING_WRONG,
  personMustLook,
  wellAnswer,
  wrongAnswer,
  wrongIfAny,
} from '../answer';
import type { Question } from '../question';
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

/** Checks that IAM allows what the schedules do. */
async function checkScheduleRights(environment: Environment, isAsked: (path: string) => boolean): Promise<Answer> {
  const allSchedules = await readSchedules(environment, environment.config, environment.now);
  const schedules = allSchedules.filter(({ path }) => isAsked(path));
  const refusedPerSchedule = await Promise.all(schedules.map((schedule) => readRefusedActions(environment, schedule)));
  // The schedules of the database have the same role: an action that is refused to both is reported once.
  const refused = new Set(refusedPerSchedule.flat());
  return wrongIfAny({
    faults: [...refused],
    describe: (actions) => words.officeHours.refusedActions({ actions }),
    fix: revertDriftCommand(environment),
  });
}

function readRefusedActions(environment: Environment, schedule: Schedule): Promise<string[]> {
  return schedule.target === 'tasks'
    ? readRefusedOnTasks(environment, schedule)
    : readRefusedOnDatabase(environment, schedule);
}

/** Actions that IAM refuses to a schedule which sets the number of web tasks. */
async function readRefusedOnTasks(environment: Environment, { roleArn }: Schedule): Promise<string[]> {
  const serviceArn = physicalIdOf(environment, Part.webService);
  return await refusedActions(environment, roleArn, [{ actions: ['ecs:UpdateService'], resourceArn: serviceArn }]);
}

/**
 * Actions that IAM refuses to a schedule of the database. Such a schedule starts an automation of Systems Manager, which
 * takes a right on the document and one on its execution, and passes to it a second role, which the automation assumes to
 * start or stop the database.
 */
async function readRefusedOnDatabase(
  environment: Environment,
  { isStart, roleArn, automation }: Schedule,
): Promise<string[]> {
  const { region } = environment;
  const account = accountOf(environment);
  // The schedule's input was changed by hand, which is named instead.
  if (!automation) return [];
  const { documentName, roleArn: automationRoleArn } = automation;
  const documentArn = `arn:aws:ssm:${region}::document/${documentName}`;
  const executionArn = `arn:aws:ssm:${region}:${account}:automation-execution/*`;
  const refusedToSchedule = await refusedActions(environment, roleArn, [
    { actions: ['ssm:StartAutomationExecution'], resourceArn: documentArn },
    { actions: ['ssm:StartAutomationExecution'], resourceArn: executionArn },
    { actions: ['iam:PassRole'], resourceArn: automationRoleArn, passedToService: 'ssm.amazonaws.com' },
  ]);
  const databaseName = physicalIdOf(environment, Part.database);
  const databaseArn = `arn:aws:rds:${region}:${account}:db:${databaseName}`;
  const databaseAction = isStart ? 'rds:StartDBInstance' : 'rds:StopDBInstance';
  const refusedToAutomation = await refusedActions(environment, automationRoleArn, [
    { actions: [databaseAction, 'rds:DescribeDBInstances'], resourceArn: databaseArn },
  ]);
  return [...refusedToSchedule, ...refusedToAutomation];
}

/**
 * Checks that web tasks run within the office hours. Outside them, an environment without web tasks is asleep if its
 * schedules can end the sleep: none was changed by hand, and IAM allows what they do.
 */
export async function checkWebTaskHours(environment: Environment): Promise<Answer> {
  const { environmentName } = environment;
  const { desiredCount = 0 } = await describeService(environment);
  if (desiredCount === 0 && webImageTag(environment) === '') {
    return personMustLook({ says: words.officeHours.noRelease });
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
export function withStart(environment: Environment, { result, says, fix }: Answer): Answer {
  const start = prooflinkCommand(environment.environmentName, 'start');
  return { result, says, fix: fix === undefined ? start : `${fix}\n${start}` };
}

/**
 * Answer on why the schedules cannot start and stop the environment; `undefined` if they can.
 * @param isAsked - True for the construct paths of the schedules that are checked; by default for all.
 */
export async function findScheduleFault(
  environment: Environment,
  isAsked = isOfficeHoursSchedule,
): Promise<Answer | undefined> {
  const changes = await checkScheduleChanges(environment, isAsked);
  // A schedule that was deleted has no rights to be asked for.
  if (changes.result === 'wrong') return changes;
  const rights = await checkScheduleRights(environment, isAsked);
  return rights.result === 'wrong' ? rights : undefined;
}

/** Checks that no schedule of the office hours was changed by hand. */
async function checkScheduleChanges(environment: Environment, isAsked: (path: string) => boolean): Promise<Answer> {
  const { environmentName } = environment;
  const { changes } = await findChangesByHand(environment, ({ path }) => isAsked(path));
  return wrongIfAny({
    faults: changes.map((change) => {
      return words.officeHours.changedSchedule({ schedule: change.physicalId, change: sentenceOf(change) });
    }),
    describe: (faultList) => words.officeHours.changedByHand({ environmentName, changes: faultList }),
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
