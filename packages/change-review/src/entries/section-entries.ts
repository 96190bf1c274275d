import { entriesOf, isRecord, stableJson, valueAtPath } from '@infra/common/values';
import { exportEffects } from '../effects/exports';
import { removedParameterEffects } from '../effects/removed-parameter';
import { type MessageId, wordsOf } from '../messages';
import { listOf } from '../messages/words';
import { type ComparedValues, type Entry, keysOfEither, type Presence, presenceOf } from '../model/entry';
import type { Effect } from '../model/finding';
import { withoutNoEchoMarks } from '../read/normalized-text';
import { nameOf, type StackComparison } from '../read/stack-comparison';
import { holdersUnder } from '../rights/grants';
import { TEMPLATE_SECTION } from '../rules/rule';

/** Sections that are compared entry by entry, and the message that names an entry. */
const SUBJECTS: ReadonlyMap<string, MessageId> = new Map([
  ['Parameters', 'subject.Parameters'],
  ['Conditions', 'subject.Conditions'],
  ['Mappings', 'subject.Mappings'],
  ['Outputs', 'subject.Outputs'],
  ['Rules', 'subject.Rules'],
]);

/** Parameters of assets, which `cdk deploy` passes. */
const PASSED_BY_CDK = /^AssetParameters[0-9a-f]{64}/;

/** A value of both sides, under a name. */
interface NamedValue {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The entries of every section of a template but its resources, as they are compared. */
export function sectionEntries(comparison: StackComparison): Entry[] {
  const { base, head } = comparison;
  const sections = keysOfEither(entriesOf(base.template), entriesOf(head.template));
  const otherSections = sections.filter((section) => section !== 'Resources');
  return otherSections.flatMap((section) => entriesOfSection(section, comparison));
}

function entriesOfSection(name: string, comparison: StackComparison): Entry[] {
  const before = entriesOf(comparison.base.template).get(name);
  const after = entriesOf(comparison.head.template).get(name);
  const entriesBefore = entriesOf(before);
  const entriesAfter = entriesOf(after);
  const subject = SUBJECTS.get(name);
  const hasEntries = entriesBefore.size > 0 || entriesAfter.size > 0;
  if (subject === undefined || !hasEntries || !mayHaveEntries(before) || !mayHaveEntries(after)) {
    return [wholeSection({ name, before, after }, comparison)];
  }
  return keysOfEither(entriesBefore, entriesAfter).map((entryName) => {
    const presence = presenceOf(entriesBefore.has(entryName), entriesAfter.has(entryName));
    const value: NamedValue = {
      name: entryName,
      before: entriesBefore.get(entryName),
      after: entriesAfter.get(entryName),
    };
    return {
      subject: wordsOf(subject, { name: entryName }),
      parts: [comparedValues(name, value, comparison)],
      presence,
      effects: effectsOf(name, value, presence, comparison),
    };
  });
}

function mayHaveEntries(section: unknown): boolean {
  return section === undefined || isRecord(section);
}

function wholeSection(section: NamedValue, comparison: StackComparison): Entry {
  return {
    subject: wordsOf('subject.template', { section: section.name }),
    parts: [comparedValues(TEMPLATE_SECTION, section, comparison)],
  };
}

function effectsOf(
  section: string,
  value: NamedValue,
  presence: Presence | undefined,
  comparison: StackComparison,
): Effect[] {
  if (section === 'Parameters') return parameterEffects(value, presence, comparison);
  if (section === 'Conditions') return presence ? [] : conditionEffects(value, comparison);
  return section === 'Outputs' ? exportEffects(value.before, comparison) : [];
}

/** A condition by which rights exist, and which changes: they may exist where they did not. */
function conditionEffects({ name, before, after }: NamedValue, comparison: StackComparison): Effect[] {
  const { readers, resources } = comparison;
  if (stableJson(readers.before.normalize(before)) === stableJson(readers.after.normalize(after))) return [];
  const holders = holdersUnder(name, resources.after).map((id) => nameOf(id, comparison));
  return holders.length === 0
    ? []
    : [{ level: 'weaker', sentence: wordsOf('rightsDepend', { names: listOf(holders) }) }];
}

/** A removed parameter loses the value of the deployed stack; one that is added, or refuses that value, needs one. */
function parameterEffects(value: NamedValue, presence: Presence | undefined, comparison: StackComparison): Effect[] {
  const { name, before, after } = value;
  if (presence === 'removed') return removedParameterEffects(name, comparison);
  if (entriesOf(comparison.head.artifact.parameters).has(name)) return [];
  const isMissing = presence === 'added' && !entriesOf(after).has('Default') && !PASSED_BY_CDK.test(name);
  if (isMissing) return [{ level: 'fails', sentence: wordsOf('parameterMissing') }];
  const valuesBefore = knownValues(before);
  const accepted = valueAtPath(after, 'AllowedValues');
  const isRefused = (text: string) => Array.isArray(accepted) && !accepted.map(String).includes(text);
  const refused = valuesBefore.filter(isRefused);
  if (refused.length > 0) {
    const isNoOtherPossible = entriesOf(before).has('AllowedValues') && refused.length === valuesBefore.length;
    const level = isNoOtherPossible ? 'fails' : 'look';
    return [{ level, sentence: wordsOf('parameterRefused', { values: listOf(refused) }) }];
  }
  const defaults = [before, after].map((parameter) => entriesOf(parameter).get('Default'));
  const isOtherDefault = !defaults.includes(undefined) && String(defaults[0]) !== String(defaults[1]);
  return isOtherDefault ? [{ level: 'look', sentence: wordsOf('default') }] : [];
}

/** Values of a parameter that the template names: an existing stack may have one of those. */
function knownValues(parameter: unknown): string[] {
  const values = [valueAtPath(parameter, 'AllowedValues'), valueAtPath(parameter, 'Default')].flat();
  return [...new Set(values.filter((value) => value !== undefined).map(String))];
}

function comparedValues(ruleKey: string, value: NamedValue, { readers }: StackComparison): ComparedValues {
  const before = recordOf(value.name, value.before);
  const after = recordOf(value.name, value.after);
  // A condition on a parameter is the same whether CloudFormation shows its value or not.
  const marked = ruleKey === 'Conditions' ? withoutNoEchoMarks : (record: object) => record;
  return {
    ruleKey,
    normalized: {
      before: marked(readers.before.normalizeRecord(before)),
      after: marked(readers.after.normalizeRecord(after)),
    },
    asWritten: { before, after },
  };
}

function recordOf(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}
