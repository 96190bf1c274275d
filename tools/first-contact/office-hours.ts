import { type AutomationExecutionMetadata, paginateDescribeAutomationExecutions, SSMClient } from '@aws-sdk/client-ssm';
import { awsClient, itemsOf } from '../shared/aws';
import { readSchedules, type Schedule } from '../shared/schedules';
import { inTokyo } from '../shared/times';
import { type Answer, type Contact, fail, HOUR, look, pass, type Row } from './row';

/** So long after its time a schedule has done its work, or has given up. */
const DUE = HOUR / 2;
const DOCUMENT = { true: 'AWS-StartRdsInstance', false: 'AWS-StopRdsInstance' } as const;

async function hours(contact: Contact): Promise<Answer> {
  const { stack, now } = contact;
  const made = stack.description.LastUpdatedTime ?? stack.description.CreationTime ?? now;
  const schedules = (await readSchedules(stack, now)).filter(({ enabled }) => enabled);
  const due = schedules
    .filter(({ last }) => last && last > made && last.getTime() < now.getTime() - DUE)
    .sort((one, other) => Number(one.last) - Number(other.last));
  const client = awsClient(SSMClient, stack);
  const found: string[] = [];
  for (const schedule of due.filter(({ of }) => of === 'database')) {
    const execution = await executionOf(client, contact, schedule);
    const when = inTokyo(schedule.last ?? 0);
    if (!execution)
      return fail(`${schedule.name} was due ${when}, and no automation of ${DOCUMENT[`${schedule.starts}`]} began.`);
    if (execution.AutomationExecutionStatus !== 'Success')
      return fail(
        `${schedule.name}, ${when}: ${execution.AutomationExecutionStatus ?? ''} ${execution.FailureMessage ?? ''}`,
      );
    found.push(`${schedule.starts ? 'started' : 'stopped'} ${when}`);
  }
  const tasks = due.filter(({ of }) => of === 'tasks').at(-1);
  const { desiredCount = 0 } = await contact.service();
  if (tasks?.starts && tasks.count > 0 && desiredCount === 0)
    return fail(`The web tasks did not come back ${inTokyo(tasks.last ?? 0)}: ${tasks.name} wants ${tasks.count}.`);
  if (due.length === schedules.length && tasks) return pass(`The database was ${found.join(', and ')}.`);
  const next = schedules.map((each) => each.next).filter((each) => each !== undefined);
  return look(
    `Not every schedule has been due since the last deploy. Ask again after ${inTokyo(Math.max(...next.map(Number)))}.`,
  );
}

/** What a schedule began: the role that it took is this stack's. */
async function executionOf(
  client: SSMClient,
  { stack, now }: Contact,
  { starts, last = now }: Schedule,
): Promise<AutomationExecutionMetadata | undefined> {
  const roles = stack.ids('AWS::IAM::Role');
  const Filters = [{ Key: 'DocumentNamePrefix' as const, Values: [DOCUMENT[`${starts}`]] }];
  const pages = paginateDescribeAutomationExecutions({ client }, { Filters });
  const found = await itemsOf(pages, (page) => page.AutomationExecutionMetadataList);
  return found.find(
    ({ ExecutionStartTime: began, ExecutedBy = '' }) =>
      began &&
      began >= last &&
      began.getTime() < last.getTime() + HOUR &&
      roles.some((role) => ExecutedBy.includes(`/${role}/`)),
  );
}

/** The nights. */
export const OFFICE_HOURS: readonly Row[] = [
  {
    sees: 'It falls asleep in the evening and is back in the morning with a task',
    told: 'schedules, automations of Systems Manager, tasks of ECS, from the next day on',
    applies: ({ config }) => config.officeHours !== undefined,
    ask: hours,
  },
];
