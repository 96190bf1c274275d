import type { Resource } from '@infra/common/template';
import { isRecord, isTrue, stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { Effect } from '../model/finding';
import { covers, mapPattern } from '../rights/patterns';
import { areReadAsRights } from '../rights/policy-documents';
import { grantsIn } from '../rights/statements';

/** Effect of a key policy by which no principal may change it: KMS rejects that, unless its check is switched off. */
export function keyPolicyEffects(before: Resource | undefined, after: Resource): Effect[] {
  const { KeyPolicy: policy, BypassPolicyLockoutSafetyCheck: isUnchecked } = after.Properties ?? {};
  const isSame = stableJson(before?.Properties?.['KeyPolicy']) === stableJson(policy);
  if (after.Type !== 'AWS::KMS::Key' || isSame || !isRecord(policy) || !areReadAsRights(policy.Statement)) return [];
  const isManaged = grantsIn(policy, '', []).some(({ isDeny, action }) => {
    return (
      !isDeny &&
      covers(
        mapPattern(action, (text) => text.toLowerCase()),
        'kms:putkeypolicy',
      )
    );
  });
  if (isManaged) return [];
  return isTrue(isUnchecked)
    ? [{ level: 'lost', sentence: wordsOf('keyUnmanageable') }]
    : [{ level: 'fails', sentence: wordsOf('keyPolicyRejected') }];
}
