import type { Resource } from '@infra/common/template';
import { type Grant, readSubject } from './grant';
import { policiesOf } from './policies';
import { type Owner, PolicyOwners } from './policy-owners';
import { grantsIn } from './statements';

type Resources = ReadonlyMap<string, Resource>;

/**
 * Every right that normalized resources give. Each policy gives its statements to each of its owners: the identities that
 * have it, or the resource that it protects.
 */
export function grantsOf(resources: Resources): Grant[] {
  const policyOwners = new PolicyOwners(resources);
  return [...resources].flatMap(([id, resource]) => {
    const owners = policyOwners.ownersOf(id, resource);
    return grantsOfResource(id, resource, owners, resources);
  });
}

/** Logical IDs of what holds rights under a condition of the template. */
export function holdersUnder(condition: string, resources: Resources): string[] {
  const grants = grantsOf(resources).filter(({ conditions }) => `${condition} holds` in conditions);
  return [...new Set(grants.map(({ subject }) => readSubject(subject).id))];
}

function grantsOfResource(id: string, resource: Resource, owners: readonly Owner[], resources: Resources): Grant[] {
  const policies = policiesOf(id, resource, resources);
  return policies.flatMap(({ policy, subject, conditions }) =>
    owners.flatMap((owner) => grantsIn(policy, subject ?? owner.id, [...owner.conditions, ...conditions])),
  );
}
