import { Parameter } from '../../../lib/contract';
import type { DeployedStack } from '../../deployed/deployed-stack';
import { words } from './words';
import type { ReleaseOptions } from './options';
import type { ConfiguredMigration } from './tasks-in-template';

/** The image that migrates the database before it serves, or the reason for which none does. */
export type MigrationDecision =
  | { readonly migrates: true; readonly imageTag: string; readonly timeoutSeconds: number }
  | { readonly migrates: false; readonly reason: string };

/**
 * Decides if the image of a release migrates the database before it serves. The decision does not consider the age of the
 * image: `checkPushOrder` refuses a migration by an image that was pushed before the deployed one.
 *
 * @param configuredMigration - Migration of the template to deploy; `undefined` if none is configured.
 */
export function decideMigration(
  { appTag = '', migrationRequest }: ReleaseOptions,
  configuredMigration: ConfiguredMigration | undefined,
  deployedParameters: DeployedStack['parameters'],
): MigrationDecision {
  if (configuredMigration === undefined) {
    return { migrates: false, reason: words.noMigration.notConfigured() };
  }
  if (appTag === '') {
    return { migrates: false, reason: words.noMigration.noImage() };
  }
  if (migrationRequest === 'never') {
    return { migrates: false, reason: words.noMigration.leftOut() };
  }
  const isDeployed = appTag === deployedParameters[Parameter.appImageTag];
  const hasMigrated = appTag === deployedParameters[Parameter.migratedImageTag];
  if (isDeployed && hasMigrated && migrationRequest !== 'always') {
    return { migrates: false, reason: words.noMigration.migratedAlready({ imageTag: appTag }) };
  }
  return { migrates: true, imageTag: appTag, timeoutSeconds: configuredMigration.timeoutSeconds };
}
