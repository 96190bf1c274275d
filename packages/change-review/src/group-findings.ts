import { groupBy, limited, stableJson } from '@infra/common/values';
import { wordsForCount, wordsOf } from './messages';
import { isMessage, join, type Words } from './messages/words';
import { byLevel, type Finding, type Level, VERDICTS } from './model/finding';
import type { EnvironmentReview } from './model/review';

/** Names, or values, in a list of a finding on alike resources. */
const MOST_NAMES = 20;

/** Places of messages that differ between alike resources, such as a role of its own for each. */
const OWN_PLACES = ['now', 'resources'];

/** A finding's subject: its words around the name. */
interface Subject {
  readonly name: Words;
  /** The subject with another name in its place. */
  readonly withName: (name: Words) => Words;
}

/** Findings that say the same of several resources, such as a runtime of every function, as one. */
export function joinAlike(findings: readonly Finding[]): Finding[] {
  const equalGroups = [...groupBy(findings, contentKeyOf).values()];
  const unequal = new Set(equalGroups.filter((group) => group.length === 1).flat());
  const groups = groupBy(findings, (finding) => {
    return unequal.has(finding) ? keyWithoutValues(finding) : contentKeyOf(finding);
  });
  return [...groups.values()].flatMap((alike) => {
    const group = byRank(alike);
    const [first] = group;
    if (!first || group.length === 1) return group;
    return unequal.has(first) ? joinedWithValues(first, group) : joinedAsEqual(first, group);
  });
}

/** Key of a finding's content: equal for findings that differ in nothing but the name of their resource. */
function contentKeyOf({ level, sentences, changes, subject }: Finding): string {
  const hasContent = sentences.length > 0 || changes.length > 0;
  return stableJson([level, sentences, changes, hasContent ? subjectKeyOf(subject) : subject]);
}

/** Key of a finding's content without its values. One without a sentence is only its values. */
function keyWithoutValues(finding: Finding): string {
  const { level, sentences, changes, subject } = finding;
  if (sentences.length === 0) return contentKeyOf(finding);
  const sentenceKeys = sentences.map(withoutOwnValues);
  return stableJson([level, sentenceKeys, changes.map(pathKeyOf), subjectKeyOf(subject)]);
}

function withoutOwnValues(sentence: Words): Words {
  return sentence.map((part) => {
    if (!isMessage(part)) return part;
    const sharedValues = Object.entries(part.values).filter(([place]) => !OWN_PLACES.includes(place));
    return { ...part, values: Object.fromEntries(sharedValues) };
  });
}

/** Key of a value that changes, by its path and what it causes. */
function pathKeyOf(change: Words): Words {
  return change.map((part) => {
    return isMessage(part) ? { ...part, values: { path: part.values.path ?? [] } } : part;
  });
}

function subjectKeyOf(subject: Words): string {
  const parts = partsOf(subject);
  return stableJson(parts ? parts.withName([]) : subject);
}

/** Findings that differ in nothing but their names, with a list of these. */
function joinedAsEqual(first: Finding, findings: readonly Finding[]): Finding {
  return { ...first, subject: joinedSubject(findings) };
}

/** Findings that differ in their values, each of which gets its name. */
function joinedWithValues(first: Finding, findings: readonly Finding[]): Finding {
  const subject = joinedSubject(findings);
  // Rights have no values: their sentences differ.
  if (first.changes.length === 0) {
    const changes = findings.map((finding) => named(finding, join(finding.sentences, ' ')));
    return { ...first, subject, sentences: [], changes };
  }
  const sentences = first.sentences.map((_, index) => {
    return joinedSentence(findings.map((finding) => finding.sentences[index] ?? []));
  });
  const changes = findings.flatMap((finding) => finding.changes.map((value) => named(finding, value)));
  return { ...first, subject, sentences, changes };
}

function named({ subject }: Finding, value: Words): Words {
  const name = partsOf(subject)?.name ?? [];
  return wordsOf('namedValue', { name, value });
}

/** Sentences that differ in the values of their own places, as one with a list of these. */
function joinedSentence(sentences: readonly Words[]): Words {
  const [first = []] = sentences;
  return first.map((part, index) => {
    if (!isMessage(part)) return part;
    const values = { ...part.values };
    for (const place of OWN_PLACES) {
      const ownValues = sentences.flatMap((sentence) => valueAt(sentence[index], place));
      if (place in values) values[place] = listOfDistinct(ownValues);
    }
    return { ...part, values };
  });
}

