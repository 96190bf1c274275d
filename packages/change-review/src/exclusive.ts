import { overlap } from './ip-range';
import { constructPath, type Resource } from '@infra/common/template';
import { entriesOf, groupBy, stableJson } from '@infra/common/values';
import { nameOf } from './data';
import { wordsOf } from './messages';
import type { Effect } from './model';
import { isAnew, type Sides } from './sides';

/** Values other than names that AWS gives to one resource at a time. */
const EXCLUSIVE: ReadonlyMap<string, string> = new Map([
  ['AWS::EC2::Subnet', 'CidrBlock'],
  ['AWS::ElasticLoadBalancingV2::Listener', 'Port'],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', 'Priority'],
]);
/** Properties that bound the scope of a name or a value. */
const SCOPE = ['VpcId', 'LoadBalancerArn', 'ListenerArn', 'EventBusName', 'Cluster'];

/** Names that are still in use when the resource is made: CloudFormation deletes last, so the deployment fails. */
export function takenValues({ before, after, replaced }: Sides): (id: string) => Effect[] {
  const [old, now] = [before, after].map((side) => groupBy([...side].flatMap(claimsOf), ({ scope }) => scope));
  return (id) => {
    const [previous, anew] = [before.get(id), isAnew(replaced, id)];
    const own = previous ? claimsOf([id, previous]) : [];
    return claimsOf([id, after.get(id)]).flatMap(({ property, value, scope, isName }): Effect[] => {
      if (!anew && own.some((each) => each.value === value && each.scope === scope)) return [];
      // Under its own name nothing is replaced, wherever it goes.
      const predecessor = own.filter((each) => anew && each.property === property && (isName || each.scope === scope));
      const others = [old, now].flatMap((side) => side?.get(scope) ?? []).filter((each) => each.id !== id);
      const rival = [...predecessor, ...others].find((each) => each.value === value || overlap(each.value, value));
      if (!rival) return [];
      const who = rival.id === id ? wordsOf('ownPredecessor') : rival.who;
      return [{ level: 'risk', says: wordsOf('taken', { property, value, who }) }];
    });
  };
}

/** Names and values that a resource claims, with their scope. */
function claimsOf([id, resource]: readonly [string, Resource | undefined]) {
  if (!resource) return [];
  const [properties, own] = [entriesOf(resource.Properties), EXCLUSIVE.get(resource.Type) ?? ''];
  return [nameOf(resource) ?? [], [own, properties.get(own)] as const].flatMap(([property, value]) => {
    if (property === undefined || typeof value !== 'string') return [];
    const isRange = property === 'CidrBlock';
    // Ranges collide even where they differ.
    const scope = stableJson([resource.Type, property, isRange || value, SCOPE.map((name) => properties.get(name))]);
    return [{ id, who: constructPath(id, resource), property, value, scope, isName: property !== own }];
  });
}
