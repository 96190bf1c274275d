import { Part } from '@infra/commands/app';
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
  options: { appTag, migrationRequest },
  stack,
}: Pick<StackUpdate, 'environmentName' | 'config' | 'options' | 'stack'>): Problem | undefined {
  if (migrationRequest === 'never') return undefined;
  const isRequested = migrationRequest === 'always';
  if (isRequested && !appTag) return words.migrationNeedsTag;
  if (hasPart(stack, Part.migration)) return undefined;
  const isConfigured = config.webService.migration !== undefined;
  if (isConfigured && appTag) {
    return words.migrationNotDeployed({ environmentName, stackName: stack.details.StackName ?? '' });
  }
  return isRequested ? words.migrationNotConfigured({ environmentName }) : undefined;
}
