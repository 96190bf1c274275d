import type { EnvironmentName } from '@infra/commands/environment-argument';
import { type DeployedStack, readStack } from '../deployed/deployed-stack';
import { askPatiently } from '../deployed/wait';
import { showProgress } from './masked-output';

/** Reads the stack of an environment while a release goes on, which one lost answer must not end. */
export async function readStackPatiently(environmentName: EnvironmentName): Promise<DeployedStack> {
  return await askPatiently(() => readStack(environmentName), showProgress);
}
