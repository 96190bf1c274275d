import { SSM } from '@aws-sdk/client-ssm';
import { list } from '../../environment/deployed-stack';
import type { Environment } from '../../environment/environment';
import { inTokyo } from '../../shared/times';
import { changedByHand, sayChange } from '../hand';
import { asleep, has, look, type Question, well, when, wrong, wrongIf } from '../question';

const HOUR = 3_600_000;
/** So long after its time a schedule has done its work, or has given up. */
const DUE = HOUR / 2;
const DOCUMENT = { true: 'AWS-StartRdsInstance', false: 'AWS-StopRdsInstance' } as const;
const SCHEDULE = 'AWS::Scheduler::Schedule';
const sleeping = when(has(SCHEDULE));

/** The nights. */
export const OFFICE_HOURS = [
  sleeping.cause('schedule-rights', 'The schedules may do their work', rights),
  sleeping.status('hours', 'It runs within its hours', sleep),
  sleeping.contact('nights', 'It falls asleep in the evening and is back in the morning with a task', async (it) => {
    const { LastUpdatedTime, CreationTime } = it.description;
    const made = LastUpdatedTime ?? CreationTime ?? it.now;
    const all = (await it.schedules()).filter(({ enabled }) => enabled);
    const due = all
      .filter(({ last }) => last && last > made && last.getTime() < it.now.getTime() - DUE)
      .sort((one, other) => Number(one.last) - Number(other.last));
    const found: string[] = [];
    for (const { name, starts, last = it.now } of due.filter(({ of }) => of === 'database')) {
      const document = DOCUMENT[`${starts}`];
      const Filters = [{ Key: 'DocumentNamePrefix' as const, Values: [document] }];
      const pages = it.client(SSM).paginateDescribeAutomationExecutions({ Filters });
      // Executions that the schedule began: their role is this stack's.
      const execution = (await list(pages, 'AutomationExecutionMetadataList')).find(
        ({ ExecutionStartTime: began, ExecutedBy = '' }) =>
          began &&
          began >= last &&
          began.getTime() < last.getTime() + HOUR &&
          it.ids('AWS::IAM::Role').some((role) => ExecutedBy.includes(`/${role}/`)),
      );
      if (!execution) return wrong(`${name} was due ${inTokyo(last)}, and no automation of ${document} began.`);
      const { AutomationExecutionStatus: state = '', FailureMessage = '' } = execution;
      if (state !== 'Success') return wrong(`${name}, ${inTokyo(last)}: ${state} ${FailureMessage}`);
      found.push(`${starts ? 'started' : 'stopped'} ${inTokyo(last)}`);
    }
    const tasks = due.filter(({ of }) => of === 'tasks').at(-1);
    const { desiredCount = 0 } = await it.service();
    if (tasks?.starts && tasks.count > 0 && desiredCount === 0) {
      const says = `The web tasks did not come back ${at(tasks.last)}: ${tasks.name} wants ${tasks.count}.`;
      return wrong(says, it.prooflink('start'));
    }
    if (due.length === all.length && tasks) return well(`The database was ${found.join(', and ')}.`);
    const next = Math.max(...all.flatMap((each) => each.next?.getTime() ?? []));
    return look(`Not every schedule has been due since the last deploy. Ask again after ${inTokyo(next)}.`);
  }),
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
