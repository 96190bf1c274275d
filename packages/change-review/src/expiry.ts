import { conditionalItems, type Resource } from '@infra/common/template';
import { entriesOf, stableJson, valueAtPath } from '@infra/common/values';
import { type MessageId, wordsOf } from './messages';
import type { Effect } from './model';
import { shown } from './reading';
import { uncovered } from './uncovered';

/** A rule by which a resource deletes what it holds. */
interface Expiry {
  readonly what: MessageId;
  /** Filter; an empty one means all. */
  readonly which: string;
  readonly limit: number;
  readonly unit: string;
  /** True if nothing brings them back. */
  readonly isLost: boolean;
}

/** New expirations of what a resource holds. */
export function expired(old: Resource, now: Resource): Effect[] {
  return uncovered(expiries(now), expiries(old), covers).map(({ what, which, limit, unit, isLost }): Effect => {
    const all = which === '' ? wordsOf('expires.all') : shown(which);
    const lost = isLost ? wordsOf('expires.lost') : [];
    const says = wordsOf('expires', { what: wordsOf(what), which: all, limit: `${limit} ${unit}`, lost });
    return { level: isLost ? 'risk' : 'weaker', says };
  });
}

function covers(wide: Expiry, { what, which, unit, limit, isLost }: Expiry): boolean {
  const isWide = ['', which].includes(wide.which) && wide.limit <= limit && (wide.isLost || !isLost);
  return wide.what === what && wide.unit === unit && isWide;
}

function expiries({ Properties }: Resource): Expiry[] {
  const rules = conditionalItems(valueAtPath(Properties, 'LifecycleConfiguration', 'Rules')).map(([rule]) => rule);
  const objects = (what: MessageId, isLost: boolean, ...limits: string[][]) =>
    rules.flatMap((rule): Expiry[] => {
      const [limit] = limits.map((path) => valueAtPath(rule, ...path)).filter((each) => each !== undefined);
      if (limit === undefined || valueAtPath(rule, 'Status') === 'Disabled') return [];
      const which = only(rule, /^(Prefix|TagFilters|ObjectSize)/);
      return [{ what, which, limit: Number(limit) || 0, unit: 'days', isLost }];
    });
  const images = conditionalItems(valueAtPath(Properties, 'LifecyclePolicy', 'LifecyclePolicyText', 'rules')).map(
    ([rule]) => {
      const selection = valueAtPath(rule, 'selection');
      const [unit, limit] = [
        String(valueAtPath(selection, 'countType')),
        Number(valueAtPath(selection, 'countNumber')),
      ];
      return { what: 'expires.images', which: only(selection, /^tag/), limit, unit, isLost: false } as const;
    },
  );
  const hasVersions = valueAtPath(Properties, 'VersioningConfiguration', 'Status') === 'Enabled';
  return [
    ...objects('expires.objects', !hasVersions, ['ExpirationInDays'], ['ExpirationDate']),
    ...objects('expires.versions', false, ['NoncurrentVersionExpiration', 'NoncurrentDays']),
    ...images,
  ];
}

/** Filters of a rule; empty without any. */
function only(rule: unknown, keys: RegExp): string {
  const filters = Object.fromEntries([...entriesOf(rule)].filter(([key]) => keys.test(key)));
  return stableJson(filters)
    .replaceAll(' (changed)', '')
    .replace(/^\{("Prefix":""|"tagStatus":"any")?\}$/, '');
}
