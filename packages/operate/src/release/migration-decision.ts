import { Parameter, Part } from '@infra/commands/app';
import { type DeployedStack, hasPart } from '../deployed/deployed-stack';
import { words } from './words';
import type { ReleaseOptions } from './options';

/** The image that migrates the database before it serves, or the reason for which none does. */
export type MigrationDecision =
  { readonly migrates: true; readonly imageTag: string } | { readonly migrates: false; readonly reason: string };

/**
 * Decides if the image of a release migrates the database before it serves. The decision does not consider the age of the
 * image: `checkPushOrder` refuses a migration by an image that was pushed before the deployed one.
 */
export function decideMigration({ appTag = '', migration }: ReleaseOptions, stack: DeployedStack): MigrationDecision {
  if (!hasPart(stack, Part.migration)) {
    return { migrates: false, reason: words.noMigration.notDeployed };
  }
  if (appTag === '') {
    return { migrates: false, reason: words.noMigration.noImage };
  }
  if (migration === false) {
    return { migrates: false, reason: words.noMigration.leftOut };
  }
  const isDeployed = appTag === stack.parameters[Parameter.appImageTag];
  const hasMigrated = appTag === stack.parameters[Parameter.migratedImageTag];
  if (isDeployed && hasMigrated && migration !== true) {
    return { migrates: false, reason: words.noMigration.migratedAlready({ imageTag: appTag }) };
  }
  return { migrates: true, imageTag: appTag };
}
