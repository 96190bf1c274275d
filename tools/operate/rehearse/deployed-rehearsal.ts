import { REHEARSAL } from './environment';
import { type DeployedStack, readStack } from '../../deployed/deployed-stack';
import { requireCredentials, requireOwnArn } from './own-stack';
import type { Place } from './place';

/** Reads the deployed stack, after AWS was asked whose the credentials are. Its parts may then be changed. */
export async function readDeployedRehearsal(place: Place): Promise<DeployedStack> {
  await requireCredentials(place);
  const stack = await readStack(REHEARSAL);
  requireOwnArn(place, stack.details.StackId ?? '');
  return stack;
}
