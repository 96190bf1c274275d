import type { EnvironmentConfig } from '../../../lib/config/environment';
import { placeholders } from '../../../lib/config/placeholders';
import { words } from './words';
import type { ReleaseOptions } from './options';
import type { Problem } from './problem';

/** Checks that no image tag is empty: a variable of a shell that is not set would keep the deployed image, and release nothing. */
export function checkTags({ appTag, batchTag }: ReleaseOptions): (Problem | undefined)[] {
  return [
    appTag === '' ? words.emptyTag({ option: '--app' }) : undefined,
    batchTag === '' ? words.emptyTag({ option: '--batch' }) : undefined,
  ];
}

/** Checks that no value of the config is only an example, unless the options accept examples. */
export function checkPlaceholders(
  environmentName: string,
  config: EnvironmentConfig,
  { acceptsExamples }: ReleaseOptions,
): Problem | undefined {
  if (acceptsExamples) return undefined;
  const lines = placeholders(config).map(({ field, value }) => `  ${field}: ${value}`);
  if (lines.length === 0) return undefined;
  return [words.examples({ environmentName }), ...lines].join('\n');
}

/** Checks that there is a migration to run, and an image to run it with, if the options request one. */
export function checkMigrationRequest(
  environmentName: string,
  { appTag, migrationRequest }: ReleaseOptions,
  isMigrationConfigured: boolean,
): Problem | undefined {
  if (migrationRequest !== 'always') return undefined;
  if (isMigrationConfigured && appTag) return undefined;
  return isMigrationConfigured ? words.migrationNeedsTag() : words.migrationNotConfigured({ environmentName });
}
