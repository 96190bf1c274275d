import { isRecord, stable } from '../shared/values';
import { say } from '../shared/words';
import type { Difference } from './differences';
import type { Effect } from './model';

/** The label of a masked value, one that AWS resolves from a secret, or a parameter that is not to be echoed. */
const SECRET = /\(hidden value \d+\)|\{\{resolve:(secretsmanager|ssm-secure):|\(NoEcho\)\}/;

/** Secrets that stand where none was, outside Secrets Manager: whoever may read the resource may read them. */
export function exposed(type: string, { path, before, after }: Difference): Effect[] {
  if (type.startsWith('AWS::SecretsManager::') || SECRET.test(stable(before))) return [];
  return placesOf(path, after).map((place) => {
    return { level: 'weaker', says: say`A secret stands in plain text outside Secrets Manager: ${place}.` };
  });
}

function placesOf(path: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => placesOf(`${path}[${index}]`, item));
  if (isRecord(value)) return Object.entries(value).flatMap(([key, inner]) => placesOf(`${path}.${key}`, inner));
  // RDS takes its own password so, and never shows it.
  const isOwn = path === 'MasterUserPassword' && String(value).startsWith('{{resolve:');
  return SECRET.test(String(value)) && !isOwn ? [path] : [];
}
