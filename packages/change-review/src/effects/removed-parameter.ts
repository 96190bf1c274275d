import { entriesOf, valueAtPath } from '@infra/common/values';
import { differencesBetween } from '../judge/differences';
import { wordsOf } from '../messages';
import { listOf } from '../messages/words';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { namesReferredToIn, type NormalizedValue } from '../read/normalized-text';
import { nameOf, type StackComparison } from '../read/stack-comparison';

/** A parameter whose value is in the Parameter Store of Systems Manager, where it stays. */
const STORED = 'AWS::SSM::Parameter::Value<';

/** Sections beside the resources whose entries may refer to a parameter. */
const REFERRING_SECTIONS = ['Conditions', 'Outputs', 'Rules'];

/** Start of the path to a property of a resource. */
const PROPERTIES = /^Properties\./;

/** One resource, or one entry of a section, that stays or is added, and the names that it refers to. */
interface Reader {
  readonly name: string;
  readonly values: BeforeAndAfter<NormalizedValue>;
  readonly names: BeforeAndAfter<ReadonlySet<string>>;
}

/** Effects of removing a parameter: its value in the deployed stack matters only to what stays and read it. */
export function removedParameterEffects(name: string, comparison: StackComparison): Effect[] {
  const { base, head, resources } = comparison;
  const all = [...resourcesAsReaders(comparison), ...sectionsAsReaders(comparison)];
  const isResourceNow = resources.after.has(name);
  const isStillReferredTo = !isResourceNow && all.some(({ names }) => names.after.has(name));
  if (isStillReferredTo) return [{ level: 'fails', sentence: wordsOf('parameterReferred') }];
  const readers = all.filter(({ names }) => names.before.has(name));
  if (readers.length === 0) return [{ level: 'other', sentence: wordsOf('parameterUnread') }];
  const parametersBefore = entriesOf(valueAtPath(base.template, 'Parameters'));
  const parametersAfter = entriesOf(valueAtPath(head.template, 'Parameters'));
  const isStored = String(entriesOf(parametersBefore.get(name)).get('Type')).startsWith(STORED);
  const readsNewParameter = readers.some(({ names }) => {
    return [...names.after].some((other) => parametersAfter.has(other) && !parametersBefore.has(other));
  });
  if (readsNewParameter && !isStored) return [{ level: 'lost', sentence: wordsOf('parameterLost') }];
  const references = readers.flatMap((reader) => referencesTo(name, reader));
  const isReplaced = references.some(({ isRemoved }) => !isRemoved);
  if (isReplaced) return [{ level: 'look', sentence: wordsOf('parameterWritten') }];
  const paths = new Set(references.map(({ path }) => path));
  return [{ level: 'look', sentence: wordsOf('parameterUnused', { path: listOf([...paths]) }) }];
}

/** The values of a reader that referred to a parameter, and whether none is in their place now. */
function referencesTo(parameter: string, { name, values }: Reader): { path: string; isRemoved: boolean }[] {
  const differences = differencesBetween('', values.before, values.after).filter(({ before, kind }) => {
    return kind !== 'order' && namesReferredToIn(before ?? '').includes(parameter);
  });
  return differences.map(({ path, after }) => ({
    path: `${name}.${path.replace(PROPERTIES, '')}`,
    isRemoved: after === undefined,
  }));
}

function resourcesAsReaders(comparison: StackComparison): Reader[] {
  const { before, after } = comparison.resources;
  return [...after].map(([id, resource]) => readerOf(nameOf(id, comparison), before.get(id), resource));
}

/** The entries of other sections that stay, and those that are added. */
function sectionsAsReaders({ base, head, readers }: StackComparison): Reader[] {
  return REFERRING_SECTIONS.flatMap((section) => {
    const entriesBefore = entriesOf(valueAtPath(base.template, section));
    const entriesAfter = entriesOf(valueAtPath(head.template, section));
    return [...entriesAfter].map(([name, entry]) => {
      const before = entriesBefore.get(name);
      return readerOf(name, before && readers.before.normalize(before), readers.after.normalize(entry));
    });
  });
}

function readerOf(name: string, before: NormalizedValue, after: NormalizedValue): Reader {
  return {
    name,
    values: { before, after },
    names: { before: namesIn(before), after: namesIn(after) },
  };
}

function namesIn(value: NormalizedValue): ReadonlySet<string> {
  return value === undefined ? new Set() : new Set(namesReferredToIn(value));
}
