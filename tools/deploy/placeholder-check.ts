import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { placeholders } from '../../lib/config/placeholders';
import type { EnvironmentName } from '../shared/environment-argument';
import type { Outcome } from '@infra/common/outcome';

/** Whether an environment's config still has a value that only shows what to write. */
export function runPlaceholderCheck(
  environment: EnvironmentName,
  config: EnvironmentConfig = environments[environment],
): Outcome {
  const left = placeholders(config);
  if (left.length === 0) return { exitCode: 0, stdout: `${environment} has no placeholder.\n`, stderr: '' };
  const lines = left.map(({ field, value }) => `  ${field}: ${value}`);
  const stderr = [`lib/config/${environment}.ts still has examples; write your own values instead:`, ...lines, ''];
  return { exitCode: 1, stdout: '', stderr: stderr.join('\n') };
}
