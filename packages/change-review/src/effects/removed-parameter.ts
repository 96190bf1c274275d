import { entriesOf, stableJson, valueAtPath } from '@infra/common/values';
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
  const all = [...resourcesAsReaders(comparison), ...sectionsAsReaders(comparison)];
  const isResourceNow = comparison.resources.after.has(name);
  const isStillReferredTo = all.some(({ after }) => namesIn(after).has(name));
  if (isStillReferredTo && !isResourceNow) return [{ level: 'fails', sentence: wordsOf('stillReferredTo') }];
  const readers = all.filter(({ before }) => namesIn(before).has(name));
  if (readers.length === 0) return [{ level: 'other', sentence: wordsOf('parameterUnread') }];
  const type = valueAtPath(comparison.base.template, 'Parameters', name, 'Type');
  const isStored = String(type).startsWith(STORED);
  const isLost = !isStored && isReplacedIn(readers, name, comparison);
  return isLost
    ? [{ level: 'lost', sentence: wordsOf('parameterLost') }]
    : [{ level: 'look', sentence: wordsOf('parameterUnused') }];
}

/** True if a new parameter is read where a removed one was. */
function isReplacedIn(readers: readonly Reader[], name: string, { base, head }: StackComparison): boolean {
  const parametersBefore = entriesOf(base.template.Parameters);
  const parametersAfter = entriesOf(head.template.Parameters);
  const newParameters = [...parametersAfter.keys()].filter((other) => !parametersBefore.has(other));
  const changes = readers.flatMap(({ before, after }) => differencesBetween('', before, after));
  return changes.some((change) => newParameters.some((other) => isReadInstead(other, name, change)));
}

/** True if a value reads one parameter where it read another. Of a text each line is a place of its own. */
function isReadInstead(other: string, name: string, { before, after }: Reader): boolean {
  const linesAfter = linesOf(after);
  const linesBefore = linesOf(before).filter((line) => namesIn(line).has(name));
  return linesBefore.some((line) => linesAfter.includes(line.replaceAll(name, other)));
}

/** A line break within JSON is written as one. */
function linesOf(value: NormalizedValue): string[] {
  return stableJson(value).split('\\n');
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
