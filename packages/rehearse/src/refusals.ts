import { existsSync } from 'node:fs';
import type { Stack } from '@aws-sdk/client-cloudformation';
import type { EnvironmentConfig } from '@infra/commands/app';
import { parseCronExpression } from '@infra/common/eventbridge-cron';
import { CannotTellError } from '@infra/common/outcome';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { OWN_STACK_NAME, REHEARSAL } from './environment';
import { type Place, readStacks } from './own-stack';
import type { RehearseOptions } from './rehearse';
import type { Rehearsal } from './stage';
import { words } from './words';

/** Throws a CannotTellError if options lack something. */
export function refuseOptions({ appImage, batchImage, users }: RehearseOptions): void {
  const hasOneImage = (appImage === undefined) !== (batchImage === undefined);
  if (hasOneImage) throw new CannotTellError(words.onlyOneImage);
  if (users !== undefined && !existsSync(users)) throw new CannotTellError(words.noUsersFile({ file: users }));
}

/** Throws a CannotTellError if an account may have an environment of a team: a rehearsal deletes what it has deployed. */
export async function refuseAccount(
  { account, region: ownRegion }: Place,
  environments: Readonly<Record<string, EnvironmentConfig>>,
  furtherRegions: readonly string[],
): Promise<void> {
  for (const [environmentName, config] of Object.entries(environments)) {
    if (config.account === account) throw new CannotTellError(words.accountOfEnvironment({ account, environmentName }));
  }
  if (REHEARSAL in environments) throw new CannotTellError(words.takenName({ name: REHEARSAL }));
  const configuredRegions = Object.values(environments).map(({ region }) => region);
  for (const region of new Set([ownRegion, ...configuredRegions, ...furtherRegions])) {
    const stacks = await readStacks(region);
    const foreign = stacks
      .filter(isProofLink)
      .find((stack) => region !== ownRegion || stack.StackName !== OWN_STACK_NAME);
    if (foreign) {
      const { StackName: stackName = '', StackStatus: status = '' } = foreign;
      throw new CannotTellError(words.foreignStack({ account, region, stackName, status }));
    }
  }
}

/** By its tag or by its name, since a stack that was never deployed may lack its tags. */
function isProofLink({ StackName = '', Tags = [] }: Stack): boolean {
  const isTagged = Tags.some(({ Key, Value }) => Key === 'Project' && Value === 'ProofLink');
  return isTagged || StackName.startsWith('Prooflink');
}

const MINUTE_MS = 60_000;

/** Minutes beyond the expected ones in which no schedule may fire either. */
const RESERVE_MINUTES = 60;

/** Throws a CannotTellError if a schedule of the stack, such as the evening's, would stop it before stages have ended. */
export function refuseTime(template: Rehearsal['template'], expectedMinutes: number, now: Date): void {
  const minutes = expectedMinutes + RESERVE_MINUTES;
  const end = now.getTime() + minutes * MINUTE_MS;
  const schedules = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
  const times = schedules.map(({ Properties }) => nextRun(Properties, now)).filter((time) => time < end);
  if (times.length === 0) return;
  const fires = formatInTokyo(Math.min(...times));
  // The stop of the web tasks comes first, and that of the database last.
  const beginning = formatInTokyo(Math.max(...times) + MINUTE_MS);
  throw new CannotTellError(words.schedulesFire({ minutes, fires, beginning }));
}

/** Time at which a schedule fires next, in milliseconds since 1970; `Infinity` if it does not. */
function nextRun(properties: unknown, now: Date): number {
  const { ScheduleExpression = '', ScheduleExpressionTimezone } = properties as Readonly<Record<string, string>>;
  const cron = parseCronExpression(ScheduleExpression, ScheduleExpressionTimezone);
  return cron?.nextRun(now)?.getTime() ?? Infinity;
}
