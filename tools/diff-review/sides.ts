import type { SynthesizedStack } from '../shared/assembly';
import { entries, Reading, referredTo } from '../shared/reading';
import type { Resource } from '../shared/template';
import { stable } from '../shared/values';
import { modelOf } from './data';
import type { Readers } from './differences';
import { findRenames, type Rename } from './renames';

/** Both sides of a stack, and how what they say is read so that it can be compared. */
export interface Sides {
  readonly base: SynthesizedStack;
  readonly head: SynthesizedStack;
  readonly readers: readonly [Reading, Reading];
  readonly renames: readonly Rename[];
  readonly replaced: ReadonlyMap<string, Replacement>;
}

/** Why a resource is made anew: the properties that certainly, or perhaps, cannot change in place. */
export interface Replacement {
  readonly causes: readonly string[];
  readonly maybe: readonly string[];
  readonly typeChanged: boolean;
}

/** Reads both sides. */
export function sidesOf(base: SynthesizedStack, head: SynthesizedStack): Sides {
  const renames = findRenames(base.template, head.template);
  const before = new Reading(base, new Map(renames.map(({ from, to }) => [from, to])));
  const readers = [before, new Reading(head, changedNames(base, head, before))] as const;
  return { base, head, readers, renames, replaced: replacements(base, head, readers, renames) };
}

/** Parameters, mappings and conditions that are there on both sides and say something else: so does whatever names them. */
function changedNames(base: SynthesizedStack, head: SynthesizedStack, before: Reading): Map<string, string> {
  const changed = new Map<string, string>();
  const given = [base, head].map(({ artifact }) => entries(artifact.parameters));
  const mark = (
    section: 'Parameters' | 'Mappings' | 'Conditions',
    says: (side: 0 | 1, name: string, value: unknown) => unknown,
  ) => {
    const [old, now] = [entries(base.template[section]), entries(head.template[section])];
    for (const [name, value] of now) {
      if (!old.has(name) || changed.has(name)) continue;
      if (stable(says(0, name, old.get(name))) !== stable(says(1, name, value))) changed.set(name, `${name} (changed)`);
    }
  };
  mark('Mappings', (_side, _name, value) => value);
  mark('Parameters', (side, name, value) => {
    const { Type, Default, AllowedValues } = Object.fromEntries(entries(value));
    return [Type, Default, AllowedValues, given[side]?.get(name)];
  });
  // A condition may name another one.
  for (let size = -1; size !== changed.size;) {
    size = changed.size;
    const after = new Reading(head, changed);
    mark('Conditions', (side, _name, value) => (side === 0 ? before : after).plain(value));
  }
  return changed;
}

/** Types of which each change is a new revision beside the old ones. */
export const REVISIONS: ReadonlyMap<string, string> = new Map([
  ['AWS::ECS::TaskDefinition', 'task definition'],
  ['AWS::Batch::JobDefinition', 'job definition'],
]);

/**
 * What RDS changes on the running instance (ModifyDBInstance), although the schema calls these conditional: it counts in
 * read replicas and restores, where they do replace.
 */
const MODIFIED_IN_PLACE =
  /^(AutoMinorVersionUpgrade|BackupRetentionPeriod|DBParameterGroupName|MultiAZ|PreferredMaintenanceWindow|StorageType)$/;

/** The resources that are made anew, and with them those that refer to one where they cannot change. */
function replacements(
  base: SynthesizedStack,
  head: SynthesizedStack,
  readers: Readers,
  renames: readonly Rename[],
): Map<string, Replacement> {
  const renamed = new Set(renames.map(({ to }) => to));
  const found = new Map<string, Replacement>();
  const both = Object.entries(head.template.Resources).flatMap(([id, now]) => {
    const old = resourceOf(base, id);
    return old ? [{ id, old, now, properties: fixedProperties(old, now, readers) }] : [];
  });
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { id, old, now, properties } of both) {
      const changed = properties.filter(
        ({ differs, refers }) => differs || refers.some((other) => renamed.has(other) || isAnew(found.get(other))),
      );
      const named = (impact: string) => changed.filter((each) => each.impact === impact).map(({ name }) => name);
      const typeChanged = old.Type !== now.Type;
      if (changed.length > 0 || typeChanged) {
        found.set(id, { causes: named('yes'), maybe: named('maybe'), typeChanged });
      }
    }
  }
  return found;
}

const isAnew = (replacement: Replacement | undefined): boolean =>
  replacement !== undefined && (replacement.typeChanged || replacement.causes.length > 0);

function fixedProperties(old: Resource, now: Resource, [left, right]: Readers) {
  const model = new Map(Object.entries(modelOf(now.Type)?.properties ?? {}));
  const [before, after] = [entries(old.Properties), entries(now.Properties)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    // The schemas know no custom resource: only another handler makes one anew for certain.
    const impact = model.get(name)?.causesReplacement ?? (name === 'ServiceToken' ? 'yes' : 'no');
    const inPlace = now.Type === 'AWS::RDS::DBInstance' && MODIFIED_IN_PLACE.test(name);
    if (impact === 'no' || (impact === 'maybe' && inPlace)) return [];
    const [one, other] = [left.plain(before.get(name)), right.plain(after.get(name))];
    return [{ name, impact, differs: stable(one) !== stable(other), refers: referredTo(other) }];
  });
}

/** A resource of a side; nothing for a name that only JavaScript's objects have. */
export function resourceOf({ template }: SynthesizedStack, id: string): Resource | undefined {
  return Object.hasOwn(template.Resources, id) ? template.Resources[id] : undefined;
}
