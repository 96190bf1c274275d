import { wordsOf } from '../messages';
import { listOf } from '../messages/words';
import type { Effect } from '../model/finding';
import { IAM_POLICY } from '../read/iam-types';
import { namesReferredToIn } from '../read/normalized-text';
import { nameOf, type StackComparison } from '../read/stack-comparison';

/** Effect of removing a role: its users lose its permissions, unless all that the stack has of them are removed, too. */
export function removedRoleEffects(id: string, comparison: StackComparison): Effect[] {
  const { before, after } = comparison.resources;
  if (before.get(id)?.Type !== 'AWS::IAM::Role') return [];
  const users: string[] = [];
  for (const [userId, { Type, Properties }] of before) {
    const isUser = userId !== id && !IAM_POLICY.test(Type) && namesReferredToIn(Properties).includes(id);
    if (isUser) users.push(userId);
  }
  const areRemoved = users.length > 0 && users.every((userId) => !after.has(userId));
  const names = users.map((userId) => nameOf(userId, comparison));
  const sentence = areRemoved ? wordsOf('gone.roleAndUsers', { users: listOf(names) }) : wordsOf('gone.role');
  return [{ level: 'look', sentence }];
}
