import type { Environment } from '../../../deployed/environment';
import { inTokyo } from '../../../deployed/times';
import { changedByHand, sayChange } from '../../../deployed/changed-by-hand/changed-by-hand';
import { asleep, has, look, type Question, well, when, wrong, wrongIf } from '../question';

const DOCUMENT = { true: 'AWS-StartRdsInstance', false: 'AWS-StopRdsInstance' } as const;
const SCHEDULE = 'AWS::Scheduler::Schedule';
const sleeping = when(has(SCHEDULE));

/** The nights. */
export const OFFICE_HOURS = [
  sleeping.cause('schedule-rights', 'The schedules may do their work', rights),
  sleeping.status('hours', 'It runs within its hours', sleep),
];

async function rights(environment: Environment) {
  const database = `arn:aws:rds:${environment.region}:${environment.account}:db:${environment.physicalId('AWS::RDS::DBInstance')}`;
  const refused = (await environment.readSchedules()).map(async ({ of, starts, roleArn, automationRole = '' }) => {
    if (of === 'tasks')
      return await environment.refusedActions(roleArn, [
        [['ecs:UpdateService'], environment.physicalId('AWS::ECS::Service')],
      ]);
    const document = `arn:aws:ssm:${environment.region}::document/${DOCUMENT[`${starts}`]}`;
    const acts = [starts ? 'rds:StartDBInstance' : 'rds:StopDBInstance', 'rds:DescribeDBInstances'];
    return [
      ...(await environment.refusedActions(roleArn, [[['ssm:StartAutomationExecution'], document]])),
      ...(await environment.refusedActions(automationRole, [[acts, database]])),
    ];
  });
  const all = new Set((await Promise.all(refused)).flat());
  return wrongIf([...all], (what) => `The schedules may not ${what}.`, environment.redeployCommand);
}

const at = (time: Date | undefined): string => (time ? inTokyo(time) : 'never');

/** Sleep, its end, and its proof: schedules that were changed, or have no rights, prove nothing. */
export async function sleep(environment: Environment) {
  const { changes } = await changedByHand(environment, [SCHEDULE]);
  const changed = wrongIf(
    changes.map((change) => `${change.physicalId} ${sayChange(change)}`),
    (what) => `${environment.environmentName} does not sleep and wake as it should: ${what}.`,
    changes[0]?.fix,
  );
  const denied = await rights(environment);
  const tasks = (await environment.readSchedules()).filter(({ of }) => of === 'tasks');
  const [start, stop] = [tasks.find(({ starts }) => starts), tasks.find(({ starts }) => !starts)];
  const isDay = (start?.last?.getTime() ?? 0) > (stop?.last?.getTime() ?? 0);
  const { desiredCount = 0 } = await environment.describeService();
  if (desiredCount > 0) return well(`${isDay ? 'awake' : 'awake outside its hours'} until ${at(stop?.next)}`);
  if (!environment.hasImage) return look('There was no release yet: there is no task to start.');
  if (!start) return undefined;
  const says = `${environment.environmentName} is stopped within its hours until ${at(start.next)}.`;
  return isDay
    ? wrong(says, environment.prooflinkCommand('start'))
    : (changed ?? denied ?? asleep(`asleep until ${at(start.next)}`));
}

/** Why there is no web task to ask about; nothing where there should be one. */
export async function restsOrWaits(environment: Environment) {
  if (!environment.hasImage) return look('There was no release yet: push an image, release it, and ask again.');
  if (((await environment.describeService()).desiredCount ?? 0) > 0) return undefined;
  const night = await sleep(environment);
  return night?.result === 'asleep'
    ? night
    : look(`No task is wanted now. Ask again after: ${environment.prooflinkCommand('start')}`);
}

/** Makes questions that are asked only while there are web tasks. */
export const whileAwake = (applies?: Question['applies']) => when(applies, restsOrWaits);
