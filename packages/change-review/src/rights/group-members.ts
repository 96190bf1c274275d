import type { Resource } from '@infra/common/template';
import { groupBy } from '@infra/common/values';
import { conditionalItems } from '../read/conditional-items';
import { nameReferredToBy, type NormalizedValue } from '../read/normalized-text';
import type { Grant } from './grant';
import { conditionsOf } from './policy-owners';
import { grantsIn, templateConditionsOf, textOf, unknownPolicy } from './statements';

type Resources = ReadonlyMap<string, Resource>;

/** Membership of a user in a group, under conditions of the template. */
interface Membership {
  readonly user: string;
  readonly group: string;
  readonly conditions: readonly string[];
}

/** Rights that users have by their groups. */
export function grantsOfMembers(resources: Resources, grants: readonly Grant[]): Grant[] {
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
