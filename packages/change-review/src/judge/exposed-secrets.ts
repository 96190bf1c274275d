import { isRecord, stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { Effect } from '../model/finding';
import { type NormalizedValue, withoutMarks } from '../read/normalized-text';
import { hasAnySecret, hasPlainSecret, hasReferenceToSecret } from '../read/value';
import type { ValueChange } from '../rules/rule';

/** Start of a dynamic reference to a parameter in plain text. */
const REFERENCE_TO_PARAMETER = '{{resolve:ssm:';

/** Sections that decide whether something exists, or is accepted. */
const IS_DECISION = /^(Conditions|Rules)$/;

/** A parameter that CloudFormation does not show, or a dynamic reference. */
const SECRET = /\$\{[^}]*\(NoEcho\)\}|\{\{resolve:[^}]*/g;

/**
 * Effect of a secret that the resource newly has outside Secrets Manager: each reader of the resource may read it.
 * @param propertyBefore - The whole property that holds the value.
 */
export function exposedSecrets(
  type: string,
  { path, before, after }: ValueChange,
  propertyBefore: NormalizedValue,
): Effect[] {
  // RDS takes its own password from a reference, and never shows it.
  const isDatabasePassword = path === 'MasterUserPassword' && String(after).startsWith('{{resolve:');
  const isChoice = type === 'Parameters' && isRecord(after) && 'AllowedValues' in after;
  if (isChoice || type.startsWith('AWS::SecretsManager::')) return [];
  if (isFromPlainParameter(stableJson(before), stableJson(after))) {
    return [{ level: 'weaker', sentence: wordsOf('plainParameter', { path }) }];
  }
  if (isDatabasePassword) return [];
  const textBefore = stableJson(before);
  const textAfter = stableJson(after);
  // A secret in plain text is new, too, where a reference to Secrets Manager was.
  if (isNewIn(textBefore, textAfter, hasPlainSecret)) {
    return [{ level: 'weaker', sentence: wordsOf('exposed', { path }) }];
  }
  const secrets = textAfter.match(SECRET) ?? [];
  const textOfProperty = withoutMarks(stableJson(propertyBefore));
  // No new ones: the same secrets under another key of the property, and a parameter that was shown until now.
  if (secrets.length > 0 && secrets.every((secret) => textOfProperty.includes(withoutMarks(secret)))) return [];
  // CloudFormation writes no condition anywhere.
  if (!IS_DECISION.test(type) && isNewIn(textBefore, textAfter, hasAnySecret)) {
    return [{ level: 'weaker', sentence: wordsOf('resolved', { path }) }];
  }
  return [];
}

/** True if a reference to a secret becomes one to a parameter in plain text. */
function isFromPlainParameter(textBefore: string, textAfter: string): boolean {
  const wasSecret = hasReferenceToSecret(textBefore) && !hasReferenceToSecret(textAfter);
  return wasSecret && textAfter.includes(REFERENCE_TO_PARAMETER);
}

function isNewIn(textBefore: string, textAfter: string, hasIt: (text: string) => boolean): boolean {
  return hasIt(textAfter) && !hasIt(textBefore);
}
