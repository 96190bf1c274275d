import type { Resource } from '@infra/common/template';
import { conditionalItems } from '../read/conditional-items';
import { IAM_POLICY, OWNER_PROPERTIES } from '../read/iam-types';
import { nameReferredToBy } from '../read/normalized-text';

type Resources = ReadonlyMap<string, Resource>;

/** Identity or resource that has a policy, under conditions of the template. */
export interface Owner {
  /** Subject of the policy's rights: a logical ID or a text, see readSubject. */
  readonly id: string;
  readonly conditions: readonly string[];
}

/** Finds who has the policies of a resource: the identities that a policy names, or the resource itself. */
export class PolicyOwners {
  /** Logical IDs of policies that identities name in their own properties. */
  private readonly attachedIds: ReadonlySet<string>;
  private readonly boundaryIds: ReadonlySet<string>;

  constructor(resources: Resources) {
    this.attachedIds = new Set(idsReferredToIn('ManagedPolicyArns', resources));
    this.boundaryIds = new Set(idsReferredToIn('PermissionsBoundary', resources));
  }

  ownersOf(id: string, resource: Resource): Owner[] {
    const itself: Owner = { id, conditions: conditionsOf(resource) };
    if (!IAM_POLICY.test(resource.Type)) return [itself];
    const identities = identitiesNamedBy(id, resource);
    // A boundary is reported as itself, whoever else has it.
    if (this.boundaryIds.has(id)) return [...identities, itself];
    const isUnattached = identities.length === 0 && !this.attachedIds.has(id);
    return isUnattached ? [itself] : identities;
  }
}

/** Condition of the template on the resource. */
function conditionsOf({ Condition }: Resource): string[] {
  return typeof Condition === 'string' ? [`${Condition} holds`] : [];
}

/** The identities in the properties of a policy; the policy itself in place of one that only AWS knows. */
function identitiesNamedBy(policyId: string, policy: Resource): Owner[] {
  const names = OWNER_PROPERTIES.map((property) => policy.Properties?.[property]);
  return conditionalItems(names, conditionsOf(policy)).map(([name, conditions]): Owner => {
    const id = typeof name === 'string' ? (nameReferredToBy(name) ?? name) : policyId;
    return { id, conditions };
  });
}

function idsReferredToIn(property: string, resources: Resources): string[] {
  const values = [...resources.values()].map(({ Properties }) => Properties?.[property]);
  return conditionalItems(values).flatMap(([value]) => nameReferredToBy(value) ?? []);
}
