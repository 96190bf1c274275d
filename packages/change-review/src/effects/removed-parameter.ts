import { entriesOf, valueAtPath } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { differencesBetween } from '../judge/differences';
import { namesReferredToIn, type NormalizedValue } from '../read/normalized-text';
import type { StackComparison } from '../read/stack-comparison';

/** A parameter whose value is in the Parameter Store of Systems Manager, where it stays. */
const STORED = 'AWS::SSM::Parameter::Value<';

/** Sections beside the resources whose entries may refer to a parameter. */
const REFERRING_SECTIONS = ['Conditions', 'Outputs', 'Rules'];

/** One resource, or one entry of a section, which stays or is added. */
type Reader = BeforeAndAfter<NormalizedValue>;

/** Effects of removing a parameter: its value in the deployed stack matters only to what stays and read it. */
export function removedParameterEffects(name: string, comparison: StackComparison): Effect[] {
  const { base, head, resources } = comparison;
  const all = [...resourcesAsReaders(comparison), ...sectionsAsReaders(comparison)];
  const isResourceNow = resources.after.has(name);
  const isStillReferredTo = !isResourceNow && all.some(({ after }) => namesIn(after).has(name));
  if (isStillReferredTo) return [{ level: 'fails', sentence: wordsOf('parameterReferred') }];
  const readers = all.filter(({ before }) => namesIn(before).has(name));
  if (readers.length === 0) return [{ level: 'other', sentence: wordsOf('parameterUnread') }];
  const parametersBefore = entriesOf(valueAtPath(base.template, 'Parameters'));
  const parametersAfter = entriesOf(valueAtPath(head.template, 'Parameters'));
  const isStored = String(entriesOf(parametersBefore.get(name)).get('Type')).startsWith(STORED);
  const changes = readers.flatMap(({ before, after }) => differencesBetween('', before, after));
  const readsNewParameter = changes.some(({ before, after }) => {
    const isNew = [...namesIn(after)].some((other) => parametersAfter.has(other) && !parametersBefore.has(other));
    return isNew && namesIn(before).has(name);
  });
  if (readsNewParameter && !isStored) return [{ level: 'lost', sentence: wordsOf('parameterLost') }];
  return [{ level: 'look', sentence: wordsOf('parameterUnused') }];
}

function resourcesAsReaders({ resources: { before, after } }: StackComparison): Reader[] {
  return [...after].map(([id, resource]) => ({ before: before.get(id), after: resource }));
}

/** The entries of other sections that stay, and those that are added. */
function sectionsAsReaders({ base, head, readers }: StackComparison): Reader[] {
  return REFERRING_SECTIONS.flatMap((section) => {
    const entriesBefore = entriesOf(valueAtPath(base.template, section));
    const entriesAfter = entriesOf(valueAtPath(head.template, section));
    return [...entriesAfter].map(([name, entry]) => {
      const before = entriesBefore.get(name);
      return { before: before && readers.before.normalize(before), after: readers.after.normalize(entry) };
    });
  });
}

function namesIn(value: NormalizedValue): ReadonlySet<string> {
  return value === undefined ? new Set() : new Set(namesReferredToIn(value));
}
