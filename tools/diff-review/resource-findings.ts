import { ResourceImpact, type ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { deletionPolicy, fate, holdsData, isKnown, nameOf, policyStrength, replacePolicy } from './data';
import type { Finding, Level, ValueChange } from './model';
import { subjectOf } from '../shared/naming';
import type { Resource } from '../shared/template';
import type { Rename } from './renames';
import { weakenings } from './safeguards';
import { valueChanges, valueText } from './value-changes';
import { join, say, type Words } from '../shared/words';

/** Every change of these is a new revision beside the old ones. */
const REVISIONS: ReadonlyMap<string, string> = new Map([
  ['AWS::ECS::TaskDefinition', 'task definition'],
  ['AWS::Batch::JobDefinition', 'job definition'],
]);

/**
 * What RDS changes on the running instance (ModifyDBInstance), although the schema calls these conditional: it counts in
 * read replicas and restores, where they do replace.
 */
const MODIFIED_IN_PLACE = new Set(
  ['AutoMinorVersionUpgrade', 'BackupRetentionPeriod', 'DBParameterGroupName', 'MultiAZ'].concat([
    'PreferredMaintenanceWindow',
    'StorageType',
  ]),
);

/** A resource that comes or goes, or whose properties change. */
export function resourceFinding(id: string, difference: ResourceDifference, rename?: Rename): Finding | undefined {
  const { oldValue, newValue } = difference as { oldValue?: Resource; newValue?: Resource };
  if (oldValue && rename) return renamed(id, oldValue, rename);
  if (oldValue && !newValue) return removed(id, oldValue);
  if (newValue && !oldValue)
    return { level: 'other', subject: subjectOf(id, newValue), says: [say`New.`], changes: [] };
  return oldValue && newValue ? updated(id, oldValue, newValue, difference) : undefined;
}

/** What happens to a resource that leaves the stack. */
function removed(id: string, resource: Resource): Finding {
  const policy = deletionPolicy(resource);
  const name = nameOf(resource);
  const kept = policyStrength(policy) === 2;
  const taken = say`Its name ${valueText(name) ?? ''} stays taken: adding it again fails until it is imported or deleted.`;
  return {
    level: holdsData(resource) ? 'risk' : 'other',
    subject: subjectOf(id, resource),
    says: [say`Removed.`, fate(resource, policy), ...(kept && name !== undefined ? [taken] : [])],
    changes: [],
  };
}

function renamed(id: string, resource: Resource, { to, name }: Rename): Finding {
  const keep = say`To keep it, keep its logical id (overrideLogicalId), or move it with ${'cdk refactor'} first.`;
  if (name !== undefined) {
    const refused = say`The new one cannot be made while the old one has the name ${valueText(name) ?? ''}: the deployment would fail and roll back.`;
    return {
      level: 'risk',
      subject: subjectOf(id, resource),
      says: [say`Renamed: removed here and added as ${to} with the same name.`, refused, keep],
      changes: [],
    };
  }
  const data = holdsData(resource);
  return {
    level: data ? 'risk' : 'other',
    subject: subjectOf(id, resource),
    says: [
      say`Renamed: removed here and added as ${to}, otherwise the same. CloudFormation makes a new one and lets the old one go.`,
      ...(data ? [say`The new one is empty.`, fate(resource, deletionPolicy(resource), 'The old one'), keep] : []),
    ],
    changes: [],
  };
}

function updated(id: string, old: Resource, now: Resource, difference: ResourceDifference): Finding | undefined {
  const changes = changedValues(old, difference);
  const replacement = replaced(old, now, difference, changes);
  if (changes.length === 0 && replacement.says.length === 0) return undefined;
  const weaker = weakenings(old, now);
  const levels: Level[] = [replacement.level, ...weaker.map(({ level }) => level)];
  return {
    level: (['risk', 'weaker'] as const).find((level) => levels.includes(level)) ?? 'other',
    subject: subjectOf(id, now),
    says: [...replacement.says, ...weaker.map(({ says }) => says)],
    changes,
  };
}

function changedValues(old: Resource, difference: ResourceDifference): ValueChange[] {
  const properties = Object.entries(difference.propertyUpdates).flatMap(
    ([name, { oldValue, newValue, changeImpact }]) => {
      const inPlace = old.Type === 'AWS::RDS::DBInstance' && MODIFIED_IN_PLACE.has(name);
      const replaces =
        changeImpact === ResourceImpact.WILL_REPLACE
          ? 'yes'
          : changeImpact === ResourceImpact.MAY_REPLACE && !inPlace
            ? 'maybe'
            : undefined;
      const values = valueChanges(name, oldValue, newValue);
      return values.map((value): ValueChange =>
        replaces && !REVISIONS.has(old.Type) ? { ...value, replaces } : value,
      );
    },
  );
  const attributes = Object.entries(difference.otherChanges)
    .filter(([name]) => name !== 'Metadata')
    .flatMap(([name, { oldValue, newValue }]) => valueChanges(name, oldValue, newValue));
  // What makes a replacement necessary is what to read first.
  return [...properties, ...attributes].sort((one, other) => weight(other) - weight(one));
}

const weight = ({ replaces }: ValueChange): number => (replaces === 'yes' ? 2 : replaces === 'maybe' ? 1 : 0);

function replaced(old: Resource, now: Resource, difference: ResourceDifference, changes: readonly ValueChange[]) {
  const quiet = { level: 'other', says: [] as Words[] } as const;
  const revision = REVISIONS.get(now.Type);
  if (revision) return { ...quiet, says: [say`A new revision of the ${[revision]}, which is normal.`] };
  const typeChanged = difference.resourceTypeChanged;
  if (!isKnown(now.Type) && !typeChanged) {
    return { ...quiet, says: [say`Its type is not in the schemas: whether it is replaced cannot be told.`] };
  }
  const causes = changes.filter((change) => change.replaces === 'yes');
  const maybe = changes.filter((change) => change.replaces === 'maybe');
  if (causes.length + maybe.length === 0 && !typeChanged) return quiet;

  const certain = causes.length > 0 || typeChanged;
  const why = join(
    [...new Set((certain ? causes : maybe).map(({ path }) => path))].map((path) => say`${path}`),
    ', ',
  );
  const reason = typeChanged
    ? say`Replaced: its type changes from ${old.Type}.`
    : certain
      ? say`Replaced: ${why} can only be set when it is made.`
      : say`May be replaced: whether ${why} can change in place depends on the values.`;
  const name = nameOf(now);
  if (name !== undefined && JSON.stringify(name) === JSON.stringify(nameOf(old)) && !typeChanged) {
    const refused = say`CloudFormation refuses to replace it under its fixed name ${valueText(name) ?? ''}: the deployment ${[certain ? 'fails' : 'would then fail']} and rolls back.`;
    return { level: certain || holdsData(now) ? 'risk' : 'weaker', says: [reason, refused] } as const;
  }
  if (!holdsData(old)) return { ...quiet, says: [reason] };
  // Which template's policy counts is not documented where both change: the weaker one is the safe reading.
  const policy =
    policyStrength(replacePolicy(old)) < policyStrength(replacePolicy(now)) ? replacePolicy(old) : replacePolicy(now);
  return {
    level: 'risk',
    says: [reason, say`The new one is empty.`, fate(old, policy, 'The old one')],
  } as const;
}
