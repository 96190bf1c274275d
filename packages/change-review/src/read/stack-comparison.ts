import type { SynthesizedStack } from '@infra/common/assembly';
import { constructPath, type Resource } from '@infra/common/template';
import { entriesOf, stableJson } from '@infra/common/values';
import type { AcrossStacks } from './across-stacks';
import type { BeforeAndAfter } from '../model/entry';
import { withDefaultPolicies } from './value';
import { namingOf, type Naming } from './naming';
import { type NormalizedValue, readableValue } from './normalized-text';
import { findRenamedConditions, type RenamedConditions } from './renamed-conditions';
import { findReplacements, type Replacements } from './replacements';
import { findKnownNames } from './resource-names';
import { type SectionName, TemplateReader } from './template-reader';

/** Everything beside two values that is needed to judge their difference. */
export interface ComparisonContext {
  readonly readers: BeforeAndAfter<TemplateReader>;
  /** Replaces references to resources in a text by their constructs' paths. */
  readonly naming: Naming;
  /** Keys of the tags by which policies decide. */
  readonly tagsInPolicies: ReadonlySet<string>;
}

/** Both versions of a stack, read so that they can be compared. */
export interface StackComparison extends ComparisonContext {
  readonly base: SynthesizedStack;
  readonly head: SynthesizedStack;
  /** Accounts and regions, as the manifests name them. */
  readonly environments: BeforeAndAfter<string>;
  /** The resources by their logical IDs, normalized, with the deletion policies that apply. */
  readonly resources: BeforeAndAfter<ReadonlyMap<string, Resource>>;
  readonly replacements: Replacements;
  /** Names of the stacks that import an export, by its name. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
}

/** Sections whose entries change whatever names them. */
const NAMED_SECTIONS: readonly SectionName[] = ['Mappings', 'Parameters', 'Conditions'];

const ACCOUNT_ID = /\d{12}/;

const EMPTY_TEXT = '""';

/** Reads both versions of a stack. */
export function readBothSides(
  before: SynthesizedStack,
  after: SynthesizedStack,
  { tagsInPolicies, importers }: AcrossStacks,
): StackComparison {
  const base = inAccountOf(after, before);
  const head = inAccountOf(before, after);
  const renamedConditions = findRenamedConditions(base, head);
  const changedNames = findChangedNames(base, head, renamedConditions);
  const plainReaders = [new TemplateReader(base, { renamedConditions }), new TemplateReader(head, { changedNames })];
  const knownNames = findKnownNames(plainReaders);
  const readers = {
    before: new TemplateReader(base, { renamedConditions, knownNames }),
    after: new TemplateReader(head, { changedNames, knownNames, otherResources: base.template.Resources }),
  };
  const resources = {
    before: readResources(readers.before),
    after: readResources(readers.after),
  };
  return {
    base,
    head,
    environments: {
      before: before.environment,
      after: after.environment,
    },
    readers,
    naming: namingOf(base.template, head.template),
    tagsInPolicies,
    resources,
    replacements: findReplacements(resources, readers),
    importers,
  };
}

/** A value as one text, in which references are the paths of constructs. A list of texts is these, without brackets. */
export function describeValue(value: NormalizedValue, context: ComparisonContext): string {
  if (isListOfTexts(value)) return value.map((text) => describeValue(text, context)).join(', ');
  const { naming } = context;
  return naming(readableValue(value ?? EMPTY_TEXT));
}

function isListOfTexts(value: NormalizedValue): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}

/** Name of a resource of either side, by its logical ID; any other text is returned unchanged. */
export function nameOf(id: string, { resources }: StackComparison): string {
  const resource = resources.after.get(id) ?? resources.before.get(id);
  return resource ? constructPath(id, resource) : id;
}

function readResources(reader: TemplateReader): Map<string, Resource> {
  const resources = reader.resources();
  for (const [id, resource] of resources) {
    resources.set(id, withDefaultPolicies(resource));
  }
  return resources;
}

/** A stack whose environment has no account, read as if it had the account that the other side names. */
function inAccountOf({ environment }: SynthesizedStack, stack: SynthesizedStack): SynthesizedStack {
  const [account] = ACCOUNT_ID.exec(environment) ?? [];
  if (account === undefined) return stack;
  return { ...stack, environment: stack.environment.replace('unknown-account', account) };
}

/** Names of parameters on one side that are resources on the other. */
function parametersThatBecomeResources({ template: base }: SynthesizedStack, { template: head }: SynthesizedStack) {
  const becoming = [...entriesOf(base.Parameters).keys()].filter((name) => Object.hasOwn(head.Resources, name));
  const earlier = [...entriesOf(head.Parameters).keys()].filter((name) => Object.hasOwn(base.Resources, name));
  return [...becoming, ...earlier];
}

/** Parameters, mappings and conditions that both sides have and that mean something else after the change. */
function findChangedNames(
  base: SynthesizedStack,
  head: SynthesizedStack,
  renamedConditions: RenamedConditions,
): ReadonlySet<string> {
  const changedNames = new Set(parametersThatBecomeResources(base, head));
  let previousSize = -1;
  // A condition that names a changed one changes, too, until none is added.
  while (previousSize !== changedNames.size) {
    previousSize = changedNames.size;
    const before = new TemplateReader(base, { renamedConditions });
    const after = new TemplateReader(head, { changedNames });
    for (const section of NAMED_SECTIONS) {
      const entriesBefore = before.section(section);
      for (const [name, value] of after.section(section)) {
        const isChanged = stableJson(entriesBefore.get(name)) !== stableJson(value);
        if (!entriesBefore.has(name) || !isChanged) continue;
        changedNames.add(name);
        if (section !== 'Mappings') continue;
        for (const key of changedKeys(entriesBefore.get(name), value)) changedNames.add(`${name}.${key}`);
      }
    }
  }
  return changedNames;
}

/** Second-level keys of a mapping whose value changes, or goes, under a first-level key. */
function changedKeys(before: NormalizedValue, after: NormalizedValue): string[] {
  const mappingAfter = entriesOf(after);
  return [...entriesOf(before)].flatMap(([first, values]) => {
    const valuesAfter = entriesOf(mappingAfter.get(first));
    const entries = [...entriesOf(values)];
    const changed = entries.filter(([key, value]) => stableJson(valuesAfter.get(key)) !== stableJson(value));
    return changed.map(([key]) => key);
  });
}
