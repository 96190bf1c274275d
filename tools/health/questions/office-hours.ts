import { SSM } from '@aws-sdk/client-ssm';
import { list } from '../../environment/deployed-stack';
import type { Environment } from '../../environment/environment';
import type { Schedule } from '../../environment/schedules';
import { changedByHand, sayChange } from '../hand';
import { inTokyo } from '../../shared/times';
import { asleep, cause, contact, has, look, status, well, wrong, wrongIf } from '../question';

const HOUR = 3_600_000;
/** So long after its time a schedule has done its work, or has given up. */
const DUE = HOUR / 2;
const DOCUMENT = { true: 'AWS-StartRdsInstance', false: 'AWS-StopRdsInstance' } as const;

const sleeps = { applies: has('AWS::Scheduler::Schedule') };

/** The nights. */
export const OFFICE_HOURS = [
  cause('schedule-rights', 'The schedules may do their work', rights, sleeps),
  status('hours', 'It runs within its hours', sleep, sleeps),
  contact('nights', 'It falls asleep in the evening and is back in the morning with a task', nights, {
    told: 'schedules, automations of Systems Manager, tasks of ECS, from the next day on',
    ...sleeps,
  }),
];

async function rights(it: Environment) {
  const database = `arn:aws:rds:${it.region}:${it.account}:db:${it.id('AWS::RDS::DBInstance')}`;
  const refused = (await it.schedules()).map(async ({ of, starts, roleArn, automationRole = '' }) => {
    if (of === 'tasks') return await it.refusals(roleArn, [[['ecs:UpdateService'], it.id('AWS::ECS::Service')]]);
    const document = `arn:aws:ssm:${it.region}::document/${DOCUMENT[`${starts}`]}`;
    const acts = starts ? 'rds:StartDBInstance' : 'rds:StopDBInstance';
    return [
      ...(await it.refusals(roleArn, [[['ssm:StartAutomationExecution'], document]])),
      ...(await it.refusals(automationRole, [[[acts, 'rds:DescribeDBInstances'], database]])),
    ];
  });
  const all = new Set((await Promise.all(refused)).flat());
  return wrongIf([...all], (what) => `The schedules may not ${what}.`, it.redeploy);
}

const at = (time: Date | undefined): string => (time ? inTokyo(time) : 'never');

/** Whether it sleeps, until when, and whether it should. */
export async function sleep(it: Environment) {
  const { changes } = await changedByHand(it, ['AWS::Scheduler::Schedule']);
  const unsure = `${it.environment} does not sleep and wake as it should:`;
  const changed = changes.map((change) => `${change.physicalId} ${sayChange(change)}`);
  const faults = wrongIf(changed, (what) => `${unsure} ${what}.`, changes[0]?.fix);
  const denied = await rights(it);
  const tasks = (await it.schedules()).filter(({ of }) => of === 'tasks');
  const [start, stop] = [tasks.find(({ starts }) => starts), tasks.find(({ starts }) => !starts)];
  const isDay = (start?.last?.getTime() ?? 0) > (stop?.last?.getTime() ?? 0);
  const { desiredCount = 0 } = await it.service();
  if (desiredCount > 0) return well(`${isDay ? 'awake' : 'awake outside its hours'} until ${at(stop?.next)}`);
  if (!it.hasImage) return look('There was no release yet: there is no task to start.');
  if (!start) return undefined;
  const says = `${it.environment} is stopped within its hours until ${at(start.next)}.`;
  return isDay ? wrong(says, it.prooflink('start')) : (faults ?? denied ?? asleep(`asleep until ${at(start.next)}`));
}

/** Why there is no web task to ask about; nothing where there should be one. */
export async function restsOrWaits(it: Environment) {
  if (!it.hasImage) return look('There was no release yet: push an image, release it, and ask again.');
  if (((await it.service()).desiredCount ?? 0) > 0) return undefined;
  const night = await sleep(it);
  return night?.result === 'asleep' ? night : look(`No task is wanted now. Ask again after: ${it.prooflink('start')}`);
}

async function nights(it: Environment) {
  const { LastUpdatedTime, CreationTime } = it.description;
  const made = LastUpdatedTime ?? CreationTime ?? it.now;
  const all = (await it.schedules()).filter(({ enabled }) => enabled);
  const due = all
    .filter(({ last }) => last && last > made && last.getTime() < it.now.getTime() - DUE)
    .sort((one, other) => Number(one.last) - Number(other.last));
  const found: string[] = [];
  for (const schedule of due.filter(({ of }) => of === 'database')) {
    const execution = await executionOf(it, schedule);
    const { name, starts, last = 0 } = schedule;
    const when = inTokyo(last);
    if (!execution) return wrong(`${name} was due ${when}, and no automation of ${DOCUMENT[`${starts}`]} began.`);
    const { AutomationExecutionStatus: state = '', FailureMessage = '' } = execution;
    if (state !== 'Success') return wrong(`${name}, ${when}: ${state} ${FailureMessage}`);
    found.push(`${starts ? 'started' : 'stopped'} ${when}`);
  }
  const tasks = due.filter(({ of }) => of === 'tasks').at(-1);
  const { desiredCount = 0 } = await it.service();
  if (tasks?.starts && tasks.count > 0 && desiredCount === 0)
    return wrong(
      `The web tasks did not come back ${at(tasks.last)}: ${tasks.name} wants ${tasks.count}.`,
      it.prooflink('start'),
    );
  if (due.length === all.length && tasks) return well(`The database was ${found.join(', and ')}.`);
  const next = Math.max(...all.flatMap((each) => each.next?.getTime() ?? []));
  return look(`Not every schedule has been due since the last deploy. Ask again after ${inTokyo(next)}.`);
}

/** What a schedule began: the role that it took is this stack's. */
async function executionOf(it: Environment, { starts, last = it.now }: Schedule) {
  const Filters = [{ Key: 'DocumentNamePrefix' as const, Values: [DOCUMENT[`${starts}`]] }];
  const pages = it.client(SSM).paginateDescribeAutomationExecutions({ Filters });
  const found = await list(pages, 'AutomationExecutionMetadataList');
  return found.find(
    ({ ExecutionStartTime: began, ExecutedBy = '' }) =>
      began &&
      began >= last &&
      began.getTime() < last.getTime() + HOUR &&
      it.ids('AWS::IAM::Role').some((role) => ExecutedBy.includes(`/${role}/`)),
  );
}
