import { entriesOf, valueAtPath } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { namesReferredToIn, type NormalizedValue } from '../read/normalized-text';
import type { StackComparison } from '../read/stack-comparison';

/** A parameter whose value is in the Parameter Store of Systems Manager, where it stays. */
const STORED = 'AWS::SSM::Parameter::Value<';

/** Sections beside the resources whose entries may refer to a parameter. */
const REFERRING_SECTIONS = ['Conditions', 'Outputs', 'Rules'];

/** Names that one resource, or one entry of a section, which stays or is added, refers to. */
type Reader = BeforeAndAfter<ReadonlySet<string>>;

/** Effects of removing a parameter: its value in the deployed stack matters only to what stays and read it. */
export function removedParameterEffects(name: string, comparison: StackComparison): Effect[] {
  const { base, head, resources } = comparison;
  const all = [...resourcesAsReaders(comparison), ...sectionsAsReaders(comparison)];
  const isResourceNow = resources.after.has(name);
  const isStillReferredTo = !isResourceNow && all.some(({ after }) => after.has(name));
  if (isStillReferredTo) return [{ level: 'fails', sentence: wordsOf('parameterReferred') }];
  const readers = all.filter(({ before }) => before.has(name));
  if (readers.length === 0) return [{ level: 'other', sentence: wordsOf('parameterUnread') }];
  const parametersBefore = entriesOf(valueAtPath(base.template, 'Parameters'));
  const parametersAfter = entriesOf(valueAtPath(head.template, 'Parameters'));
  const isStored = String(entriesOf(parametersBefore.get(name)).get('Type')).startsWith(STORED);
  const readsNewParameter = readers.some(({ after }) => {
    return [...after].some((other) => parametersAfter.has(other) && !parametersBefore.has(other));
  });
  if (readsNewParameter && !isStored) return [{ level: 'lost', sentence: wordsOf('parameterLost') }];
  return [{ level: 'look', sentence: wordsOf('parameterUnused') }];
}

function resourcesAsReaders({ resources: { before, after } }: StackComparison): Reader[] {
  return [...after].map(([id, resource]) => readerOf(before.get(id), resource));
}

/** The entries of other sections that stay, and those that are added. */
function sectionsAsReaders({ base, head, readers }: StackComparison): Reader[] {
  return REFERRING_SECTIONS.flatMap((section) => {
    const entriesBefore = entriesOf(valueAtPath(base.template, section));
    const entriesAfter = entriesOf(valueAtPath(head.template, section));
    return [...entriesAfter].map(([name, entry]) => {
      const before = entriesBefore.get(name);
      return readerOf(before && readers.before.normalize(before), readers.after.normalize(entry));
    });
  });
}

function readerOf(before: NormalizedValue, after: NormalizedValue): Reader {
  return { before: namesIn(before), after: namesIn(after) };
}

function namesIn(value: NormalizedValue): ReadonlySet<string> {
  return value === undefined ? new Set() : new Set(namesReferredToIn(value));
}
