import { type AutomationExecutionMetadata, paginateDescribeAutomationExecutions, SSMClient } from '@aws-sdk/client-ssm';
import { type Environment, idOf, list } from '../../environment/environment';
import { hasImage } from '../../environment/parts';
import { readSchedules, type Schedule } from '../../environment/schedules';
import { describeService, webService } from '../../environment/web-service';
import { inTokyo } from '../../shared/times';
import {
  type Answer,
  asleep,
  cause,
  contact,
  has,
  look,
  prooflink,
  type Question,
  redeploy,
  status,
  well,
  wrong,
  wrongIf,
} from '../question';
import { refusals } from '../rights';

const HOUR = 3_600_000;
/** So long after its time a schedule has done its work, or has given up. */
const DUE = HOUR / 2;
const ZONE = 'Asia/Tokyo';
const DOCUMENT = { true: 'AWS-StartRdsInstance', false: 'AWS-StopRdsInstance' } as const;

const sleeps = { applies: has('AWS::Scheduler::Schedule') };

/** The nights. */
export const OFFICE_HOURS: readonly Question[] = [
  cause('schedules', 'The schedules stop it, and will wake it', schedules, sleeps),
  cause('schedule-rights', 'The schedules may do their work', rights, sleeps),
  status('hours', 'It runs within its hours', sleep, sleeps),
  contact('nights', 'It falls asleep in the evening and is back in the morning with a task', nights, {
    told: 'schedules, automations of Systems Manager, tasks of ECS, from the next day on',
    ...sleeps,
  }),
];

/** Sleep is what a schedule ends: one that is off, or in another zone, proves none. */
async function schedules(it: Environment): Promise<Answer | undefined> {
  const all = await readSchedules(it, it.now);
  const says = (each: Schedule) => {
    if (!each.enabled) return `${each.name} is off`;
    if (each.timezone !== ZONE) return `${each.name} is in ${each.timezone}, not ${ZONE}`;
    if (!each.next) return `${each.name} never comes`;
    return hasImage(it) && each.of === 'tasks' && each.starts && each.count === 0 && `${each.name} starts 0 tasks`;
  };
  return wrongIf(
    all.map(says),
    (what) => `${it.environment} is not stopped and started as it should: ${what}.`,
    redeploy(it),
  );
}

async function rights(it: Environment): Promise<Answer | undefined> {
  const { cluster, service } = webService(it);
  const database = `arn:aws:rds:${it.region}:${it.description.StackId?.split(':')[4] ?? ''}:db:${idOf(it, 'AWS::RDS::DBInstance')}`;
  const [arn = ''] = it.ids('AWS::ECS::Service');
  const refused = (await readSchedules(it, it.now)).map(async ({ of, starts, roleArn, automationRole = '' }) => {
    if (of === 'tasks') return await refusals(it, roleArn, [[['ecs:UpdateService'], arn || `${cluster}/${service}`]]);
    const document = `arn:aws:ssm:${it.region}::document/${DOCUMENT[`${starts}`]}`;
    const acts = starts ? 'rds:StartDBInstance' : 'rds:StopDBInstance';
    return [
      ...(await refusals(it, roleArn, [[['ssm:StartAutomationExecution'], document]])),
      ...(await refusals(it, automationRole, [[[acts, 'rds:DescribeDBInstances'], database]])),
    ];
  });
  const all = new Set((await Promise.all(refused)).flat());
  return wrongIf([...all], (what) => `The schedules may not ${what}.`, redeploy(it));
}

const at = (time: Date | undefined): string => (time ? inTokyo(time) : 'never');

/** Whether it sleeps, until when, and whether it should. */
export async function sleep(it: Environment): Promise<Answer | undefined> {
  const [faults, denied] = [await schedules(it), await rights(it)];
  const tasks = (await readSchedules(it, it.now)).filter(({ of }) => of === 'tasks');
  const [start, stop] = [tasks.find(({ starts }) => starts), tasks.find(({ starts }) => !starts)];
  const isDay = (start?.last?.getTime() ?? 0) > (stop?.last?.getTime() ?? 0);
  const { desiredCount = 0 } = await describeService(it);
  if (desiredCount > 0) return well(`${isDay ? 'awake' : 'awake outside its hours'} until ${at(stop?.next)}`);
  if (!hasImage(it)) return look('There was no release yet: there is no task to start.');
  if (!start) return undefined;
  const says = `${it.environment} is stopped within its hours until ${at(start.next)}.`;
  return isDay ? wrong(says, prooflink(it, 'start')) : (faults ?? denied ?? asleep(`asleep until ${at(start.next)}`));
}

/** Why there is no web task to ask about; nothing where there should be one. */
export async function restsOrWaits(it: Environment): Promise<Answer | undefined> {
  if (!hasImage(it)) return look('There was no release yet: push an image, release it, and ask again.');
  if (((await describeService(it)).desiredCount ?? 0) > 0) return undefined;
  const night = await sleep(it);
  return night?.result === 'asleep' ? night : look(`No task is wanted now. Ask again after: ${prooflink(it, 'start')}`);
}

async function nights(it: Environment): Promise<Answer> {
  const { LastUpdatedTime, CreationTime } = it.description;
  const made = LastUpdatedTime ?? CreationTime ?? it.now;
  const all = (await readSchedules(it, it.now)).filter(({ enabled }) => enabled);
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
  const { desiredCount = 0 } = await describeService(it);
  if (tasks?.starts && tasks.count > 0 && desiredCount === 0)
    return wrong(
      `The web tasks did not come back ${at(tasks.last)}: ${tasks.name} wants ${tasks.count}.`,
      prooflink(it, 'start'),
    );
  if (due.length === all.length && tasks) return well(`The database was ${found.join(', and ')}.`);
  const next = Math.max(...all.flatMap((each) => each.next?.getTime() ?? []));
  return look(`Not every schedule has been due since the last deploy. Ask again after ${inTokyo(next)}.`);
}

/** What a schedule began: the role that it took is this stack's. */
async function executionOf(
  it: Environment,
  { starts, last = it.now }: Schedule,
): Promise<AutomationExecutionMetadata | undefined> {
  const Filters = [{ Key: 'DocumentNamePrefix' as const, Values: [DOCUMENT[`${starts}`]] }];
  const pages = paginateDescribeAutomationExecutions;
  const found = await list(it, SSMClient, pages, { Filters }, (page) => page.AutomationExecutionMetadataList);
  return found.find(
    ({ ExecutionStartTime: began, ExecutedBy = '' }) =>
      began &&
      began >= last &&
      began.getTime() < last.getTime() + HOUR &&
      it.ids('AWS::IAM::Role').some((role) => ExecutedBy.includes(`/${role}/`)),
  );
}
