import { entriesOf, valueAtPath } from '@infra/common/values';
import { wordsOf } from '../messages';
import type { BeforeAndAfter } from '../model/entry';
import type { Effect } from '../model/finding';
import { namesReferredToIn } from '../read/normalized-text';
import type { StackComparison } from '../read/stack-comparison';
import type { TemplateReader } from '../read/template-reader';

/** A parameter whose value is in the Parameter Store of Systems Manager, where it stays. */
const STORED = 'AWS::SSM::Parameter::Value<';

/** Sections beside the resources whose entries may refer to a parameter. */
const REFERRING_SECTIONS = ['Conditions', 'Outputs', 'Rules'];

/** Names that one resource, or one entry of a section, refers to. */
type ReferredNames = BeforeAndAfter<ReadonlySet<string>>;

/** Effects of removing a parameter: its value in the deployed stack matters only to what stays and read it. */
export function removedParameterEffects(name: string, comparison: StackComparison): Effect[] {
  const { base, head } = comparison;
  const referredNames = [...referencesOfResources(comparison), ...referencesOfSections(comparison)];
  const isStillReferredTo = referredNames.some(({ after }) => after.has(name));
  if (isStillReferredTo) return [{ level: 'fails', sentence: wordsOf('parameterReferred') }];
  const readers = referredNames.filter(({ before }) => before.has(name));
  if (readers.length === 0) return [{ level: 'other', sentence: wordsOf('parameterUnread') }];
  const parametersBefore = entriesOf(valueAtPath(base.template, 'Parameters'));
  const parametersAfter = entriesOf(valueAtPath(head.template, 'Parameters'));
  const isStored = String(entriesOf(parametersBefore.get(name)).get('Type')).startsWith(STORED);
  const readsNewParameter = readers.some(({ after }) => {
    return [...after].some((other) => parametersAfter.has(other) && !parametersBefore.has(other));
  });
  if (readsNewParameter && !isStored) return [{ level: 'lost', sentence: wordsOf('parameterLost') }];
  return [{ level: 'look', sentence: wordsOf('parameterWritten') }];
}

/** References of the resources that stay, and of those that are added. */
function referencesOfResources({ resources }: StackComparison): ReferredNames[] {
  return [...resources.after].map(([id, resource]) => ({
    before: namesIn(resources.before.get(id)),
    after: namesIn(resource),
  }));
}

/** References of the entries of other sections that stay, and of those that are added. */
function referencesOfSections({ base, head, readers }: StackComparison): ReferredNames[] {
  return REFERRING_SECTIONS.flatMap((section) => {
    const entriesBefore = entriesOf(valueAtPath(base.template, section));
    const entriesAfter = entriesOf(valueAtPath(head.template, section));
    return [...entriesAfter].map(([name, entry]) => ({
      before: namesInEntry(entriesBefore.get(name), readers.before),
      after: namesInEntry(entry, readers.after),
    }));
  });
}

function namesInEntry(entry: unknown, reader: TemplateReader): ReadonlySet<string> {
  return namesIn(reader.normalize(entry));
}

function namesIn(value: unknown): ReadonlySet<string> {
  return value === undefined ? new Set() : new Set(namesReferredToIn(value));
}
