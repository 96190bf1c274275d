import { changedByHand, sentenceOf } from '../../../deployed/changed-by-hand/changed-by-hand';
import type { Environment } from '../../../deployed/environment';
import type { Schedule } from '../../../deployed/schedules';
import { inTokyo } from '../../../deployed/times';
import { type Answer, asleepAnswer, lookAnswer, wellAnswer, wrongAnswer, wrongIfAny } from '../answer';
import { hasResource, type Question } from '../question';

const SCHEDULE = 'AWS::Scheduler::Schedule';

/** The schedules that stop and start the environment. */
export const OFFICE_HOURS_QUESTIONS: readonly Question[] = [
  {
    id: 'schedule-rights',
    statement: 'The schedules may do their work',
    depth: 'cause',
    applies: hasResource(SCHEDULE),
    ask: checkScheduleRights,
  },
  {
    id: 'hours',
    statement: 'It runs within its hours',
    depth: 'status',
    applies: hasResource(SCHEDULE),
    ask: checkOfficeHours,
  },
];

async function checkScheduleRights(environment: Environment): Promise<Answer | undefined> {
  const databaseName = environment.physicalId('AWS::RDS::DBInstance');
  const databaseArn = `arn:aws:rds:${environment.region}:${environment.account}:db:${databaseName}`;
  const schedules = await environment.readSchedules();
  const refusedBySchedule = await Promise.all(
    schedules.map((schedule) =>
      schedule.target === 'tasks'
        ? refusedForTasks(environment, schedule)
        : refusedForDatabase(environment, schedule, databaseArn),
    ),
  );
  const refused = new Set(refusedBySchedule.flat());
  return wrongIfAny([...refused], (actions) => `The schedules may not ${actions}.`, environment.redeployCommand);
}

async function refusedForTasks(environment: Environment, { roleArn }: Schedule): Promise<string[]> {
  const serviceArn = environment.physicalId('AWS::ECS::Service');
  return await environment.refusedActions(roleArn, [[['ecs:UpdateService'], serviceArn]]);
}

/** A schedule starts a Systems Manager automation, which starts or stops the database by a role of its own. */
async function refusedForDatabase(
  environment: Environment,
  { isStart, roleArn, automationRoleArn = '' }: Schedule,
  databaseArn: string,
): Promise<string[]> {
  const documentName = isStart ? 'AWS-StartRdsInstance' : 'AWS-StopRdsInstance';
  const documentArn = `arn:aws:ssm:${environment.region}::document/${documentName}`;
  const databaseAction = isStart ? 'rds:StartDBInstance' : 'rds:StopDBInstance';
  const refusedForSchedule = await environment.refusedActions(roleArn, [
    [['ssm:StartAutomationExecution'], documentArn],
  ]);
  const refusedForAutomation = await environment.refusedActions(automationRoleArn, [
    [[databaseAction, 'rds:DescribeDBInstances'], databaseArn],
  ]);
  return [...refusedForSchedule, ...refusedForAutomation];
}

/** Checks if the web tasks run by day; at night, if schedules that work as deployed end the sleep. */
export async function checkOfficeHours(environment: Environment): Promise<Answer | undefined> {
  const changed = await checkSchedulesUnchanged(environment);
  const denied = await checkScheduleRights(environment);
  const schedules = await environment.readSchedules();
  const start = schedules.find(({ target, isStart }) => target === 'tasks' && isStart);
  const stop = schedules.find(({ target, isStart }) => target === 'tasks' && !isStart);
  const isWithinHours = timeOf(start?.lastRun) > timeOf(stop?.lastRun);

  const { desiredCount = 0 } = await environment.describeService();
  if (desiredCount > 0) {
    const state = isWithinHours ? 'awake' : 'awake outside its hours';
    return wellAnswer(`${state} until ${textOf(stop?.nextRun)}`);
  }
  if (!environment.hasImage) return lookAnswer('There was no release yet: there is no task to start.');
  if (!start) return undefined;
  const wakeTime = textOf(start.nextRun);
  if (isWithinHours) {
    return wrongAnswer(
      `${environment.environmentName} is stopped within its hours until ${wakeTime}.`,
      environment.prooflinkCommand('start'),
    );
  }
  return changed ?? denied ?? asleepAnswer(`asleep until ${wakeTime}`);
}

async function checkSchedulesUnchanged(environment: Environment): Promise<Answer | undefined> {
  const { changes } = await changedByHand(environment, ({ type }) => type === SCHEDULE);
  return wrongIfAny(
    changes.map((change) => `${change.physicalId} ${sentenceOf(change)}`),
    (faults) => `${environment.environmentName} does not sleep and wake as it should: ${faults}.`,
    changes[0]?.fix,
  );
}

function timeOf(date: Date | undefined): number {
  return date?.getTime() ?? 0;
}

function textOf(date: Date | undefined): string {
  return date ? inTokyo(date) : 'never';
}
