import { stableJson } from '@infra/common/values';
import { covers, mapPattern, type Pattern } from './patterns';

/** One action that is allowed, or denied, on one resource, to one principal. */
export interface Grant {
  /** Holder of the right, or the resource whose policy it is: a logical ID or a text, see readSubject. */
  readonly subject: string;
  readonly isDeny: boolean;
  readonly action: Pattern;
  readonly resource: Pattern;
  /** False for a statement without resources: it is on what has the policy, or its resources are unknown. */
  readonly hasResource: boolean;
  /** Principal of a resource's policy; `*` in a role's own. */
  readonly principal: Pattern;
  /** True for a statement of a resource's policy: its principal `*` is everybody. */
  readonly isResourcePolicy: boolean;
  readonly conditions: GrantConditions;
}

/**
 * Conditions of the statement, `StringEquals aws:sourceaccount`, with their values; and those of the template,
 * `IsProd holds`, without values.
 */
export type GrantConditions = Readonly<Record<string, readonly string[]>>;

/** A condition that compares texts, which may have wildcards if it is StringLike or any of ARNs. */
const TEXT_CONDITION = /^(String|Arn)(Like|Equals) (.*)$/;

/** The event or account for which a function may be invoked (AWS::Lambda::Permission). */
const PERMISSION_CONDITION = /^is /;

/** An account as a principal. */
const ACCOUNT_ROOT = /^(arn:aws[\w-]*:iam::\d{12}:)root$/;

/** Parts of an operator by which a condition is also met where its key is missing. */
const MET_WITHOUT_KEY = /^ForAllValues:|(?<=^\S+)IfExists/;

const TRUST = 'trust';
const PERMISSIONS = 'policy';

/** Subject of who may assume a role. */
export function trustSubject(roleId: string): string {
  return `${roleId} ${TRUST}`;
}

/** Subject of who may invoke a function. */
export function permissionSubject(functionId: string): string {
  return `${functionId} ${PERMISSIONS}`;
}

/** The resource of a subject, and whether its rights are the resource's own. */
export function readSubject(subject: string) {
  const [id = '', kind] = subject.split(' ');
  return { id, isTrust: kind === TRUST, isOwn: kind === undefined };
}

/** True if a condition of the template on the side of a grant, such as `IsProd holds`, implies one of the other side. */
export type Implication = (condition: string, other: string) => boolean;

/** True if a grant gives all that one of the other side does. */
export function gives(wide: Grant, narrow: Grant, isImplied: Implication): boolean {
  const wideAction = mapPattern(wide.action, lowerCase);
  const narrowAction = mapPattern(narrow.action, lowerCase);
  if (!covers(wideAction, narrowAction)) return false;
  if (!covers(wide.resource, narrow.resource)) return false;
  // To allow an account only lets its IAM policies decide; to deny it denies each of its roles.
  const widePrincipal = wide.isDeny ? everyRoleIn(wide.principal) : wide.principal;
  if (!covers(widePrincipal, narrow.principal)) return false;
  const narrowKeys = Object.keys(narrow.conditions);
  return Object.entries(wide.conditions).every(
    ([key, values]) =>
      implies(narrow.conditions, key, values) || narrowKeys.some((narrowKey) => isImplied(narrowKey, key)),
  );
}

/** The part of two grants that both give; undefined if there is none, or it is not known. */
export function commonPartOf(one: Grant, other: Grant): Grant | undefined {
  const action = narrowerOf(one.action, other.action, lowerCase);
  const resource = narrowerOf(one.resource, other.resource);
  const principal = narrowerOf(one.principal, other.principal);
  const conditions = commonConditionsOf(one.conditions, other.conditions);
  if (action === undefined || resource === undefined || principal === undefined || !conditions) return undefined;
  return { ...other, action, resource, principal, conditions };
}

function narrowerOf(one: Pattern, other: Pattern, normalize = (text: string) => text): Pattern | undefined {
  const normalizedOne = mapPattern(one, normalize);
  const normalizedOther = mapPattern(other, normalize);
  if (covers(normalizedOne, normalizedOther)) return other;
  return covers(normalizedOther, normalizedOne) ? one : undefined;
}

/** The conditions of both; undefined if both compare the same variable with values of which none includes the other. */
function commonConditionsOf(one: GrantConditions, other: GrantConditions): GrantConditions | undefined {
  const conditions: Record<string, readonly string[]> = { ...one };
  for (const [key, values] of Object.entries(other)) {
    const valuesOfOne = one[key];
    if (valuesOfOne === undefined || implies(other, key, valuesOfOne)) conditions[key] = values;
    else if (!implies(one, key, values)) return undefined;
  }
  return conditions;
}

/** AWS ignores the case of actions. */
function lowerCase(action: string): string {
  return action.toLowerCase();
}

/** An account as a principal, as the pattern of everything in it. */
function everyRoleIn(principal: Pattern): Pattern {
  return typeof principal === 'string' ? principal.replace(ACCOUNT_ROOT, '$1*') : principal;
}

/**
 * True if conditions require everything that one other condition does: the shorter the list of allowed values, the
 * narrower.
 */
function implies(conditions: GrantConditions, key: string, values: readonly string[]): boolean {
  const valuesByKey = new Map(Object.entries(conditions));
  const ownValues = valuesByKey.get(key);
  if (stableJson(ownValues) === stableJson(values)) return true;
  const strictKey = key.replace(MET_WITHOUT_KEY, '');
  if (strictKey !== key && implies(conditions, strictKey, values)) return true;
  const [, type, operator, name] = TEXT_CONDITION.exec(key) ?? [];
  if (type === undefined && !PERMISSION_CONDITION.test(key)) return false;
  const hasWildcards = operator === 'Like' || type !== 'String';
  const isAllowed = (value: string) => values.some((allowed) => covers(allowed, value));
  const isEqual = (value: string) => values.includes(value);
  if (ownValues?.every(hasWildcards ? isAllowed : isEqual)) return true;
  const otherOperator = operator === 'Like' ? 'Equals' : 'Like';
  const otherValues = valuesByKey.get(`${type}${otherOperator} ${name}`);
  if (otherValues === undefined) return false;
  return hasWildcards ? otherValues.every(isAllowed) : otherValues.length === 0;
}
