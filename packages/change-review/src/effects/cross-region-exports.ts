import type { Resource } from '@infra/common/template';
import { entriesOf, stableJson, valueAtPath } from '@infra/common/values';
import { wordsOf } from '../messages';
import { listOf } from '../messages/words';
import { isCertain } from '../model/entry';
import type { Effect } from '../model/finding';
import { namesReferredToIn } from '../read/normalized-text';
import type { StackComparison } from '../read/stack-comparison';

/** The CDK's custom resource that writes what a stack of another region reads. */
const WRITER = 'Custom::CrossRegionExportWriter';

/** Effect of exports to another region: the handler rejects a changed value, and the removal of one that is still read. */
export function crossRegionExportEffects(
  before: Resource,
  after: Resource | undefined,
  { importers, replacements }: StackComparison,
): Effect[] {
  if (before.Type !== WRITER) return [];
  const exportsAfter = exportsOf(after);
  const rejected = [...exportsOf(before)].filter(([name, value]) => {
    if (!exportsAfter.has(name)) return importers.has(name);
    const isReplaced = namesReferredToIn(value).some((id) => isCertain(replacements.get(id)));
    return isReplaced || stableJson(value) !== stableJson(exportsAfter.get(name));
  });
  if (rejected.length === 0) return [];
  const names = listOf(rejected.map(([name]) => name));
  return [{ level: 'fails', sentence: wordsOf('exportsRejected', { names }) }];
}

function exportsOf(writer: Resource | undefined): ReadonlyMap<string, unknown> {
  return entriesOf(valueAtPath(writer?.Properties, 'WriterProps', 'exports'));
}
