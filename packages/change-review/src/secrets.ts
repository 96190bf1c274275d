import { stable } from '@infra/common/values';
import { say } from '@infra/common/words';
import type { Difference } from './differences';
import type { Effect } from './model';

/** The label of a masked value, one that AWS resolves from a secret, or a parameter that is not to be echoed. */
const SECRET = /\(hidden value \d+\)|\{\{resolve:(secretsmanager|ssm-secure):|\(NoEcho\)\}/;

/** A secret that stands where none was, outside Secrets Manager: whoever may read the resource may read it. */
export function exposed(type: string, { path, before, after }: Difference): Effect[] {
  // RDS takes its own password so, and never shows it.
  const isOwn = path === 'MasterUserPassword' && String(after).startsWith('{{resolve:');
  if (type.startsWith('AWS::SecretsManager::') || isOwn) return [];
  if (SECRET.test(stable(before)) || !SECRET.test(stable(after))) return [];
  return [{ level: 'weaker', says: say`A secret stands in plain text outside Secrets Manager: ${path}.` }];
}
