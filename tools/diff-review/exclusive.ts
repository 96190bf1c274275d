import { overlap, parseIpRange } from '../../lib/config/ip-range';
import { constructPath, type Resource } from '../shared/template';
import { entries, groupBy, stable } from '../shared/values';
import { say } from '../shared/words';
import { nameOf } from './data';
import type { Effect } from './model';
import { isAnew, type Sides } from './sides';

/** Values other than names that AWS gives to one resource at a time. */
const EXCLUSIVE: ReadonlyMap<string, string> = new Map([
  ['AWS::EC2::Subnet', 'CidrBlock'],
  ['AWS::ElasticLoadBalancingV2::Listener', 'Port'],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', 'Priority'],
]);
/** What names and values are exclusive in. */
const SCOPE = ['VpcId', 'LoadBalancerArn', 'ListenerArn', 'EventBusName', 'Cluster'];

interface Claim {
  readonly id: string;
  readonly who: string;
  readonly property: string;
  readonly value: string;
  /** Where others that claim the same are found. */
  readonly scope: string;
}

/** Why a deployment must fail: CloudFormation makes and changes resources before it deletes any. */
export function takenValues({ before, after, replaced }: Sides): (id: string) => Effect[] {
  const [old, now] = [claims(before), claims(after)];
  const names = groupBy([...old.values()].flat(), ({ id }) => id);
  const rivalOf = ({ id, property, value, scope }: Claim) => {
    const own = names.get(id)?.filter((each) => each.property === property) ?? [];
    const isName = EXCLUSIVE.get(after.get(id)?.Type ?? '') !== property;
    const anew = isAnew(replaced, id);
    if (!anew && own.some((each) => each.value === value && each.scope === scope)) return undefined;
    const others = [old, now].flatMap((side) => side.get(scope) ?? []).filter((each) => each.id !== id);
    // Under its own name nothing is replaced, wherever it goes.
    const rivals = [...own.filter((each) => anew && (isName || each.scope === scope)), ...others];
    return rivals.find((each) => collide(each.value, value));
  };
  const found = [...now.values()].flat().flatMap((claim) => {
    const rival = rivalOf(claim);
    if (!rival) return [];
    const who = rival.id === claim.id ? ['its own predecessor'] : say`${rival.who}`;
    const says = say`${claim.property} ${claim.value} is still taken, by ${who}, when this one is made or changed: the deployment would fail.`;
    return [{ id: claim.id, effect: { level: 'risk' as const, says } }];
  });
  const byId = groupBy(found, ({ id }) => id);
  return (id) => (byId.get(id) ?? []).map(({ effect }) => effect);
}

function claims(resources: ReadonlyMap<string, Resource>): Map<string, Claim[]> {
  const all = [...resources].flatMap(([id, resource]): Claim[] => {
    const [properties, own] = [entries(resource.Properties), EXCLUSIVE.get(resource.Type) ?? ''];
    return [nameOf(resource) ?? [], [own, properties.get(own)] as const].flatMap(([property, value]) => {
      if (property === undefined || typeof value !== 'string') return [];
      // Of ranges those collide, too, that are not the same.
      const scope = [
        resource.Type,
        property,
        property === 'CidrBlock' || value,
        SCOPE.map((name) => properties.get(name)),
      ];
      return [{ id, who: constructPath(id, resource), property, value, scope: stable(scope) }];
    });
  });
  return groupBy(all, ({ scope }) => scope);
}

function collide(one: string, other: string): boolean {
  const [left, right] = [parseIpRange(one), parseIpRange(other)];
  return one === other || (left !== undefined && right !== undefined && overlap(left, right));
}
