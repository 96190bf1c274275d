import { Part, stackId } from '@infra/commands/app';
import { hasPart } from '../deployed/deployed-stack';
import type { Problem } from './problem';
import type { StackUpdate } from './stack-update';
import { words } from './words';

/** Checks that there is a tag to release, and that none is empty: a variable of a shell that is not set releases nothing. */
export function checkTags({
  environmentName,
  options: { appTag, batchTag, images = [] },
  stack,
}: Pick<StackUpdate, 'environmentName' | 'options' | 'stack'>): (Problem | undefined)[] {
  const hasImport = hasPart(stack, Part.jobDefinition);
  return [
    appTag === undefined && batchTag === undefined && images.length === 0 ? words.noTag : undefined,
    appTag === '' ? words.emptyTag({ option: '--app' }) : undefined,
    batchTag === '' ? words.emptyTag({ option: '--batch' }) : undefined,
    batchTag && !hasImport ? words.noImport({ environmentName }) : undefined,
  ];
}

/**
 * Checks that the deployed stack has the migration that the options request or, for a web image, that the config has: it
 * would be left out unseen.
 */
export function checkMigrationRequest({
  environmentName,
  config,
  options: { appTag, migration },
  stack,
}: Pick<StackUpdate, 'environmentName' | 'config' | 'options' | 'stack'>): Problem | undefined {
  if (migration === false) return undefined;
  const isDeployed = hasPart(stack, Part.migration);
  const isConfigured = config.webService.migration !== undefined;
  if (isConfigured && !isDeployed && appTag) {
    return words.migrationNotDeployed({ environmentName, stackName: stackId(environmentName) });
  }
  const isPossible = isDeployed && Boolean(appTag);
  return migration && !isPossible ? words.noMigrationToRun({ environmentName }) : undefined;
}
