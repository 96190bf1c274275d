import { constructPath, type Resource } from '@infra/common/template';
import { entriesOf, groupBy, stableJson } from '@infra/common/values';
import { wordsOf } from '../messages';
import { isCertain } from '../model/entry';
import type { Effect } from '../model/finding';
import { overlap } from '../network/ip-range';
import { namesReferredToIn, readableText } from '../read/normalized-text';
import { physicalNameOf } from '../read/physical-name';
import { parentPropertiesOf } from '../read/resource-schemas';
import type { StackComparison } from '../read/stack-comparison';

const RECORD = 'AWS::Route53::RecordSet';

/** Properties other than names whose value AWS gives to one resource at a time. */
const EXCLUSIVE_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['AWS::EC2::Subnet', 'CidrBlock'],
  ['AWS::ElasticLoadBalancingV2::Listener', 'Port'],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', 'Priority'],
  [RECORD, 'Name'],
]);

/** Further properties that bound the scope in which a value must be unique. */
const SCOPE_PROPERTIES = [
  'VpcId',
  'LoadBalancerArn',
  'ListenerArn',
  'EventBusName',
  'Cluster',
  'ScalingTargetId',
  'ResourceId',
  'HostedZoneId',
  'HostedZoneName',
  'SetIdentifier',
];

/** A name or a value that a resource has to itself. */
interface Claim {
  readonly id: string;
  /** Path of the resource's construct. */
  readonly owner: string;
  readonly property: string;
  readonly value: string;
  /** Claims of the same scope exclude each other. */
  readonly scope: string;
  /** Resource within which a name is unique, such as the function of an alias; the account if there is none. */
  readonly parent: string;
  readonly isName: boolean;
  /** Condition of the template under which the resource exists. */
  readonly condition: unknown;
}

/**
 * Effects of names and values that are still in use when a resource is created or updated: CloudFormation deletes last, so
 * the deployment fails. Returns a function from a logical ID to its effects.
 */
export function findTakenValues(comparison: StackComparison): (id: string) => Effect[] {
  const { base, resources, replacements } = comparison;
  const parameters = new Set([...entriesOf(base.template.Parameters).keys()]);
  const claimsBefore = claimsByScope(resources.before, parameters);
  const claimsAfter = claimsByScope(resources.after, parameters);
  // A name, or a scope, with a reference to something that is replaced is another one after the deployment.
  const isRenamedByReference = ({ value, scope }: Claim) => {
    return namesReferredToIn([value, scope]).some((name) => isCertain(replacements.get(name)));
  };
  // CloudFormation updates both in any order; what it replaces or deletes keeps its value until the end. Two that swap their
  // values wait for each other.
  const mayBeFreed = (claim: Claim, { id, property, value, isName }: Claim) => {
    const valueAfter = resources.after.get(id)?.Properties?.[property];
    const isUpdated = valueAfter !== undefined && !isName && replacements.get(id) === undefined;
    const isSwapped = valueAfter === resources.before.get(claim.id)?.Properties?.[property];
    return isUpdated && valueAfter !== value && !isSwapped;
  };
  const rivalsInScope = ({ id, scope }: Claim) => {
    const before = claimsBefore.get(scope) ?? [];
    const after = claimsAfter.get(scope) ?? [];
    return [...before, ...after].filter((claim) => claim.id !== id);
  };
  return (id) => {
    const isReplaced = isCertain(replacements.get(id));
    const earlierClaims = claimsOf(id, resources.before.get(id), parameters);
    const newClaims = claimsOf(id, resources.after.get(id), parameters).filter((claim) => {
      const isUnchanged = earlierClaims.some((earlier) => isSameClaim(earlier, claim));
      return (isReplaced || !isUnchanged) && !isRenamedByReference(claim);
    });
    return newClaims.flatMap((claim) => {
      const predecessors = isReplaced ? earlierClaims.filter((earlier) => mayExclude(earlier, claim)) : [];
      const rivals = [...predecessors, ...rivalsInScope(claim)].filter((rival) => mayExistTogether(rival, claim));
      const rival = rivals.find(({ value }) => collide(value, claim.value));
      if (rival && mayBeFreed(claim, rival)) return [mayBeTakenEffect(claim, rival)];
      return rival ? [takenEffect(claim, rival)] : [];
    });
  };
}

function isSameClaim(one: Claim, other: Claim): boolean {
  return one.value === other.value && one.scope === other.scope;
}

/** A resource with a name cannot be replaced under it, whatever the scope, unless it gets another parent. */
function mayExclude(predecessor: Claim, claim: Claim): boolean {
  const isSameProperty = predecessor.property === claim.property;
  if (!isSameProperty || predecessor.parent !== claim.parent) return false;
  return claim.isName || predecessor.scope === claim.scope;
}

/** False for resources under different conditions, such as one for each stage. */
function mayExistTogether(one: Claim, other: Claim): boolean {
  return one.condition === undefined || other.condition === undefined || one.condition === other.condition;
}

function collide(value: string, otherValue: string): boolean {
  return value === otherValue || overlap(value, otherValue);
}

function mayBeTakenEffect({ property, value }: Claim, { owner }: Claim): Effect {
  return { level: 'weaker', sentence: wordsOf('mayBeTaken', { property, value: readableText(value), who: owner }) };
}

function takenEffect({ id, property, value }: Claim, rival: Claim): Effect {
  const isOwnPredecessor = rival.id === id;
  const sentence = wordsOf('taken', {
    property,
    value: readableText(value),
    who: isOwnPredecessor ? wordsOf('ownPredecessor') : rival.owner,
  });
  return { level: 'fails', sentence };
}

function claimsByScope(
  resources: ReadonlyMap<string, Resource>,
  parameters: ReadonlySet<string>,
): ReadonlyMap<string, Claim[]> {
  const claims: Claim[] = [];
  for (const [id, resource] of resources) {
    claims.push(...claimsOf(id, resource, parameters));
  }
  return groupBy(claims, ({ scope }) => scope);
}

function claimsOf(id: string, resource: Resource | undefined, parameters: ReadonlySet<string>): Claim[] {
  if (!resource) return [];
  const claims: Claim[] = [];
  const physicalName = physicalNameOf(resource, parameters);
  if (physicalName) {
    const { property, name } = physicalName;
    claims.push(claimOf(id, resource, property, name));
  }
  const exclusiveProperty = EXCLUSIVE_PROPERTIES.get(resource.Type);
  const value = exclusiveProperty === undefined ? undefined : resource.Properties?.[exclusiveProperty];
  if (exclusiveProperty !== undefined && typeof value === 'string') {
    claims.push(claimOf(id, resource, exclusiveProperty, value));
  }
  return claims;
}

function claimOf(id: string, resource: Resource, property: string, value: string): Claim {
  const { Type } = resource;
  const properties = entriesOf(resource.Properties);
  // Ranges of addresses collide even if they differ.
  const valueInScope = property === 'CidrBlock' || value;
  // A name of DNS may have a record of each type.
  const scopeProperties = Type === RECORD ? [...SCOPE_PROPERTIES, 'Type'] : SCOPE_PROPERTIES;
  const bounds = scopeProperties.map((name) => properties.get(name));
  const parents = parentPropertiesOf(Type, property).map((name) => properties.get(name));
  const parent = stableJson(parents);
  return {
    id,
    owner: constructPath(id, resource),
    property,
    value,
    scope: stableJson([Type, property, valueInScope, bounds, parent]),
    parent,
    isName: property !== EXCLUSIVE_PROPERTIES.get(Type),
    condition: resource.Condition,
  };
}
