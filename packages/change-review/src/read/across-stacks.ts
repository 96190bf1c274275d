import type { Assembly } from '@infra/common/assembly';
import { functionOf } from '@infra/common/template';
import { entriesOf, isRecord, valueAtPath } from '@infra/common/values';
import { TemplateReader } from './template-reader';

/** Relations between the stacks of an app. */
export interface AcrossStacks {
  /** Keys of the tags by which policies of any stack decide. */
  readonly tagsInPolicies: ReadonlySet<string>;
  /** Names of the stacks that import an export, by its name. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
}

/** The CDK's custom resource that reads what a stack of another region exports. */
const CROSS_REGION_READER = 'Custom::CrossRegionExportReader';

/** Key of a tag in the condition of a policy. */
const TAG_IN_CONDITION = /(?:Resource|Request|Principal)Tag\/([\w.:/=+@-]+)/g;

/** Reads both assemblies; the imports are those of the base, whose stacks are deployed. */
export function readAcrossStacks(base: Assembly, head: Assembly): AcrossStacks {
  return {
    tagsInPolicies: findTagsInPolicies([base, head]),
    importers: findImporters(base),
  };
}

/** Keys of tags that conditions of policies name, in whichever stack these are. */
function findTagsInPolicies(assemblies: readonly Assembly[]): ReadonlySet<string> {
  const tags = new Set<string>();
  for (const { stacks } of assemblies) {
    for (const { template } of stacks.values()) {
      const text = JSON.stringify(template.Resources);
      for (const [, tag = ''] of text.matchAll(TAG_IN_CONDITION)) tags.add(tag);
    }
  }
  return tags;
}

function findImporters({ stacks }: Assembly): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const stack of stacks.values()) {
    const reader = new TemplateReader(stack);
    for (const exportName of new Set(importsIn(stack.template, reader))) {
      const names = importers.get(exportName) ?? [];
      importers.set(exportName, [...names, stack.name]);
    }
  }
  return importers;
}

/** Names of the exports that a value imports, wherever in it. */
function importsIn(value: unknown, reader: TemplateReader): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => importsIn(item, reader));
  if (!isRecord(value)) return [];
  const [functionName, argument] = functionOf(value) ?? [];
  if (functionName === 'Fn::ImportValue') {
    const name = reader.normalizeText(argument);
    return name === undefined ? [] : [name];
  }
  if (value.Type === CROSS_REGION_READER) {
    return [...entriesOf(valueAtPath(value, 'Properties', 'ReaderProps', 'imports')).keys()];
  }
  return Object.values(value).flatMap((inner) => importsIn(inner, reader));
}