function valueAt(part: Words[number] | undefined, place: string): Words[] {
  const value = isMessage(part) ? part.values[place] : undefined;
  return value ? [value] : [];
}

function joinedSubject(findings: readonly Finding[]): Words {
  const subjects = findings.flatMap(({ subject }) => partsOf(subject) ?? []);
  const names = subjects.map(({ name }) => name);
  return subjects[0]?.withName(listOfNames(names)) ?? [];
}

function listOfDistinct(values: readonly Words[]): Words {
  const distinct = groupBy(values, stableJson);
  return listOfNames([...distinct.values()].flatMap((equalValues) => equalValues.slice(0, 1)));
}

function listOfNames(names: readonly Words[]): Words {
  const rest = join(names.slice(MOST_NAMES), ', ');
  const shown = limited(names, MOST_NAMES, (hiddenCount) => wordsForCount('more', hiddenCount, { rest }));
  return join(shown, ', ');
}

/** The parts of a subject: a message with a name, or a name and its type. Undefined if it has no name of its own. */
function partsOf(subject: Words): Subject | undefined {
  const [first] = subject;
  if (isMessage(first)) {
    const { name } = first.values;
    if (!name) return undefined;
    const withName = (other: Words) => [{ ...first, values: { ...first.values, name: other } }];
    return { name, withName };
  }
  const end = subject.slice(2);
  if (end.length === 0) return undefined;
  const withName = (other: Words) => [...subject.slice(0, 1), ...other, ...end];
  return { name: subject.slice(1, 2), withName };
}

/** Findings that several stacks have, only in the first one. The others say how many they share with it. */
export function joinAcrossStacks(environments: readonly EnvironmentReview[]): EnvironmentReview[] {
  const stacksByFinding = new Map<string, string[]>();
  for (const { name, findings } of environments) {
    for (const key of new Set(findings.map(equalityKeyOf))) {
      stacksByFinding.set(key, [...(stacksByFinding.get(key) ?? []), name]);
    }
  }
  return environments.map((environment) => {
    const findings: Finding[] = [];
    const repeated: Finding[] = [];
    const firstStacks: string[] = [];
    for (const finding of environment.findings) {
      const [firstStack = environment.name, ...alsoIn] = stacksByFinding.get(equalityKeyOf(finding)) ?? [];
      if (firstStack === environment.name) {
        findings.push(alsoIn.length > 0 ? { ...finding, alsoIn } : finding);
      } else {
        repeated.push(finding);
        firstStacks.push(firstStack);
      }
    }
    return { ...environment, findings: [...findings, ...sharedFindings(firstStacks)], repeated };
  });
}

function equalityKeyOf({ level, subject, sentences, changes }: Finding): string {
  return stableJson([level, subject, sentences, changes]);
}

/** A folded finding for each stack that lists findings of another one. */
function sharedFindings(stacks: readonly string[]): Finding[] {
  const groups = groupBy(stacks, (stack) => stack);
  return [...groups].map(([stack, { length }]) => ({
    level: 'other',
    subject: wordsOf('subject.shared', { stack }),
    sentences: [wordsForCount('shared', length)],
    changes: [],
  }));
}

/** Findings in the order of their ranks: those without a resource, then what holds the most important data. */
export function byRank(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => {
    const rank = rankOf(one);
    const otherRank = rankOf(other);
    // The difference of two infinite ranks is no number.
    return rank === otherRank ? 0 : otherRank - rank;
  });
}

function rankOf({ rank = Infinity }: Finding): number {
  return rank;
}

const URGENT: ReadonlySet<Level> = new Set<Level>([...VERDICTS, 'weaker', 'accepted']);

/** The findings that are worth reading if a whole stack is new or removed. */
export function urgentOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ level }) => URGENT.has(level));
}

/** The numbers of findings of each level. */
export function summaryOf(findings: readonly Finding[]): Words {
  if (findings.length === 0) return wordsOf('noChange');
  const counts = byLevel(findings).map((group) => {
    const message = `count.${group.level}` as const;
    return wordsForCount(message, group.findings.length);
  });
  return join(counts, ', ');
}
