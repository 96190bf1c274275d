import type { Stack } from '@aws-sdk/client-cloudformation';
import type { EnvironmentConfig } from '../../../lib/config/environment';
import { REHEARSAL } from './environment';
import { accountOfCredentials } from '../../deployed/account';
import { NEVER_DEPLOYED, readStacks, Tag, tagOf } from './own-stack';
import { OWN_STACK_NAME } from './environment';
import type { Place } from './place';
import { words } from './words';

type Environments = Readonly<Record<string, EnvironmentConfig>>;

/** Reasons for which nothing may be rehearsed in an account; none if it may. Each says what to do. */
export async function refusalsOfAccount(
  place: Place,
  environments: Environments,
  furtherRegions: readonly string[],
): Promise<string[]> {
  const refusals = refusalsOfConfig(place.account, environments);
  const credentialsAccount = await accountOfCredentials(place.region);
  if (credentialsAccount !== place.account) {
    // Stacks of that account are none of the rehearsal's business.
    return [...refusals, words.otherCredentials({ account: place.account, credentialsAccount })];
  }
  const regions = new Set([
    place.region,
    ...Object.values(environments).map(({ region }) => region),
    ...furtherRegions,
  ]);
  for (const region of regions) refusals.push(...(await refusalsOfRegion(region, place)));
  return refusals;
}

function refusalsOfConfig(account: string, environments: Environments): string[] {
  const inAccount = Object.entries(environments).filter(([, config]) => config.account === account);
  const refusals = inAccount.map(([environmentName]) => words.accountOfEnvironment({ account, environmentName }));
  if (REHEARSAL in environments) refusals.push(words.takenName({ name: REHEARSAL }));
  return refusals;
}

async function refusalsOfRegion(region: string, place: Place): Promise<string[]> {
  const stacks = await readStacks({ region });
  const foreign = stacks.filter((stack) => isProofLink(stack) && !isOwn(stack, region, place));
  return foreign.map(({ StackName: stackName = '', StackStatus: status = '' }) => {
    return words.foreignStack({ account: place.account, region, stackName, status });
  });
}

/** By its tag or by its name, since a stack that was never deployed may lack its tags. */
function isProofLink(stack: Stack): boolean {
  return tagOf(stack, 'Project') === 'ProofLink' || (stack.StackName ?? '').startsWith('Prooflink');
}

function isOwn(stack: Stack, region: string, place: Place): boolean {
  if (region !== place.region || stack.StackName !== OWN_STACK_NAME) return false;
  return stack.StackStatus === NEVER_DEPLOYED || tagOf(stack, Tag.id) !== undefined;
}
