import type { SynthesizedStack } from '@infra/common/assembly';
import { entriesOf, stableJson } from '@infra/common/values';
import type { TemplateValue } from './normalized-text';
import { TemplateReader } from './template-reader';

/** Names that conditions have in the head, by those that only the base has: the definition is the same. */
export type RenamedConditions = ReadonlyMap<string, string>;

export function findRenamedConditions(base: SynthesizedStack, head: SynthesizedStack): RenamedConditions {
  const addedNames = addedNamesByDefinition(base, head);
  const namesInHead = entriesOf(head.template.Conditions);
  const removed = [...entriesOf(base.template.Conditions)].filter(([name]) => !namesInHead.has(name));
  let renamed: RenamedConditions = new Map();
  let previousSize = -1;
  // A condition that names a renamed one may be renamed, too, until none is added.
  while (previousSize !== renamed.size) {
    previousSize = renamed.size;
    const reader = new TemplateReader(base, { renamedConditions: renamed });
    renamed = namesInHeadOf(removed, addedNames, reader);
  }
  return renamed;
}

/** Names of conditions that only the head has, by their definitions. */
function addedNamesByDefinition(base: SynthesizedStack, head: SynthesizedStack): ReadonlyMap<string, string> {
  const namesInBase = entriesOf(base.template.Conditions);
  const names = new Map<string, string>();
  for (const [name, definition] of new TemplateReader(head).section('Conditions')) {
    if (!namesInBase.has(name)) names.set(stableJson(definition), name);
  }
  return names;
}

function namesInHeadOf(
  removed: readonly [string, TemplateValue][],
  addedNames: ReadonlyMap<string, string>,
  reader: TemplateReader,
): RenamedConditions {
  const renamed = new Map<string, string>();
  for (const [name, definition] of removed) {
    const normalized = reader.normalize(definition);
    const newName = addedNames.get(stableJson(normalized));
    if (newName !== undefined) renamed.set(name, newName);
  }
  return renamed;
}
