import { conditionalItems, functionOf } from '@infra/common/template';
import { isRecord, objectsOf, stableJson, valueAtPath, omitKeys } from '@infra/common/values';

/** Types that have rights of their own. */
const IDENTITY = /^AWS::IAM::(Role|User|Group)$/;

/** Keys of a statement that `rightsOf` reads, and its `Sid`, which says nothing. */
export const STATEMENT_KEYS = /^(Sid|Effect|(Not)?(Action|Resource|Principal)|Condition)$/;

/** True if an object is a policy, which gives rights by its statements. */
export function isPolicy(value: object): boolean {
  const statements = 'Statement' in value ? [value.Statement].flat() : [];
  return objectsOf(statements).some((statement) => functionOf(statement) ?? 'Effect' in statement);
}

/** True if everything in statements is read as rights. */
export const isReadStatement = (statements: unknown): boolean =>
  conditionalItems(statements).every(
    ([one]) => isRecord(one) && Object.keys(one).every((key) => STATEMENT_KEYS.test(key)),
  );

/** True if a value within a statement is: an effect that there is none of, or no principal, means nothing to AWS. */
export const isReadValue = (path: string, value: unknown): boolean =>
  path.endsWith('.Effect') ? /^(Allow|Deny)$/.test(String(value)) : value !== undefined || !path.endsWith('.Principal');

/** True if a value in a property beside statements is read as rights: a difference there is reported as a right. */
export function isReadProperty(type: string, property: string, value: unknown): boolean {
  if (property === 'ManagedPolicyArns') return IDENTITY.test(type);
  if (property === 'Policies' && IDENTITY.test(type)) {
    return conditionalItems(value).every(([one]) => {
      const [document, others] = [
        valueAtPath(one, 'PolicyDocument'),
        omitKeys(Object(one) as object, 'PolicyName', 'PolicyDocument'),
      ];
      return stableJson(others) === '{}' && isRecord(document) && isReadStatement(document.Statement);
    });
  }
  if (type === 'AWS::IAM::User') return property === 'Groups';
  const isOwner = /^(Roles|Users|Groups|(Role|User|Group)Name)$/.test(property);
  return isOwner && /^AWS::IAM::(\w*Policy|UserToGroupAddition)$/.test(type);
}
