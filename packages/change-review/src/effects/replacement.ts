import type { Resource } from '@infra/common/template';
import { type MessageId, wordsOf } from '../messages';
import { listOf, type Words } from '../messages/words';
import { type BeforeAndAfter, isCertain, type Replacement } from '../model/entry';
import type { Effect } from '../model/finding';
import { policyStrength } from '../read/value';
import { holdsData, isCreatedEmpty } from '../read/held-data';
import { REVISIONS } from '../read/replacements';
import { schemaOf, typeMadeOf } from '../read/resource-schemas';
import { deletionSentence, isLostBy } from './removal';

/**
 * Effects of replacing a resource: it may lose what it holds, or cannot be deployed.
 * @param isNameTaken - The replacement cannot be created, which is reported already.
 */
export function replacementEffects(
  { before, after }: BeforeAndAfter<Resource>,
  replacement: Replacement | undefined,
  isNameTaken: boolean,
): Effect[] {
  if (!replacement || REVISIONS.has(after.Type)) return [];
  const { causes, possibleCauses } = replacement;
  if (causes.length === 0 && possibleCauses.length === 0) return [];
  if (typeMadeOf(before.Type) !== typeMadeOf(after.Type))
    return [{ level: 'fails', sentence: wordsOf('otherType', { type: before.Type }) }];
  if (causes.includes('ServiceToken') && !schemaOf(after.Type)) {
    return [{ level: 'fails', sentence: wordsOf('serviceToken') }];
  }
  const isWithoutLoss = !holdsData(before) || isNameTaken;
  const reason = reasonOf(replacement, isWithoutLoss ? 'mayBeReplaced' : 'mayBeReplacedThen');
  if (isWithoutLoss) return [{ level: 'look', sentence: reason }];
  const policy = weakerReplacePolicy({ before, after });
  const fate = deletionSentence(before, policy, 'theOldOne');
  const sentence = wordsOf(isCreatedEmpty(after) ? 'newIsEmpty' : 'newIsFilled', { reason, fate });
  return [{ level: isLostBy(policy, before) ? 'lost' : 'left', sentence }];
}

function reasonOf(replacement: Replacement, messageIfUncertain: MessageId): Words {
  const { causes, possibleCauses } = replacement;
  if (isCertain(replacement)) return wordsOf('replaced', { causes: listOf(causes) });
  return wordsOf(messageIfUncertain, { causes: listOf(possibleCauses) });
}

/** AWS does not document which template's policy applies if both change: assume the weaker one. */
function weakerReplacePolicy({ before, after }: BeforeAndAfter<Resource>): unknown {
  const policyBefore = before.UpdateReplacePolicy;
  const policyAfter = after.UpdateReplacePolicy;
  const isWeakerBefore = policyStrength(policyBefore, before.Type) < policyStrength(policyAfter, after.Type);
  return isWeakerBefore ? policyBefore : policyAfter;
}
