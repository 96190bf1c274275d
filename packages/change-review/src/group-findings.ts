import { groupBy, stableJson } from '@infra/common/values';
import { wordsForCount, wordsOf } from './messages';
import { join, type Words } from './messages/words';
import { byLevel, type Finding, type Level } from './model/finding';

/** The names of more resources are too long a list to read. */
const MOST_ALIKE = 21;

/** A finding's subject: a beginning, the name of the resource, and an end with its type. */
interface Subject {
  readonly start: Words;
  readonly name: Words;
  readonly end: Words;
}

/** Findings that say the same of several resources, such as a runtime of every function, as one. */
export function joinAlike(findings: readonly Finding[]): Finding[] {
  const groups = groupBy(findings, contentKeyOf);
  return [...groups.values()].flatMap((group) => {
    const isTooLong = group.length > MOST_ALIKE;
    return isTooLong ? group : joined(group);
  });
}

/** Key of a finding's content, without the name of its resource if it has sentences. */
function contentKeyOf({ level, sentences, changes, subject }: Finding): string {
  const { end } = partsOf(subject);
  const isForAnyName = sentences.length > 0 && end.length > 0;
  return stableJson([level, sentences, changes, isForAnyName ? end : subject]);
}

function joined(findings: readonly Finding[]): Finding[] {
  const [first, ...others] = findings;
  if (!first || others.length === 0) return [...findings];
  const { start, end } = partsOf(first.subject);
  const names = findings.map(({ subject }) => partsOf(subject).name);
  const subject = [...start, ...join(names, ', '), ...end];
  return [{ ...first, subject }];
}

function partsOf(subject: Words): Subject {
  return {
    start: subject.slice(0, 1),
    name: subject.slice(1, 2),
    end: subject.slice(2),
  };
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
