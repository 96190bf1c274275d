import { MIGRATION_TIMEOUT as MIGRATION_TIMEOUT_METADATA_KEY, Parameter, Part } from '../../../lib/contract';
import { type DeployedStack, stackTemplateOf } from '../../deployed/deployed-stack';
import { findPart } from '../../deployed/template-parts';
import { words } from './words';
import type { ReleaseOptions } from './options';

/** The image that migrates the database before it serves, or the reason for which none does. */
export type MigrationDecision =
  | { readonly migrates: true; readonly imageTag: string; readonly timeoutSeconds: number }
  | { readonly migrates: false; readonly reason: string };

/**
 * Seconds after which a release stops the deployed migration, which the app writes into the metadata of its task definition.
 * `undefined`: no migration is deployed.
 */
export function deployedMigrationTimeout(stack: DeployedStack): number | undefined {
  const [, migration] = findPart(stackTemplateOf(stack), Part.migration) ?? [];
  const timeoutSeconds = migration?.Metadata?.[MIGRATION_TIMEOUT_METADATA_KEY];
  return timeoutSeconds === undefined ? undefined : Number(timeoutSeconds);
}

/**
 * Decides if the image of a release migrates the database before it serves. The decision does not consider the age of the
 * image: `checkPushOrder` refuses a migration by an image that was pushed before the deployed one.
 */
export function decideMigration(
  { appTag = '', migrationRequest }: ReleaseOptions,
  stack: DeployedStack,
): MigrationDecision {
  const timeoutSeconds = deployedMigrationTimeout(stack);
  if (timeoutSeconds === undefined) {
    return { migrates: false, reason: words.noMigration.notDeployed() };
  }
  if (appTag === '') {
    return { migrates: false, reason: words.noMigration.noImage() };
  }
  if (migrationRequest === 'never') {
    return { migrates: false, reason: words.noMigration.leftOut() };
  }
  const isDeployed = appTag === stack.parameters[Parameter.appImageTag];
  const hasMigrated = appTag === stack.parameters[Parameter.migratedImageTag];
  if (isDeployed && hasMigrated && migrationRequest !== 'always') {
    return { migrates: false, reason: words.noMigration.migratedAlready({ imageTag: appTag }) };
  }
  return { migrates: true, imageTag: appTag, timeoutSeconds };
}
