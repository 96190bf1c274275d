import type { DeployedStack } from '@infra/operate/deployed/deployed-stack';
import { prooflinkCommand } from '@infra/operate/deployed/printed-commands';

/** Text of the command that reverts changes by hand to the deployed template. */
export function revertDriftCommand({ environmentName }: Pick<DeployedStack, 'environmentName'>): string {
  return prooflinkCommand(environmentName, 'revert-drift');
}
