import type { Resource } from '@infra/common/template';
import { groupBy, isRecord, omitKeys } from '@infra/common/values';
import { conditionalItems } from '../read/conditional-items';
import { IAM_POLICY } from '../read/iam-types';
import { nameReferredToBy, type NormalizedValue } from '../read/normalized-text';
import { type Grant, permissionSubject, trustSubject } from './grant';
import { isPolicyDocument } from './policy-documents';
import { grantsIn, templateConditionsOf, textOf, unknownPolicy } from './statements';

type Resources = ReadonlyMap<string, Resource>;

/** Identity that has a policy, under conditions of the template. */
interface Owner {
  readonly id: string;
  readonly conditions: readonly string[];
}

/** Membership of a user in a group, under conditions of the template. */
interface Membership {
  readonly user: string;
  readonly group: string;
  readonly conditions: readonly string[];
}

/** A policy in a resource, under conditions of the template. */
interface ConditionalPolicy {
  readonly policy: NormalizedValue;
  /** Subject of its rights, unless that is the owner of the resource. */
  readonly subject?: string;
  readonly conditions: readonly string[];
}

const POLICY_DOCUMENT = /PolicyDocument$/;

/** Properties of a policy that name the identities that have it. */
const OWNER_PROPERTIES = ['Roles', 'RoleName', 'Users', 'UserName', 'Groups', 'GroupName'];

/** Every right that normalized resources give: identities' own, attached policies from either side, and resources' policies. */
export function grantsOf(resources: Resources): Grant[] {
  const policyReferences: PolicyReferences = {
    attachedIds: new Set(idsReferredToIn('ManagedPolicyArns', resources)),
    boundaryIds: new Set(idsReferredToIn('PermissionsBoundary', resources)),
  };
  const grants = [...resources].flatMap(([id, resource]) => {
    const owners = ownersOf(id, resource, policyReferences);
    return grantsOfResource(id, resource, owners, resources);
  });
  return [...grants, ...grantsOfMembers(resources, grants)];
}

/** Policies that other resources refer to. */
interface PolicyReferences {
  readonly attachedIds: ReadonlySet<string>;
  readonly boundaryIds: ReadonlySet<string>;
}

function idsReferredToIn(property: string, resources: Resources): string[] {
  const ids: string[] = [];
  for (const { Properties } of resources.values()) {
    for (const [value] of conditionalItems(Properties?.[property])) {
      const id = nameReferredToBy(value);
      if (id !== undefined) ids.push(id);
    }
  }
  return ids;
}

/** Condition of the template on the resource. */
function conditionsOf({ Condition }: Resource): string[] {
  return typeof Condition === 'string' ? [`${Condition} holds`] : [];
}

/** The identities that have the policies of a resource: those that a policy names, or the resource itself. */
function ownersOf(id: string, resource: Resource, { attachedIds, boundaryIds }: PolicyReferences): Owner[] {
  const { Type, Properties = {} } = resource;
  const itself: Owner = { id, conditions: conditionsOf(resource) };
  if (!IAM_POLICY.test(Type)) return [itself];
  const names = OWNER_PROPERTIES.map((property) => Properties[property]);
  const owners: Owner[] = [];
  for (const [name, conditions] of conditionalItems(names, itself.conditions)) {
    const ownerId = typeof name === 'string' ? (nameReferredToBy(name) ?? name) : id;
    owners.push({ id: ownerId, conditions });
  }
  // A policy without an owner, or that is a boundary, is reported as itself.
  const isUnattached = owners.length === 0 && !attachedIds.has(id);
  if (isUnattached || boundaryIds.has(id)) owners.push(itself);
  return owners;
}

function grantsOfResource(id: string, resource: Resource, owners: readonly Owner[], resources: Resources): Grant[] {
  const policies = policiesOf(id, resource, resources);
  const grants: Grant[] = [];
  for (const { policy, subject, conditions } of policies) {
    for (const owner of owners) {
      const allConditions = [...owner.conditions, ...conditions];
      grants.push(...grantsIn(policy, subject ?? owner.id, allConditions));
    }
  }
  return grants;
}

/** The policies of a resource, in whichever property they are. */
function policiesOf(id: string, resource: Resource, resources: Resources): ConditionalPolicy[] {
  const { Type, Properties = {} } = resource;
  if (Type === 'AWS::Lambda::Permission') return [permissionPolicy(id, Properties)];
  // An event bus's policy is one statement, and its own document.
  const values = isPolicyDocument(Properties) ? { Properties } : Properties;
  return Object.entries(values).flatMap(([property, value]) => {
    if (property === 'ManagedPolicyArns') return managedPolicies(value, resources);
    if (property === 'AssumeRolePolicyDocument') return trustPolicies(id, Type, value);
    return policiesInProperty(property, Type, value);
  });
}

