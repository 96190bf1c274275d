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

async function rights(it: Environment) {
  const database = `arn:aws:rds:${it.region}:${it.account}:db:${it.id('AWS::RDS::DBInstance')}`;
  const refused = (await it.schedules()).map(async ({ of, starts, roleArn, automationRole = '' }) => {
    if (of === 'tasks') return await it.refusals(roleArn, [[['ecs:UpdateService'], it.id('AWS::ECS::Service')]]);
    const document = `arn:aws:ssm:${it.region}::document/${DOCUMENT[`${starts}`]}`;
    const acts = [starts ? 'rds:StartDBInstance' : 'rds:StopDBInstance', 'rds:DescribeDBInstances'];
    return [
      ...(await it.refusals(roleArn, [[['ssm:StartAutomationExecution'], document]])),
      ...(await it.refusals(automationRole, [[acts, database]])),
    ];
  });
  const all = new Set((await Promise.all(refused)).flat());
  return wrongIf([...all], (what) => `The schedules may not ${what}.`, it.redeploy);
}

const at = (time: Date | undefined): string => (time ? inTokyo(time) : 'never');

/** Sleep, its end, and its proof: schedules that were changed, or have no rights, prove nothing. */
export async function sleep(it: Environment) {
  const { changes } = await changedByHand(it, [SCHEDULE]);
  const changed = wrongIf(
    changes.map((change) => `${change.physicalId} ${sayChange(change)}`),
    (what) => `${it.environment} does not sleep and wake as it should: ${what}.`,
    changes[0]?.fix,
  );
  const denied = await rights(it);
  const tasks = (await it.schedules()).filter(({ of }) => of === 'tasks');
  const [start, stop] = [tasks.find(({ starts }) => starts), tasks.find(({ starts }) => !starts)];
  const isDay = (start?.last?.getTime() ?? 0) > (stop?.last?.getTime() ?? 0);
  const { desiredCount = 0 } = await it.service();
  if (desiredCount > 0) return well(`${isDay ? 'awake' : 'awake outside its hours'} until ${at(stop?.next)}`);
  if (!it.hasImage) return look('There was no release yet: there is no task to start.');
  if (!start) return undefined;
  const says = `${it.environment} is stopped within its hours until ${at(start.next)}.`;
  return isDay ? wrong(says, it.prooflink('start')) : (changed ?? denied ?? asleep(`asleep until ${at(start.next)}`));
}

/** Why there is no web task to ask about; nothing where there should be one. */
export async function restsOrWaits(it: Environment) {
  if (!it.hasImage) return look('There was no release yet: push an image, release it, and ask again.');
  if (((await it.service()).desiredCount ?? 0) > 0) return undefined;
  const night = await sleep(it);
  return night?.result === 'asleep' ? night : look(`No task is wanted now. Ask again after: ${it.prooflink('start')}`);
}

/** Makes questions that are asked only while there are web tasks. */
export const whileAwake = (applies?: Question['applies']) => when(applies, restsOrWaits);
