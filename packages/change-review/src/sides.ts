import type { SynthesizedStack } from '@infra/common/assembly';
import { constructPath, type Resource } from '@infra/common/template';
import { entriesOf, stableJson } from '@infra/common/values';
import { withPolicies } from './data';
import type { Readings, Replacement } from './judge';
import { knownNames } from './known-names';
import { Reading, referredTo } from './reading';
import { modelOf } from './schemas';

/** Both sides of a stack, and what they say: their resources are plain, and have the policies that count. */
export interface Sides {
  readonly base: SynthesizedStack;
  readonly head: SynthesizedStack;
  readonly readings: Readings;
  readonly before: ReadonlyMap<string, Resource>;
  readonly after: ReadonlyMap<string, Resource>;
  readonly replaced: ReadonlyMap<string, Replacement>;
}

/** Reads both sides. */
export function sidesOf(one: SynthesizedStack, other: SynthesizedStack, tags: ReadonlySet<string>): Sides {
  const [base, head] = [inAccountOf(one, other), inAccountOf(other, one)];
  const changed = changedNames(base, head);
  const known = knownNames([new Reading(base), new Reading(head, changed)]);
  const readings = [new Reading(base, new Set(), known), new Reading(head, changed, known, tags)] as const;
  const side = (reading: Reading) => new Map(reading.resources().map(([id, each]) => [id, withPolicies(each)]));
  const [before, after] = [side(readings[0]), side(readings[1])];
  return { base, head, readings, before, after, replaced: replacements(before, after) };
}

/** A stack whose account is not named, read as if it were in the account that the other side names. */
function inAccountOf(stack: SynthesizedStack, { environment }: SynthesizedStack): SynthesizedStack {
  const [account = ''] = /\d{12}/.exec(environment) ?? [];
  return account === '' ? stack : { ...stack, environment: stack.environment.replace('unknown-account', account) };
}

/** Parameters, mappings and conditions that are there on both sides and say something else: so does whatever names them. */
function changedNames(base: SynthesizedStack, head: SynthesizedStack): ReadonlySet<string> {
  const changed = new Set<string>();
  // A condition may name another one.
  for (let size = -1; size !== changed.size;) {
    size = changed.size;
    const [before, after] = [new Reading(base), new Reading(head, changed)];
    for (const section of ['Mappings', 'Parameters', 'Conditions'] as const) {
      const old = before.section(section);
      for (const [name, value] of after.section(section)) {
        if (old.has(name) && stableJson(old.get(name)) !== stableJson(value)) changed.add(name);
      }
    }
  }
  return changed;
}

/** Types of which each change is a new revision beside the old ones. */
export const REVISIONS: ReadonlyMap<string, 'noun.task' | 'noun.job'> = new Map([
  ['AWS::ECS::TaskDefinition', 'noun.task'],
  ['AWS::Batch::JobDefinition', 'noun.job'],
]);

/**
 * Properties that RDS changes on the running instance (ModifyDBInstance), which the schema calls conditional: it counts in
 * read replicas and restores, where they do replace.
 */
const MODIFIED_IN_PLACE =
  /^(AutoMinorVersionUpgrade|BackupRetentionPeriod|DBParameterGroupName|MultiAZ|PreferredMaintenanceWindow|StorageType)$/;

/** The resources that are made anew, and with them those that refer to one where they cannot change. */
function replacements(before: Sides['before'], after: Sides['after']): Map<string, Replacement> {
  const found = new Map<string, Replacement>();
  const both = [...after].flatMap(([id, now]) => {
    const old = before.get(id);
    return old ? [[id, old, now, fixedProperties(old, now)] as const] : [];
  });
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const [id, old, now, properties] of both) {
      const isChanged = ({ differs, refers }: (typeof properties)[number]) =>
        differs || refers.some((other) => isAnew(found, other));
      const changed = properties.filter(isChanged);
      const [causes = [], maybe = []] = ['yes', 'maybe'].map((impact) =>
        changed.filter((each) => each.impact === impact).map(({ name }) => name),
      );
      const type = old.Type === now.Type ? [] : ['Type'];
      if (changed.length + type.length > 0) found.set(id, { causes: [...type, ...causes], maybe });
    }
  }
  return found;
}

/** Name of a resource of either side, by its logical id. */
export function nameIn({ before, after }: Sides, id: string): string {
  const resource = after.get(id) ?? before.get(id);
  return resource ? constructPath(id, resource) : id;
}

/** True if a resource is certainly made anew. */
export function isAnew(replaced: Sides['replaced'], id: string): boolean {
  return (replaced.get(id)?.causes.length ?? 0) > 0;
}

function fixedProperties(old: Resource, now: Resource) {
  const model = new Map(Object.entries(modelOf(now.Type)?.properties ?? {}));
  const [left, right] = [entriesOf(old.Properties), entriesOf(now.Properties)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => {
    // The schemas know no custom resource: only another handler makes one anew for certain.
    const impact = model.get(name)?.causesReplacement ?? (name === 'ServiceToken' ? 'yes' : 'no');
    const inPlace = now.Type === 'AWS::RDS::DBInstance' && MODIFIED_IN_PLACE.test(name);
    if (impact === 'no' || (impact === 'maybe' && inPlace)) return [];
    const [one, other] = [left.get(name), right.get(name)];
    return [{ name, impact, differs: stableJson(one) !== stableJson(other), refers: referredTo(other) }];
  });
}
