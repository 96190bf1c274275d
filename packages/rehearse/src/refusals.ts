import type { Stack } from '@aws-sdk/client-cloudformation';
import type { EnvironmentConfig } from '@infra/commands/app';
import { CannotTellError } from '@infra/common/outcome';
import { OWN_STACK_NAME, REHEARSAL } from './environment';
import { type Place, readStacks } from './own-stack';
import { words } from './words';

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
