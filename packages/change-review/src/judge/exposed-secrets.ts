import { stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { Effect } from '../model/finding';
import { NO_ECHO_REFERENCE } from '../read/normalized-text';
import type { ValueChange } from '../rules/rule';

/** Label of a masked secret, which the template has in plain text. */
const PLAIN_SECRET = /\(hidden value \d+\)/;
/** Reference to a secret that CloudFormation resolves. */
const DYNAMIC_REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

const SECRETS = [PLAIN_SECRET, DYNAMIC_REFERENCE, NO_ECHO_REFERENCE];

/** Effect of a secret that the resource newly has outside Secrets Manager: each reader of the resource may read it. */
export function exposedSecrets(type: string, { path, before, after }: ValueChange): Effect[] {
  // RDS takes its own password from a reference, and never shows it.
  const isDatabasePassword = path === 'MasterUserPassword' && String(after).startsWith('{{resolve:');
  if (type.startsWith('AWS::SecretsManager::') || isDatabasePassword) return [];
  const textBefore = stableJson(before);
  const textAfter = stableJson(after);
  const isNewSecret = hasSecret(textAfter) && !hasSecret(textBefore);
  // A secret in plain text is new, too, where a reference to Secrets Manager was.
  const isNewPlainSecret = PLAIN_SECRET.test(textAfter) && !PLAIN_SECRET.test(textBefore);
  if (!isNewSecret && !isNewPlainSecret) return [];
  return [{ level: 'weaker', sentence: wordsOf('exposed', { path }) }];
}

function hasSecret(text: string): boolean {
  return SECRETS.some((pattern) => pattern.test(text));
}
