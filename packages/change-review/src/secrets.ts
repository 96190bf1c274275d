import { stableJson } from '@infra/common/values';
import type { Difference } from './differences';
import { wordsOf } from './messages';
import type { Effect } from './model';

/** The label of a masked value, one that AWS resolves from a secret, or a parameter that is not to be echoed. */
const LITERAL = /\(hidden value \d+\)/;
const SECRET = /\(hidden value \d+\)|\{\{resolve:(secretsmanager|ssm-secure):|\(NoEcho\)\}/;

/** A secret where none was, outside Secrets Manager: every reader of the resource may read it. */
export function exposed(type: string, { path, before, after }: Difference): Effect[] {
  // RDS takes its own password so, and never shows it.
  const isOwn = path === 'MasterUserPassword' && String(after).startsWith('{{resolve:');
  if (type.startsWith('AWS::SecretsManager::') || isOwn) return [];
  const [old, now] = [stableJson(before), stableJson(after)];
  // A password that is written out where it was read from Secrets Manager is a new one in plain text, too.
  const isNew = (SECRET.test(now) && !SECRET.test(old)) || (LITERAL.test(now) && !LITERAL.test(old));
  if (!isNew) return [];
  return [{ level: 'weaker', says: wordsOf('exposed', { path }) }];
}
