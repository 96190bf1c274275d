import { existsSync } from 'node:fs';
import type { Stack } from '@aws-sdk/client-cloudformation';
import type { EnvironmentConfig } from '@infra/commands/app';
import { CannotTellError } from '@infra/common/outcome';
import { isRealAws } from '@infra/operate/deployed/real-aws';
import { clockTimeInTokyo, dateInTokyo } from '@infra/operate/deployed/tokyo-time';
import { OWN_STACK_NAME, REHEARSAL } from './environment';
import { type Place, readStacks } from './own-stack';
import type { RehearseOptions } from './rehearse';
import { words } from './words';

/** Throws a CannotTellError if options lack something. */
export function refuseOptions({ appImage, batchImage, users }: RehearseOptions): void {
  if (Boolean(appImage) !== Boolean(batchImage)) throw new CannotTellError(words.onlyOneImage);
  if (users && !existsSync(users)) throw new CannotTellError(words.noUsersFile({ file: users }));
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

/** Minutes beyond the expected ones in which no schedule may stop the environment either. */
const RESERVE_MINUTES = 60;

/** Throws a CannotTellError unless stages end within the office hours: outside, schedules stop the rehearsal's stack. */
export function refuseTime({ officeHours }: EnvironmentConfig, expectedMinutes: number, now: Date): void {
  // No schedule of a local AWS runs by itself.
  if (!officeHours || !isRealAws()) return;
  const { start, stop } = officeHours;
  const minutes = expectedMinutes + RESERVE_MINUTES;
  const end = new Date(now.getTime() + minutes * 60_000);
  const isSameDay = dateInTokyo(now) === dateInTokyo(end);
  if (isSameDay && clockTimeInTokyo(now) >= start && clockTimeInTokyo(end) <= stop) return;
  throw new CannotTellError(words.outsideOfficeHours({ minutes, start, stop }));
}
