import { isSecretName } from '@infra/common/secret-patterns';
import { stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { Effect } from '../model/finding';
import { NO_ECHO_REFERENCE } from '../read/normalized-text';
import type { ValueChange } from '../rules/rule';

/** Label of a masked secret, which the template has in plain text. */
const PLAIN_SECRET = /\(hidden value \d+\)/;
/** Dynamic reference, which CloudFormation resolves. */
const START_OF_REFERENCE = '{{resolve:';
const END_OF_REFERENCE = '}}';
const REFERENCE_TO_PARAMETER = '{{resolve:ssm:';
/** Services that keep secrets. */
const OF_SECRET = /^(secretsmanager|ssm-secure):/;
/** Key of a secret's JSON. */
const KEY_IN_SECRET = /:SecretString:([^:]*)/;

/** Reference to an attribute of a resource; a doubled `$` is a text. */
const ATTRIBUTE = /(?<!\$)\$\{[^{}]*\.(\w+)\}/g;
/** Attributes that only lead to a secret. */
const LEADS_TO_SECRET = /(Arn|ARN|Id|Name|Url|Version)\d*$|DNS/;

/** Keys that Secrets Manager gives to the secret of a database, but for its password: they only locate the database. */
const KEYS_WITHOUT_SECRET: ReadonlySet<string> = new Set([
  'dbClusterIdentifier',
  'dbInstanceIdentifier',
  'dbname',
  'engine',
  'host',
  'masterarn',
  'port',
  'username',
]);

/** Effect of a secret that the resource newly has outside Secrets Manager: each reader of the resource may read it. */
export function exposedSecrets(type: string, { path, before, after }: ValueChange): Effect[] {
  // RDS takes its own password from a reference, and never shows it.
  const isDatabasePassword = path === 'MasterUserPassword' && String(after).startsWith('{{resolve:');
  if (type.startsWith('AWS::SecretsManager::')) return [];
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
  if (isNewIn(textBefore, textAfter, hasAnySecret)) {
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

function hasPlainSecret(text: string): boolean {
  return PLAIN_SECRET.test(text);
}

/** True if a text has a secret, or gets one at the deployment: CloudFormation puts in the value of a reference. */
function hasAnySecret(text: string): boolean {
  const hasNoEchoReference = NO_ECHO_REFERENCE.test(text);
  return hasPlainSecret(text) || hasNoEchoReference || hasReferenceToSecret(text) || hasSecretAttribute(text);
}

/** True if a text gets an attribute whose value is a secret, such as the `SecretAccessKey` of an access key. */
function hasSecretAttribute(text: string): boolean {
  return [...text.matchAll(ATTRIBUTE)].some(([, attribute = '']) => {
    return isSecretName(attribute) && !LEADS_TO_SECRET.test(attribute);
  });
}

function hasReferenceToSecret(text: string): boolean {
  const [, ...pieces] = text.split(START_OF_REFERENCE);
  return pieces.some((piece) => {
    const [reference = ''] = piece.split(END_OF_REFERENCE);
    const [, key = ''] = KEY_IN_SECRET.exec(reference) ?? [];
    return OF_SECRET.test(reference) && !KEYS_WITHOUT_SECRET.has(key);
  });
}
