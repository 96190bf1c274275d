import type { Stack } from '@aws-sdk/client-cloudformation';
import type { SynthesizedStack } from '@infra/common/assembly';
import type { EnvironmentConfig } from '@infra/commands/app';
import { accountOfCredentials } from '@infra/operate/deployed/account';
import { parseCronExpression } from '@infra/common/eventbridge-cron';
import { formatInTokyo } from '@infra/operate/deployed/tokyo-time';
import { OWN_STACK_NAME, REHEARSAL } from './environment';
import { type Place, readStacks } from './own-stack';
import { words } from './words';

type Environments = Readonly<Record<string, EnvironmentConfig>>;

/** Reasons for which nothing may be rehearsed in an account; none if it may. Each says what to do. */
export async function refusalsOfAccount(
  place: Place,
  environments: Environments,
  furtherRegions: readonly string[],
): Promise<string[]> {
  const { account } = place;
  const inAccount = Object.entries(environments).filter(([, config]) => config.account === account);
  const refusals = inAccount.map(([environmentName]) => words.accountOfEnvironment({ account, environmentName }));
  if (REHEARSAL in environments) refusals.push(words.takenName({ name: REHEARSAL }));

  const credentialsAccount = await accountOfCredentials(place.region);
  if (credentialsAccount !== account) {
    // Stacks of that account are none of the rehearsal's business.
    return [...refusals, words.otherCredentials({ account, credentialsAccount })];
  }
  const configuredRegions = Object.values(environments).map(({ region }) => region);
  for (const region of new Set([place.region, ...configuredRegions, ...furtherRegions])) {
    const stacks = await readStacks(region);
    const foreign = stacks.filter((stack) => isProofLink(stack) && !isOwn(stack, region, place));
    for (const { StackName: stackName = '', StackStatus: status = '' } of foreign) {
      refusals.push(words.foreignStack({ account, region, stackName, status }));
    }
  }
  return refusals;
}

/** By its tag or by its name, since a stack that was never deployed may lack its tags. */
function isProofLink({ StackName = '', Tags = [] }: Stack): boolean {
  const isTagged = Tags.some(({ Key, Value }) => Key === 'Project' && Value === 'ProofLink');
  return isTagged || StackName.startsWith('Prooflink');
}

function isOwn({ StackName }: Stack, region: string, place: Place): boolean {
  return region === place.region && StackName === OWN_STACK_NAME;
}

const MINUTE_MS = 60_000;

/**
 * Reason for which stages may not begin now: a schedule of their own stack, such as the evening's, would stop it before
 * their end. `undefined`: none does.
 */
export function refusalByTime(stack: SynthesizedStack | undefined, minutes: number, now: Date): string | undefined {
  const resources = Object.values(stack?.template.Resources ?? {});
  const schedules = resources.filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
  const runs = schedules.map(({ Properties }) => {
    const { ScheduleExpression = '', ScheduleExpressionTimezone } = Properties as Readonly<Record<string, string>>;
    return parseCronExpression(ScheduleExpression, ScheduleExpressionTimezone)?.nextRun(now);
  });
  const end = now.getTime() + minutes * MINUTE_MS;
  const times = runs.map((run) => run?.getTime() ?? end).filter((time) => time < end);
  if (times.length === 0) return undefined;
  const fires = formatInTokyo(Math.min(...times));
  // The stop of the web tasks comes first, and that of the database last.
  return words.schedulesFire({ minutes, fires, beginning: formatInTokyo(Math.max(...times) + MINUTE_MS) });
}
