import { isRecord, objects, stable } from '../shared/values';
import type { Resource } from '../shared/template';
import { join, say } from '../shared/words';
import { deletionPolicy, fate, holdsData, modelOf, nameOf, policyStrength, replacePolicy } from './data';
import type { Readers } from './differences';
import { HARMLESS_GONE } from './directions';
import type { Effect } from './model';
import { REVISIONS, type Sides } from './sides';
import { valueText } from './value-changes';

/** How a change to a resource may lose what it holds, or cannot be deployed. */
export function losses(id: string, old: Resource, now: Resource, sides: Sides): Effect[] {
  return [
    ...replaced(id, old, now, sides),
    ...switchedOff(old, now, sides),
    ...keptLess(old, now),
    ...expired(old, now, sides.readers),
  ];
}

function replaced(id: string, old: Resource, now: Resource, sides: Sides): Effect[] {
  const replacement = sides.replaced.get(id);
  if (!replacement || REVISIONS.has(now.Type)) return [];
  const { causes, maybe, typeChanged } = replacement;
  if (!typeChanged && causes.includes('ServiceToken') && !modelOf(now.Type)) {
    return [{ level: 'risk', says: say`CloudFormation refuses another ${'ServiceToken'}: the deployment would fail.` }];
  }
  const certain = causes.length > 0 || typeChanged;
  const why = join(
    (certain ? causes : maybe).map((path) => say`${path}`),
    ', ',
  );
  const reason = typeChanged
    ? say`Replaced: its type changes from ${old.Type}.`
    : certain
      ? say`Replaced: ${why} can only be set when it is made.`
      : say`May be replaced: whether ${why} can change in place depends on the values.`;
  const name = nameOf(now);
  if (name !== undefined && stable(name) === stable(nameOf(old)) && !typeChanged) {
    const refused = say`CloudFormation refuses to replace it under its fixed name ${valueText(name) ?? ''}: the deployment ${[certain ? 'fails' : 'would then fail']} and rolls back.`;
    return [{ level: certain || holdsData(now) ? 'risk' : 'weaker', says: say`${reason} ${refused}` }];
  }
  if (!holdsData(old)) return [{ level: 'look', says: reason }];
  // Which template's policy counts is not documented where both change: the weaker one is the safe reading.
  const [before, after] = [replacePolicy(old), replacePolicy(now)];
  const policy = policyStrength(before) < policyStrength(after) ? before : after;
  return [{ level: 'risk', says: say`${reason} The new one is empty. ${fate(old, policy, 'The old one')}` }];
}

function switchedOff(old: Resource, now: Resource, { readers }: Sides): Effect[] {
  if (typeof now.Condition !== 'string' || HARMLESS_GONE.test(now.Type)) return [];
  const condition = readers[1].nameOf(now.Condition);
  if (condition === old.Condition) return [];
  const says = say`Where the condition ${condition} does not hold, it is removed.`;
  return [{ level: holdsData(now) ? 'risk' : 'look', says }];
}

function keptLess(old: Resource, now: Resource): Effect[] {
  if (!holdsData(now)) return [];
  return (
    [
      ['DeletionPolicy', deletionPolicy, 'removed from the stack'],
      ['UpdateReplacePolicy', replacePolicy, 'replaced'],
    ] as const
  ).flatMap(([attribute, policyOf, when]): Effect[] => {
    const [before, after] = [policyOf(old), policyOf(now)];
    if (policyStrength(after) >= policyStrength(before)) return [];
    const says = say`Its ${attribute} keeps less: ${before} becomes ${after} for the day that it is ${[when]}.`;
    return [{ level: 'risk', says }];
  });
}

/** A rule of a bucket by which objects that are current are deleted. */
interface Expiry {
  readonly days: number;
  /** Which objects it is about; an empty one is about all. */
  readonly scope: string;
}

/** Objects that a bucket deletes by itself, and did not before. */
function expired(old: Resource, now: Resource, [left, right]: Readers): Effect[] {
  if (now.Type !== 'AWS::S3::Bucket') return [];
  const [before, after] = [expiries(left.plain(old.Properties)), expiries(right.plain(now.Properties))];
  const covers = (one: Expiry, other: Expiry) =>
    one.days <= other.days && (one.scope === other.scope || one.scope === '');
  const fresh = after.filter((expiry) => !before.some((known) => covers(known, expiry)));
  if (fresh.length === 0) return [];
  const versioning =
    isRecord(now.Properties?.VersioningConfiguration) && now.Properties.VersioningConfiguration.Status === 'Enabled';
  const what = join(
    fresh.map(
      ({ days, scope }) =>
        say`${scope || 'every object'}${[days > 0 ? ' after ' : '']}${days > 0 ? `${days} days` : ''}`,
    ),
    ', ',
  );
  const fate = versioning ? 'They stay as earlier versions.' : 'The bucket has no versions: they are lost.';
  return [{ level: versioning ? 'weaker' : 'risk', says: say`Objects expire that did not: ${what}. ${[fate]}` }];
}

function expiries(properties: unknown): Expiry[] {
  const configuration = isRecord(properties) ? properties.LifecycleConfiguration : undefined;
  const rules = isRecord(configuration) ? objects(configuration.Rules) : [];
  return rules.flatMap((rule): Expiry[] => {
    const { Status, ExpirationInDays, ExpirationDate, Expiration, Prefix, ...rest } = rule;
    const given = ExpirationInDays ?? ExpirationDate ?? (isRecord(Expiration) ? Expiration.Days : undefined);
    if (Status === 'Disabled' || given === undefined) return [];
    const { TagFilters, Filter, ObjectSizeGreaterThan, ObjectSizeLessThan } = rest;
    const filter = [TagFilters, Filter, ObjectSizeGreaterThan, ObjectSizeLessThan].filter((each) => each !== undefined);
    const scope = [typeof Prefix === 'string' ? Prefix : '', ...filter.map(stable)]
      .filter((each) => each !== '')
      .join(' ');
    return [{ days: Number(given) || 0, scope }];
  });
}
