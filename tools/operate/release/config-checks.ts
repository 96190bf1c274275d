import type { EnvironmentConfig } from '../../../lib/config/environment';
import { placeholders } from '../../../lib/config/placeholders';
import type { ReleaseOptions } from './options';
import type { Problem } from './problem';

/** Checks that the config has no value that is only an example. */
export function checkPlaceholders(
  environmentName: string,
  config: EnvironmentConfig,
  { examples }: ReleaseOptions,
): Problem {
  if (examples) return undefined;
  const lines = placeholders(config).map(({ field, value }) => `  ${field}: ${value}`);
  if (lines.length === 0) return undefined;
  const heading = `lib/config/${environmentName}.ts still has examples; write your own values instead:`;
  return [heading, ...lines].join('\n');
}

/** Checks that a migration that `--migration` demands can run. */
export function checkMigrationOption(
  environmentName: string,
  { app, migration }: ReleaseOptions,
  isConfigured: boolean,
): Problem {
  if (!migration) return undefined;
  if (isConfigured && app) return undefined;
  const reason = isConfigured
    ? '--migration needs --app <tag>.'
    : `${environmentName} has none: webService.migration is undefined.`;
  return `There is no migration to run. ${reason}`;
}
