import { groupBy, limited, stableJson } from '@infra/common/values';
import { wordsForCount, wordsOf } from './messages';
import { join, type Words } from './messages/words';
import { byLevel, type Finding, type Level } from './model/finding';

/** Names that a finding on alike resources has. */
const MOST_NAMES = 20;

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
  return [...groups.values()].flatMap((group) => {
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
  if (sentences.length === 0 || changes.length === 0) return contentKeyOf(finding);
  return stableJson([level, sentences, changes.map(pathKeyOf), subjectKeyOf(subject)]);
}

/** Key of a value that changes, by its path and what it causes. */
function pathKeyOf(change: Words): Words {
  return change.map((part) => {
    const isValue = typeof part === 'object' && 'message' in part;
    return isValue ? { ...part, values: { path: part.values.path ?? [] } } : part;
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
  const changes = findings.flatMap((finding) => {
    const name = partsOf(finding.subject)?.name ?? [];
    return finding.changes.map((value) => wordsOf('namedValue', { name, value }));
  });
  return { ...first, subject: joinedSubject(findings), changes };
}

function joinedSubject(findings: readonly Finding[]): Words {
  const subjects = findings.flatMap(({ subject }) => partsOf(subject) ?? []);
  const names = subjects.map(({ name }) => name);
  const shown = limited(names, MOST_NAMES, (hiddenCount) => wordsForCount('more', hiddenCount));
  return subjects[0]?.withName(join(shown, ', ')) ?? [];
}

/** The parts of a subject: a message with a name, or a name and its type. Undefined if it has no name of its own. */
function partsOf(subject: Words): Subject | undefined {
  const [first] = subject;
  if (typeof first === 'object' && 'message' in first) {
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

const URGENT: ReadonlySet<Level> = new Set<Level>(['risk', 'weaker']);

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
