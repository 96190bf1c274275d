import { Parameter } from '../../../lib/contract';
import type { DeployedStack } from '../../deployed/deployed-stack';
import type { ReleaseOptions } from './options';

/** The image that migrates the database before it serves, or the reason for which none does. */
export type MigrationDecision =
  | { readonly migrates: true; readonly imageTag: string; readonly timeoutSeconds: number }
  | { readonly migrates: false; readonly reason: string };

/**
 * Decides if the image of a release migrates the database before it serves.
 *
 * @param timeoutSeconds - Seconds after which the migration is stopped. `undefined`: no migration is configured.
 */
export function decideMigration(
  { appTag = '', migrationRequest }: ReleaseOptions,
  timeoutSeconds: number | undefined,
  deployedParameters: DeployedStack['parameters'],
): MigrationDecision {
  if (timeoutSeconds === undefined) {
    return { migrates: false, reason: 'none is configured' };
  }
  if (appTag === '') {
    return { migrates: false, reason: 'no image is released' };
  }
  if (migrationRequest === 'never') {
    return { migrates: false, reason: 'left out by --no-migration' };
  }
  const isDeployed = appTag === deployedParameters[Parameter.appImageTag];
  const hasMigrated = appTag === deployedParameters[Parameter.migratedImageTag];
  if (isDeployed && hasMigrated && migrationRequest !== 'always') {
    return { migrates: false, reason: `${appTag} serves, and is migrated` };
  }
  return { migrates: true, imageTag: appTag, timeoutSeconds };
}
