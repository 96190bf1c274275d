import type { Resource } from '@infra/common/template';
import { isTrue, stableJson, omitKeys } from '@infra/common/values';
import { listOf } from '@infra/common/words';
import { fate, holdsData, nameOf, strength } from './data';
import { HARMLESS_GONE } from './directions';
import { wordsOf } from './messages';
import type { Effect } from './model';
import { referredTo } from './reading';
import { modelOf } from './schemas';
import { isAnew, nameIn, REVISIONS, type Sides } from './sides';

/** Resources that go under one logical id and come under another: most likely constructs that were renamed. */
export function renamesOf({ before, after }: Sides): ReadonlyMap<string, string> {
  const same = ([, resource]: readonly [string, Resource]) =>
    stableJson([resource.Type, nameOf(resource) ?? resource.Properties]);
  const added = new Map([...after].filter(([id]) => !before.has(id)).map((each) => [same(each), each[0]]));
  const gone = [...before].filter(([id]) => !after.has(id));
  return new Map(gone.map((each) => [each[0], added.get(same(each)) ?? '']));
}

/** Effects of removing a resource, and what it holds. */
export function removed(old: Resource, renamed = ''): Effect[] {
  const level = holdsData(old) ? 'risk' : 'other';
  const [, name] = nameOf(old) ?? [];
  const says = [fate(old, old.DeletionPolicy)];
  if (renamed !== '') {
    says.push(wordsOf('renamed', { name: renamed }));
  } else if (name !== undefined && strength(old.DeletionPolicy) === 2) {
    says.push(wordsOf('nameTaken', { name }));
  }
  return says.map((each) => ({ level, says: each }));
}

/** Effects of replacing a resource: it may lose what it holds, or cannot be deployed. */
export function replaced(id: string, old: Resource, now: Resource, sides: Sides, isRefused: boolean): Effect[] {
  const { causes, maybe } = sides.replaced.get(id) ?? { causes: [], maybe: [] };
  if (causes.length + maybe.length === 0 || REVISIONS.has(now.Type)) return [];
  if (old.Type === now.Type && causes.includes('ServiceToken') && !modelOf(now.Type)) {
    return [{ level: 'risk', says: wordsOf('serviceToken') }];
  }
  const reason =
    old.Type !== now.Type
      ? wordsOf('replacedType', { type: old.Type })
      : isAnew(sides.replaced, id)
        ? wordsOf('replaced', { causes: listOf(causes) })
        : wordsOf('mayBeReplaced', { causes: listOf(maybe) });
  if (!holdsData(old) || isRefused) return [{ level: 'look', says: reason }];
  // AWS does not document which template's policy counts if both change: the weaker one is the safe reading.
  const [first, second] = [old.UpdateReplacePolicy, now.UpdateReplacePolicy];
  const policy = strength(first) < strength(second) ? first : second;
  return [{ level: 'risk', says: wordsOf('newIsEmpty', { reason, fate: fate(old, policy, 'theOldOne') }) }];
}

/** Effect of a condition that may remove the resource. */
export function switchedOff(old: Resource, now: Resource): Effect[] {
  const { Condition } = now;
  if (typeof Condition !== 'string' || Condition === old.Condition || HARMLESS_GONE.test(now.Type)) return [];
  const says = wordsOf('conditional', { condition: Condition });
  return [{ level: holdsData(now) ? 'risk' : 'look', says }];
}

/** A custom resource that goes, or no longer names what it did, has its handler delete: a bucket may be emptied so. */
export function deleteHandler(old: Resource, now: Resource | undefined, sides: Sides): Effect[] {
  const { Type, Properties = {}, DeletionPolicy } = old;
  if (!/^(Custom::|AWS::CloudFormation::CustomResource$)/.test(Type)) return [];
  if (now === undefined && strength(DeletionPolicy) === 2) return [];
  // The CDK's own caller of AWS's API does nothing that it was not given.
  if (Type === 'Custom::AWS' && Properties['Delete'] === undefined) return [];
  const named = (resource?: Resource) => new Set(referredTo(omitKeys(resource?.Properties ?? {}, 'ServiceToken')));
  const about = [...named(old)].filter((id) => !named(now).has(id));
  if (now && about.length === 0) return [];
  const kept = about.filter((id) => [sides.before.get(id) ?? []].flat().some(holdsData));
  const names = (kept.length > 0 ? kept : about).map((id) => nameIn(sides, id));
  const what = names.length > 0 ? [': ', ...listOf(names)] : [];
  const says = wordsOf('handlerDeletes', { what });
  return [{ level: kept.length > 0 ? 'risk' : 'weaker', says }];
}

/** RDS raises the major version of an engine only where that is permitted. */
export function engineRefused({ Type, Properties: old }: Resource, { Properties: now }: Resource): Effect[] {
  const major = (properties: Resource['Properties']) => Number(/^\d+/.exec(String(properties?.['EngineVersion']))?.[0]);
  const isRaised = Type.startsWith('AWS::RDS::DB') && major(now) > major(old);
  return isRaised && !isTrue(now?.['AllowMajorVersionUpgrade'])
    ? [{ level: 'weaker', says: wordsOf('majorRefused') }]
    : [];
}
