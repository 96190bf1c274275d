import { Parameter } from '../../../lib/contract';
import type { DeployedStack } from '../../deployed/deployed-stack';
import type { ReleaseOptions } from './options';

/** The migration of a release, or the reason for which it has none. */
export type MigrationDecision =
  | { readonly migrates: true; readonly tag: string; readonly timeoutSeconds: number }
  | { readonly migrates: false; readonly reason: string };

/** Decides if the image is migrated before it serves; the template has no timeout if no migration is configured. */
export function decideMigration(
  options: ReleaseOptions,
  timeoutSeconds: unknown,
  deployedParameters: DeployedStack['parameters'],
): MigrationDecision {
  const { app = '', migration: isDemanded } = options;
  const isDeployed = app === deployedParameters[Parameter.appImageTag];
  const isMigrated = app === deployedParameters[Parameter.migratedImageTag];
  if (timeoutSeconds === undefined) {
    return { migrates: false, reason: 'none is configured' };
  }
  if (app === '') {
    return { migrates: false, reason: 'no image is released' };
  }
  if (isDemanded === false) {
    return { migrates: false, reason: 'left out by --no-migration' };
  }
  if (isDeployed && isMigrated && !isDemanded) {
    return { migrates: false, reason: `${app} serves, and is migrated` };
  }
  return { migrates: true, tag: app, timeoutSeconds: Number(timeoutSeconds) };
}
