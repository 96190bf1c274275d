import { limited } from '@infra/common/values';
import { type Language, wordsForCount, wordsOf } from '../messages';
import { join, say, type Words } from '../messages/words';
import {
  byLevel,
  decisiveSentences,
  type Finding,
  isOpen,
  isVerdict,
  type Level,
  type Verdict,
  VERDICTS,
} from '../model/finding';
import type { EnvironmentReview, Review } from '../model/review';
import { shownSubject } from './finding-lines';
import { plainSubject } from './plain-finding';

const MOST_NAMES = 5;

/** Conclusion of a review: a headline, and its meaning. */
interface Conclusion {
  readonly headline: Words;
  readonly meaning: Words;
}

/** Verdicts of a review, as its caller decides on them. */
export interface Decision {
  /** Verdicts by which it does not pass. */
  readonly open: readonly Verdict[];
  /** Verdicts that the caller accepts. */
  readonly accepted: readonly Verdict[];
  /** Names of what the verdicts are about, as a person types them to accept it. */
  readonly names: string;
}

/** Sentence on what follows from a decision. The review itself knows neither labels nor workflows. */
export type Consequence = (decision: Decision) => Words;

/** Number of a review's findings of a level. */
export function countOf(review: Review, level: Level): number {
  return findingsIn(review).filter((finding) => finding.level === level).length;
}

export function hasVerdict(review: Review): boolean {
  return findingsIn(review).some(({ level }) => isVerdict(level));
}

function findingsIn({ environments }: Review): Finding[] {
  return environments.flatMap(({ findings }) => findings);
}

/** Decides on a review by the verdicts that its caller accepts. */
export function decide(review: Review, acceptedVerdicts: readonly Verdict[], language?: Language): Decision {
  const verdicts = VERDICTS.filter((verdict) => countOf(review, verdict) > 0);
  return {
    open: verdicts.filter((verdict) => !acceptedVerdicts.includes(verdict)),
    accepted: verdicts.filter((verdict) => acceptedVerdicts.includes(verdict)),
    names: namesOf(review, language),
  };
}

/** The headline is the worst finding's own sentence. */
export function conclusionOf(review: Review, consequence: Words): Conclusion {
  const levels = byLevel(findingsIn(review));
  const openLevels = levels.filter(({ level }) => isOpen(level));
  const [worst] = openLevels;
  if (!worst) return conclusionWithoutLook(review);
  const counts = openLevels.map(({ level, findings }) => wordsForCount(`count.${level}`, findings.length));
  const parts = [wordsOf('verdict.counts', { counts: join(counts, ', ') }), consequence];
  const isListWorse = review.hasStaleEntries && !isVerdict(worst.level);
  return {
    headline: isListWorse ? wordsOf('verdict.staleEntries') : headlineOf(worst.level, review),
    meaning: join(
      parts.filter((part) => part.length > 0),
      ' ',
    ),
  };
}

/** The first finding of the level; a change that no rule knows has no sentence of its own. */
function headlineOf(level: Level, review: Review): Words {
  for (const { name, findings } of review.environments) {
    const finding = findings.find((candidate) => candidate.level === level);
    if (!finding) continue;
    const [sentence] = decisiveSentences(finding);
    if (sentence) return wordsOf('verdict.headline', { stack: name, subject: shownSubject(finding), sentence });
  }
  return wordsForCount('verdict.look', countOf(review, level), { where: environmentsWith(level, review) });
}

function conclusionWithoutLook(review: Review): Conclusion {
  if (review.hasStaleEntries) {
    return {
      headline: wordsOf('verdict.staleEntries'),
      meaning: wordsOf('verdict.lookedAt'),
    };
  }
  const accepted = countOf(review, 'accepted');
  if (accepted > 0) {
    return {
      headline: wordsForCount('verdict.onlyAccepted', accepted),
      meaning: wordsOf('verdict.lookedAt'),
    };
  }
  if (countOf(review, 'other') > 0) {
    return {
      headline: wordsOf('verdict.harmless'),
      meaning: wordsOf('verdict.lookedAt'),
    };
  }
  const where = listOfNames(review.environments);
  return {
    headline: wordsOf('verdict.noChange'),
    meaning: wordsOf('verdict.same', { where }),
  };
}

/** Characters that end a quoted text, or run in one, where a person types a name into a shell. */
const SHELL_CHARACTERS = /["'`$\\;&|<>\p{Cc}]/gu;

/** Names of what the verdicts are about, as a person types them to accept it. */
function namesOf(review: Review, language?: Language): string {
  const findings = findingsIn(review).filter(({ level }) => isVerdict(level));
  const names = findings.map((finding) => plainSubject(finding, language));
  return [...new Set(names)].join(', ').replaceAll(SHELL_CHARACTERS, '?');
}

/** Verdict of `cdk diff`, a second judge, and whether it reports more than this review. */
export function cdkVerdict({ findings: listed, repeated = [], cdkDiff }: EnvironmentReview): Words {
  const findings = [...listed, ...repeated];
  if (!cdkDiff) return [': ', ...wordsOf('cdk.nothing')];
  if (!cdkDiff.verdict) return [': ', ...wordsOf('cdk.notCompared')];
  const { broadening } = cdkDiff.verdict;
  const destructive = cdkDiff.verdict.destructive - cdkDiff.verdict.byDesign;
  const judgements: Words[] = [];
  if (destructive > 0) judgements.push(wordsForCount('cdk.destructive', destructive));
  if (broadening) judgements.push(wordsOf('cdk.broader'));
  const calls = judgements.length > 0 ? join(judgements, ', ') : wordsOf('cdk.harmless');

  const isBlocked = findings.some(({ level }) => isVerdict(level));
  const isWeaker = findings.some(({ level }) => level === 'weaker');
  // A replaced or removed resource is to look at, at least.
  const isReported = findings.some(({ level }) => level !== 'other');
  const saysDestructive = destructive > 0 && !isReported;
  const saysBroader = broadening && !isWeaker;
  const isMore = !isBlocked && (saysDestructive || saysBroader);
  return isMore ? [' ', ...wordsOf('cdk.more', { calls })] : [': ', ...calls];
}

/** Names of the environments that have a finding of a level. */
function environmentsWith(level: Level, review: Review): Words {
  const environments = review.environments.filter(({ findings, repeated = [] }) => {
    return [...findings, ...repeated].some((finding) => finding.level === level);
  });
  return listOfNames(environments);
}

function listOfNames(environments: readonly EnvironmentReview[]): Words {
  const names = environments.map(({ name }) => say`${name}`);
  const shown = limited(names, MOST_NAMES, (hiddenCount) => wordsForCount('more', hiddenCount));
  return join(shown, ', ');
}
