import { branches, type Resource } from '../shared/template';
import { isRecord, stable, within, without } from '../shared/values';
import { say } from '../shared/words';
import type { Effect } from './model';
import { shown } from './reading';
import { uncovered } from './uncovered';

/** A rule by which a resource deletes what it holds. */
interface Expiry {
  readonly what: 'Objects' | 'Earlier versions' | 'Images';
  /** Which of them; an empty one is about all. */
  readonly which: string;
  readonly limit: number;
  readonly unit: string;
}

/** What a resource deletes by itself, and did not before. */
export function expired(old: Resource, now: Resource): Effect[] {
  const covers = (wide: Expiry, { what, which, unit, limit }: Expiry) =>
    wide.what === what && wide.unit === unit && wide.limit <= limit && ['', which].includes(wide.which);
  const hasVersions = within(now.Properties, 'VersioningConfiguration', 'Status') === 'Enabled';
  return uncovered(expiries(now), expiries(old), covers).map(({ what, which, limit, unit }): Effect => {
    const isLost = what === 'Objects' && !hasVersions;
    const lost = isLost ? ' The bucket has no versions: they are lost.' : '';
    const says = say`${[what]} expire that did not: ${which === '' ? ['all'] : say`${shown(which)}`} beyond ${`${limit} ${unit}`}.${[lost]}`;
    return { level: isLost ? 'risk' : 'weaker', says };
  });
}

function expiries({ Type, Properties }: Resource): Expiry[] {
  if (!/^AWS::(S3::Bucket|ECR::Repository)$/.test(Type)) return [];
  const isBucket = Type === 'AWS::S3::Bucket';
  const rules = isBucket ? ['LifecycleConfiguration', 'Rules'] : ['LifecyclePolicy', 'LifecyclePolicyText', 'rules'];
  return branches(within(Properties, ...rules)).flatMap(([rule]): Expiry[] => {
    if (!isRecord(rule) || rule.Status === 'Disabled') return [];
    if (!isBucket) {
      const { countType, countNumber, ...which } = isRecord(rule.selection) ? rule.selection : {};
      const isAll = stable(without(which, 'countUnit')) === '{"tagStatus":"any"}';
      return [
        { what: 'Images', which: isAll ? '' : stable(which), limit: Number(countNumber), unit: String(countType) },
      ];
    }
    const { Prefix = '', TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan } = rule;
    const filters = [Prefix, TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan].filter(Boolean);
    const which = filters.map((each) => (typeof each === 'string' ? each : stable(each))).join(' ');
    const earlier =
      within(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays') ?? rule.NoncurrentVersionExpirationInDays;
    return (
      [
        ['Objects', rule.ExpirationInDays ?? rule.ExpirationDate],
        ['Earlier versions', earlier],
      ] as const
    ).flatMap(([what, limit]) =>
      limit === undefined ? [] : [{ what, which, limit: Number(limit) || 0, unit: 'days' }],
    );
  });
}