function policiesInProperty(property: string, type: string, value: NormalizedValue): ConditionalPolicy[] {
  const isDocument = type.startsWith('AWS::IAM::') && POLICY_DOCUMENT.test(property);
  return isDocument ? conditionalPolicies(value) : policiesIn(value);
}

/** The policies on who may assume a role. */
function trustPolicies(id: string, type: string, value: NormalizedValue): ConditionalPolicy[] {
  const policies = policiesInProperty('AssumeRolePolicyDocument', type, value);
  return policies.map((policy) => ({ ...policy, subject: trustSubject(id) }));
}

/** The statement that a permission adds to the policy of its function. */
function permissionPolicy(id: string, properties: Readonly<Record<string, NormalizedValue>>): ConditionalPolicy {
  const { Action, Principal, FunctionName } = properties;
  const conditions = omitKeys(properties, 'Action', 'Principal', 'FunctionName');
  const statement = {
    Effect: 'Allow',
    Action,
    Principal,
    Condition: { is: conditions },
  };
  return {
    policy: { Statement: statement },
    subject: permissionSubject(nameReferredToBy(FunctionName) ?? id),
    conditions: [],
  };
}

function managedPolicies(arns: NormalizedValue, resources: Resources): ConditionalPolicy[] {
  return conditionalItems(arns).map(([arn, conditions]) => {
    const resource = resources.get(nameReferredToBy(arn) ?? '');
    const document = resource?.Properties?.['PolicyDocument'];
    const policy = document ?? unknownPolicy('managed', textOf(arn));
    return { policy, conditions };
  });
}

function conditionalPolicies(value: NormalizedValue): ConditionalPolicy[] {
  const items = conditionalItems(value);
  return items.map(([policy, conditions]) => ({ policy, conditions }));
}

/** Every policy document within a value. */
function policiesIn(value: NormalizedValue, conditions: readonly string[] = []): ConditionalPolicy[] {
  return conditionalItems(value, conditions).flatMap(([item, itemConditions]): ConditionalPolicy[] => {
    if (!isRecord(item)) return [];
    if (isPolicyDocument(item)) return [{ policy: item, conditions: itemConditions }];
    return Object.values(item).flatMap((inner) => policiesIn(inner, itemConditions));
  });
}

/** Rights that users have by their groups. */
function grantsOfMembers(resources: Resources, grants: readonly Grant[]): Grant[] {
  const grantsBySubject = groupBy(grants, ({ subject }) => subject);
  return membershipsIn(resources).flatMap(({ user, group, conditions }) => {
    const grantsOfGroup = grantsBySubject.get(group) ?? (resources.has(group) ? [] : grantsOfUnknownGroup(group));
    const membershipConditions = templateConditionsOf(conditions);
    return grantsOfGroup.map((grant) => ({
      ...grant,
      subject: user,
      conditions: { ...grant.conditions, ...membershipConditions },
    }));
  });
}

function grantsOfUnknownGroup(group: string): Grant[] {
  const policy = unknownPolicy('group', group);
  return grantsIn(policy, group, []);
}

function membershipsIn(resources: Resources): Membership[] {
  return [...resources].flatMap(([id, resource]) => {
    const { Type, Properties = {} } = resource;
    if (Type === 'AWS::IAM::User') return memberships(id, Properties['Groups'], resource);
    if (Type !== 'AWS::IAM::UserToGroupAddition') return [];
    return memberships(Properties['Users'], Properties['GroupName'], resource);
  });
}

/** Each of the users is in each of the groups. */
function memberships(users: NormalizedValue, groups: NormalizedValue, resource: Resource): Membership[] {
  const conditionalGroups = conditionalItems(groups, conditionsOf(resource));
  const pairs: Membership[] = [];
  for (const [user, userConditions] of conditionalItems(users)) {
    for (const [group, groupConditions] of conditionalGroups) {
      pairs.push({
        user: idOrTextOf(user),
        group: idOrTextOf(group),
        conditions: [...userConditions, ...groupConditions],
      });
    }
  }
  return pairs;
}

function idOrTextOf(value: NormalizedValue): string {
  return nameReferredToBy(value) ?? textOf(value);
}
