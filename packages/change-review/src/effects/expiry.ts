import type { Resource } from '@infra/common/template';
import { entriesOf, stableJson, valueAtPath } from '@infra/common/values';
import type { Words } from '../messages/words';
import { type MessageId, wordsOf } from '../messages';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { conditionalItems } from '../read/conditional-items';
import { readableText, withoutChangedMarks } from '../read/normalized-text';
import { uncovered } from '../uncovered';

/** A rule by which a resource deletes what it holds. */
interface ExpiryRule {
  /** Message that names what expires. */
  readonly kind: MessageId;
  /** Restriction to a part of it; an empty text means all. */
  readonly filter: string;
  readonly limit: number;
  readonly unit: string;
  /** True if nothing restores what expired. */
  readonly isLost: boolean;
}

/** Kind of objects in a bucket, and where their limit may be in a rule. */
interface ObjectExpiry {
  readonly kind: MessageId;
  readonly limitPaths: readonly (readonly string[])[];
  readonly isLost: boolean;
}

/** Unit of a rule that keeps a number of images; others keep them for days. */
const COUNT_OF_IMAGES = 'imageCountMoreThan';

const OBJECT_FILTER = /^(Prefix|TagFilters|ObjectSize)/;
const IMAGE_FILTER = /^tag/;
/** Filters that exclude nothing. */
const MATCHES_ALL: ReadonlySet<string> = new Set(['{}', '{"Prefix":""}', '{"tagStatus":"any"}']);

/** Effects of rules by which more expires than before. */
export function expiryEffects({ before, after }: BeforeAndAfter<Resource>): Effect[] {
  const newRules = uncovered(expiryRules(after), expiryRules(before), covers);
  return newRules.map(({ kind, filter, limit, unit, isLost }) => {
    const sentence = wordsOf('expires', {
      what: wordsOf(kind),
      which: filter === '' ? wordsOf('expires.all') : readableText(filter),
      limit: limitWords(limit, unit),
      lost: isLost ? wordsOf('expires.lost') : [],
    });
    return { level: isLost ? 'lost' : 'weaker', sentence };
  });
}

function limitWords(limit: number, unit: string): Words {
  const message = unit === COUNT_OF_IMAGES ? 'expires.count' : 'expires.days';
  return wordsOf(message, { n: limit });
}

/** True if everything that expires by a rule expires by a wider one, too. */
function covers(wide: ExpiryRule, narrow: ExpiryRule): boolean {
  const isSameKind = wide.kind === narrow.kind && wide.unit === narrow.unit;
  const hasWiderFilter = wide.filter === '' || wide.filter === narrow.filter;
  const isLostToo = wide.isLost || !narrow.isLost;
  return isSameKind && hasWiderFilter && wide.limit <= narrow.limit && isLostToo;
}

function expiryRules({ Properties }: Resource): ExpiryRule[] {
  return [...objectExpiryRules(Properties), ...imageExpiryRules(Properties)];
}

function objectExpiryRules(properties: Resource['Properties']): ExpiryRule[] {
  const hasVersions = valueAtPath(properties, 'VersioningConfiguration', 'Status') === 'Enabled';
  const currentObjects: ObjectExpiry = {
    kind: 'expires.objects',
    limitPaths: [['ExpirationInDays'], ['ExpirationDate']],
    isLost: !hasVersions,
  };
  const earlierVersions: ObjectExpiry = {
    kind: 'expires.versions',
    limitPaths: [['NoncurrentVersionExpiration', 'NoncurrentDays']],
    isLost: false,
  };
  const rules = itemsAt(properties, 'LifecycleConfiguration', 'Rules');
  return [
    ...rules.flatMap((rule) => objectExpiryRule(rule, currentObjects)),
    ...rules.flatMap((rule) => objectExpiryRule(rule, earlierVersions)),
  ];
}

function objectExpiryRule(rule: unknown, { kind, limitPaths, isLost }: ObjectExpiry): ExpiryRule[] {
  const limits = limitPaths.map((path) => valueAtPath(rule, ...path));
  const limit = limits.find((value) => value !== undefined);
  const isDisabled = valueAtPath(rule, 'Status') === 'Disabled';
  if (limit === undefined || isDisabled) return [];
  const expiryRule: ExpiryRule = {
    kind,
    filter: filterIn(rule, OBJECT_FILTER),
    // A date, which is no number, is the strictest limit.
    limit: Number(limit) || 0,
    unit: 'days',
    isLost,
  };
  return [expiryRule];
}

function imageExpiryRules(properties: Resource['Properties']): ExpiryRule[] {
  const rules = itemsAt(properties, 'LifecyclePolicy', 'LifecyclePolicyText', 'rules');
  return rules.map((rule) => {
    const selection = valueAtPath(rule, 'selection');
    return {
      kind: 'expires.images',
      filter: filterIn(selection, IMAGE_FILTER),
      limit: Number(valueAtPath(selection, 'countNumber')),
      unit: String(valueAtPath(selection, 'countType')),
      isLost: false,
    };
  });
}

function itemsAt(properties: Resource['Properties'], ...path: string[]): unknown[] {
  const items = conditionalItems(valueAtPath(properties, ...path));
  return items.map(([item]) => item);
}

/** The filters of a rule as one text; empty without any. */
function filterIn(rule: unknown, filterKeys: RegExp): string {
  const fields = [...entriesOf(rule)];
  const filters = fields.filter(([key]) => filterKeys.test(key));
  const text = withoutChangedMarks(stableJson(Object.fromEntries(filters)));
  return MATCHES_ALL.has(text) ? '' : text;
}
