import { Part } from '../../../../lib/contract';
import { findChangesByHand, sentenceOf } from '../../../deployed/changed-by-hand/changed-by-hand';
import type { Environment } from '../../../deployed/environment';
import { hasOfficeHours, isOfficeHoursSchedule, type Schedule } from '../../../deployed/schedules';
import { formatInTokyo } from '../../../deployed/tokyo-time';
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

/**
 * Questions on the office hours: schedules start database and web tasks in the morning, and stop both in the evening. From
 * the evening to the next start, the environment is asleep.
 */
export const OFFICE_HOURS_QUESTIONS: readonly Question[] = [
  {
    id: 'schedule-rights',
    statement: 'The schedules may do their work',
    firstAskedBy: 'doctor',
    applies: (environment) => hasOfficeHours(environment, environment.config),
    ask: checkScheduleRights,
  },
  {
    id: 'hours',
    statement: 'It runs within its hours',
    firstAskedBy: 'status',
    applies: (environment) => hasOfficeHours(environment, environment.config),
    ask: checkOfficeHours,
  },
];

async function checkScheduleRights(environment: Environment): Promise<Answer> {
  const schedules = await environment.readSchedules();
  const refusedPerSchedule = await Promise.all(schedules.map((schedule) => readRefusedActions(environment, schedule)));
  // The schedules of the database have the same role: an action that is refused to both is reported once.
  const refusedActions = new Set(refusedPerSchedule.flat());
  return wrongIfAny({
    faults: [...refusedActions],
    describe: (actions) => `The schedules may not ${actions}.`,
    fix: environment.redeployCommand,
  });
}

function readRefusedActions(environment: Environment, schedule: Schedule): Promise<string[]> {
  return schedule.target === 'tasks'
    ? readRefusedOnTasks(environment, schedule)
    : readRefusedOnDatabase(environment, schedule);
}

/** Actions that IAM refuses to a schedule which sets the number of web tasks. */
async function readRefusedOnTasks(environment: Environment, { roleArn }: Schedule): Promise<string[]> {
  const serviceArn = environment.physicalIdOf(Part.webService);
  return await environment.refusedActions(roleArn, [{ actions: ['ecs:UpdateService'], resourceArn: serviceArn }]);
}

/**
 * Actions that IAM refuses to a schedule of the database. Such a schedule starts an automation of Systems Manager, and
 * passes to it a second role, which the automation assumes to start or stop the database.
 */
async function readRefusedOnDatabase(
  environment: Environment,
  { isStart, roleArn, automationRoleArn = '' }: Schedule,
): Promise<string[]> {
  const { region, account } = environment;
  const documentName = isStart ? 'AWS-StartRdsInstance' : 'AWS-StopRdsInstance';
  const documentArn = `arn:aws:ssm:${region}::document/${documentName}`;
  const refusedToSchedule = await environment.refusedActions(roleArn, [
    { actions: ['ssm:StartAutomationExecution'], resourceArn: documentArn },
    { actions: ['iam:PassRole'], resourceArn: automationRoleArn, passedToService: 'ssm.amazonaws.com' },
  ]);
  const databaseName = environment.physicalIdOf(Part.database);
  const databaseArn = `arn:aws:rds:${region}:${account}:db:${databaseName}`;
  const databaseAction = isStart ? 'rds:StartDBInstance' : 'rds:StopDBInstance';
  const refusedToAutomation = await environment.refusedActions(automationRoleArn, [
    { actions: [databaseAction, 'rds:DescribeDBInstances'], resourceArn: databaseArn },
  ]);
  return [...refusedToSchedule, ...refusedToAutomation];
}

/**
 * Checks that web tasks run within the office hours. Outside them, an environment without web tasks is asleep if its
 * schedules can end the sleep: none was changed by hand, and IAM allows what they do.
 */
export async function checkOfficeHours(environment: Environment): Promise<Answer> {
  // The schedules are checked by day, too: if AWS refuses to show them, a person learns it before the night.
  const scheduleFault = await findScheduleFault(environment);
  const schedules = await environment.readSchedules();
  const startOfTasks = schedules.find(({ target, isStart }) => target === 'tasks' && isStart);
  const stopOfTasks = schedules.find(({ target, isStart }) => target === 'tasks' && !isStart);
  // The office hours last from a start until the next stop.
  const isWithinHours = millisecondsOf(startOfTasks?.lastRun) > millisecondsOf(stopOfTasks?.lastRun);

  const { desiredCount = 0 } = await environment.describeService();
  if (desiredCount > 0) {
    const state = isWithinHours ? 'awake' : 'awake outside its hours';
    return wellAnswer(`${state} until ${timeText(stopOfTasks?.nextRun)}`);
  }
  if (!environment.hasWebImage) {
    return personMustLook({ says: 'There was no release yet: there is no task to start.' });
  }
  // Without office hours there are no schedules. `applies` excludes that, but other questions call this function, too.
  if (!startOfTasks) return NOTHING_WRONG;
  const wakeTime = timeText(startOfTasks.nextRun);
  if (isWithinHours) {
    return wrongAnswer({
      says: `${environment.environmentName} is stopped within its hours until ${wakeTime}.`,
      fix: environment.prooflinkCommand('start'),
    });
  }
  if (scheduleFault) return scheduleFault;
  return asleepAnswer(`asleep until ${wakeTime}`);
}

/** Answer on why the schedules cannot end the sleep; `undefined` if they can. */
async function findScheduleFault(environment: Environment): Promise<Answer | undefined> {
  const changes = await checkScheduleChanges(environment);
  const rights = await checkScheduleRights(environment);
  return [changes, rights].find(({ result }) => result === 'wrong');
}

/** Checks that no schedule of the office hours was changed by hand. */
async function checkScheduleChanges(environment: Environment): Promise<Answer> {
  const { changes } = await findChangesByHand(environment, ({ path }) => isOfficeHoursSchedule(path));
  return wrongIfAny({
    faults: changes.map((change) => `${change.physicalId} ${sentenceOf(change)}`),
    describe: (faultList) => `${environment.environmentName} does not sleep and wake as it should: ${faultList}.`,
    fix: changes[0]?.fix,
  });
}

/** A time as a number; 0 if the schedule's expression cannot be read, or has not matched yet. */
function millisecondsOf(time: Date | undefined): number {
  return time?.getTime() ?? 0;
}

/** `never` if the schedule's expression cannot be read, or never matches again. */
function timeText(time: Date | undefined): string {
  return time ? formatInTokyo(time) : 'never';
}
