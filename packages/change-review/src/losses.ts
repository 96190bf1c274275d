import type { Resource } from '@infra/common/template';
import { stable, without } from '@infra/common/values';
import { listOf, say } from '@infra/common/words';
import { fate, holdsData, nameOf, strength } from './data';
import { HARMLESS_GONE } from './directions';
import type { Effect } from './model';
import { referredTo } from './reading';
import { modelOf } from './schemas';
import { isAnew, nameIn, REVISIONS, type Sides } from './sides';

/** Resources that go under one logical id and come under another: most likely constructs that were renamed. */
export function renamesOf({ before, after }: Sides): ReadonlyMap<string, string> {
  const same = ([, resource]: readonly [string, Resource]) =>
    stable([resource.Type, nameOf(resource) ?? resource.Properties]);
  const added = new Map([...after].filter(([id]) => !before.has(id)).map((each) => [same(each), each[0]]));
  const gone = [...before].filter(([id]) => !after.has(id));
  return new Map(gone.map((each) => [each[0], added.get(same(each)) ?? '']));
}

/** What becomes of a resource that leaves the stack, and of what it holds. */
export function removed(old: Resource, renamed = ''): Effect[] {
  const level = holdsData(old) ? 'risk' : 'other';
  const [, name] = nameOf(old) ?? [];
  const says = [fate(old, old.DeletionPolicy)];
  if (renamed !== '') {
    const keep = say`To keep it, keep its logical id (overrideLogicalId), or move it with ${'cdk refactor'} first.`;
    says.push(say`Renamed: it comes again as ${renamed}. ${keep}`);
  } else if (name !== undefined && strength(old.DeletionPolicy) === 2) {
    says.push(say`Its name ${name} stays taken: adding it again fails until it is imported or deleted.`);
  }
  return says.map((each) => ({ level, says: each }));
}

/** How a change to a resource may lose what it holds, or cannot be deployed. */
export function replaced(id: string, old: Resource, now: Resource, sides: Sides, isRefused: boolean): Effect[] {
  const { causes, maybe } = sides.replaced.get(id) ?? { causes: [], maybe: [] };
  if (causes.length + maybe.length === 0 || REVISIONS.has(now.Type)) return [];
  if (old.Type === now.Type && causes.includes('ServiceToken') && !modelOf(now.Type)) {
    return [{ level: 'risk', says: say`CloudFormation refuses another ${'ServiceToken'}: the deployment would fail.` }];
  }
  const reason =
    old.Type !== now.Type
      ? say`Replaced: its type changes from ${old.Type}.`
      : isAnew(sides.replaced, id)
        ? say`Replaced: ${listOf(causes)} can only be set when it is made.`
        : say`May be replaced: whether ${listOf(maybe)} can change in place depends on the values.`;
  if (!holdsData(old) || isRefused) return [{ level: 'look', says: reason }];
  // Which template's policy counts is not documented where both change: the weaker one is the safe reading.
  const [first, second] = [old.UpdateReplacePolicy, now.UpdateReplacePolicy];
  const policy = strength(first) < strength(second) ? first : second;
  return [{ level: 'risk', says: say`${reason} The new one is empty. ${fate(old, policy, 'The old one')}` }];
}

/** What a condition may remove. */
export function switchedOff(old: Resource, now: Resource): Effect[] {
  const { Condition } = now;
  if (typeof Condition !== 'string' || Condition === old.Condition || HARMLESS_GONE.test(now.Type)) return [];
  const says = say`Where the condition ${Condition} does not hold, it is removed.`;
  return [{ level: holdsData(now) ? 'risk' : 'look', says }];
}

/** A custom resource that goes, or no longer names what it did, has its handler delete: a bucket may be emptied so. */
export function deleteHandler(old: Resource, now: Resource | undefined, sides: Sides): Effect[] {
  const { Type, Properties = {}, DeletionPolicy } = old;
  if (!/^(Custom::|AWS::CloudFormation::CustomResource$)/.test(Type)) return [];
  if (now === undefined && strength(DeletionPolicy) === 2) return [];
  // The CDK's own caller of AWS's API does nothing that it was not given.
  if (Type === 'Custom::AWS' && Properties['Delete'] === undefined) return [];
  const named = (resource?: Resource) => new Set(referredTo(without(resource?.Properties ?? {}, 'ServiceToken')));
  const about = [...named(old)].filter((id) => !named(now).has(id));
  if (now && about.length === 0) return [];
  const dear = about.filter((id) => [sides.before.get(id) ?? []].flat().some(holdsData));
  const names = (dear.length > 0 ? dear : about).map((id) => nameIn(sides, id));
  const what = names.length > 0 ? say`: ${listOf(names)}` : [];
  const says = say`It is a custom resource: its handler is told to delete, and does so to what it named${what}.`;
  return [{ level: dear.length > 0 ? 'risk' : 'weaker', says }];
}
