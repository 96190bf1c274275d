import { entriesOf, stableJson, valueAtPath } from '@infra/common/values';
import { wordsOf } from '../messages';
import { listOf } from '../messages/words';
import { isCertain } from '../model/entry';
import type { Effect } from '../model/finding';
import { namesReferredToIn, readableText } from '../read/normalized-text';
import type { StackComparison } from '../read/stack-comparison';
import type { TemplateReader } from '../read/template-reader';

/** Export of an output: its name and its value. */
interface Export {
  readonly name: string;
  readonly value: unknown;
}

/** Effect of an export that goes or changes: CloudFormation refuses that while another stack imports it. */
export function exportEffects(outputBefore: unknown, comparison: StackComparison): Effect[] {
  const { base, head, readers, importers } = comparison;
  const before = exportOf(outputBefore, readers.before);
  // The output may have another logical ID.
  const outputs = [...entriesOf(entriesOf(head.template).get('Outputs')).values()];
  const exportsAfter = outputs.map((output) => exportOf(output, readers.after));
  const after = exportsAfter.find((candidate) => candidate?.name === before?.name);
  if (!before || isSameExport(before, after, comparison)) return [];
  const stacks = importers.get(before.name) ?? [];
  const otherStacks = stacks.filter((name) => name !== base.name);
  if (otherStacks.length === 0) return [{ level: 'look', sentence: wordsOf('outputExport') }];
  const sentence = wordsOf('exportInUse', {
    name: readableText(before.name),
    stacks: listOf(otherStacks),
  });
  return [{ level: 'fails', sentence }];
}

function exportOf(output: unknown, reader: TemplateReader): Export | undefined {
  const name = reader.normalizeText(valueAtPath(output, 'Export', 'Name'));
  if (name === undefined) return undefined;
  return { name, value: reader.normalize(entriesOf(output).get('Value')) };
}

/** A reference to a resource that is replaced is another value. */
function isSameExport(before: Export, after: Export | undefined, { replacements }: StackComparison): boolean {
  if (stableJson(before) !== stableJson(after)) return false;
  const names = namesReferredToIn(before.value);
  return !names.some((name) => isCertain(replacements.get(name)));
}
