import { functionOf } from '@infra/common/template';
import { isRecord, objectsOf, omitKeys, parseJson, stableJson, valueAtPath } from '@infra/common/values';
import { conditionalItems } from '../read/conditional-items';
import { IAM_IDENTITY, IAM_POLICY, OWNER_PROPERTIES } from '../read/iam-types';
import type { NormalizedValue } from '../read/normalized-text';

/** Keys of a statement that are read as rights, and `Sid`, which has no effect. */
const STATEMENT_KEYS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

const EFFECT = /^(Allow|Deny)$/;

export function isStatementKey(key: string): boolean {
  return STATEMENT_KEYS.has(key);
}

/** True if an object is a policy document, whose statements give rights. */
export function isPolicyDocument(value: object): boolean {
  if (!('Statement' in value)) return false;
  const statements = objectsOf([value.Statement].flat());
  return statements.some((statement) => functionOf(statement) ?? 'Effect' in statement);
}

/** A text that should be a policy. */
const POLICY_TEXT = /^\s*\{[^]*"Statement"/;
const REFERENCE = /\$\{[^}]*\}/g;

/** True for the text of a policy that is no JSON, whatever the deployment puts into it. */
export function isBrokenPolicy(value: NormalizedValue): boolean {
  if (typeof value !== 'string' || !POLICY_TEXT.test(value)) return false;
  return parseJson(value.replace(REFERENCE, '0')) === undefined;
}

/** True if everything in statements is read as rights. */
export function areReadAsRights(statements: NormalizedValue): boolean {
  const items = conditionalItems(statements);
  return items.every(([statement]) => isRecord(statement) && hasOnlyStatementKeys(statement));
}

function hasOnlyStatementKeys(statement: object): boolean {
  return Object.keys(statement).every(isStatementKey);
}

/** True if a value within a statement is read as a right. AWS ignores an unknown Effect, and a missing principal. */
export function isReadAsRight(path: string, value: NormalizedValue): boolean {
  if (path.endsWith('.Effect')) return EFFECT.test(String(value));
  return value !== undefined || !path.endsWith('.Principal');
}

/** True if a property of a resource of IAM is read as rights: a difference there is reported as a right. */
export function isPropertyReadAsRights(type: string, property: string, value: NormalizedValue): boolean {
  if (property === 'ManagedPolicyArns') return IAM_IDENTITY.test(type);
  if (property === 'Policies' && IAM_IDENTITY.test(type)) {
    return conditionalItems(value).every(([policy]) => isInlinePolicyRead(policy));
  }
  return OWNER_PROPERTIES.includes(property) && IAM_POLICY.test(type);
}

function isInlinePolicyRead(policy: NormalizedValue): boolean {
  const otherFields = omitKeys(Object(policy) as object, 'PolicyName', 'PolicyDocument');
  const document = valueAtPath(policy, 'PolicyDocument');
  return stableJson(otherFields) === '{}' && isRecord(document) && areReadAsRights(document.Statement);
}
