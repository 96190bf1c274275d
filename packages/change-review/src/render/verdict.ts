import { oneLine } from '@infra/common/untrusted-text';
import { limited } from '@infra/common/values';
import { type Language, renderIn, wordsForCount, wordsOf } from '../messages';
import { join, say, type Words } from '../messages/words';
import type { Level } from '../model/finding';
import type { EnvironmentReview, Review } from '../model/review';

const MOST_NAMES = 5;

/** Verdict of the review: a headline, and its meaning. */
export interface Verdict {
  readonly headline: Words;
  readonly meaning: Words;
}

/** Number of a review's findings of a level. */
export function countOf(review: Review, level: Level): number {
  const findings = review.environments.flatMap((environment) => environment.findings);
  return findings.filter((finding) => finding.level === level).length;
}

export function verdictOf(review: Review, allowDestructive: boolean, language?: Language): Verdict {
  const risks = countOf(review, 'risk');
  const weakened = countOf(review, 'weaker');
  const looks = countOf(review, 'look');
  if (risks > 0) {
    const where = environmentsWith('risk', review);
    const consequence = consequenceOfRisk(review, allowDestructive, language);
    return {
      headline: wordsForCount('verdict.risk', risks, { where }),
      meaning: [...wordsOf('verdict.riskMeaning'), ' ', ...consequence],
    };
  }
  if (weakened > 0) {
    const where = environmentsWith('weaker', review);
    return {
      headline: wordsForCount('verdict.weaker', weakened, { where }),
      meaning: looks > 0 ? wordsForCount('verdict.looksToo', looks) : [],
    };
  }
  if (looks > 0) {
    const where = environmentsWith('look', review);
    return {
      headline: wordsForCount('verdict.look', looks, { where }),
      meaning: wordsOf('verdict.lookMeaning'),
    };
  }
  return verdictWithoutLook(review);
}

function verdictWithoutLook(review: Review): Verdict {
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

function consequenceOfRisk(review: Review, allowDestructive: boolean, language?: Language): Words {
  if (!review.isDeployment) return wordsOf(allowDestructive ? 'verdict.accepted' : 'verdict.fails');
  if (allowDestructive) return wordsOf('verdict.deploys');
  return wordsOf('verdict.stops', { losses: say`${lossesOf(review, language)}` });
}

/** Type of a resource at the end of a finding's subject. */
const TYPE = / \([\w:]+\)$/;

/** Names of what is at risk, as a person types them to accept the loss. */
export function lossesOf(review: Review, language: Language = 'en'): string {
  const render = renderIn(language, (text) => oneLine(text, language));
  const findings = review.environments.flatMap((environment) => environment.findings);
  const risks = findings.filter(({ level }) => level === 'risk');
  return risks.map(({ subject }) => render(subject).replace(TYPE, '')).join(', ');
}

/** Verdict of `cdk diff`, a second judge, and whether it reports more than this review. */
export function cdkVerdict({ findings, cdkDiff }: EnvironmentReview): Words {
  if (!cdkDiff) return [': ', ...wordsOf('cdk.nothing')];
  if (!cdkDiff.verdict) return [': ', ...wordsOf('cdk.notCompared')];
  const { broadening } = cdkDiff.verdict;
  const destructive = cdkDiff.verdict.destructive - cdkDiff.verdict.byDesign;
  const judgements: Words[] = [];
  if (destructive > 0) judgements.push(wordsForCount('cdk.destructive', destructive));
  if (broadening) judgements.push(wordsOf('cdk.broader'));
  const calls = judgements.length > 0 ? join(judgements, ', ') : wordsOf('cdk.harmless');

  const isAtRisk = findings.some(({ level }) => level === 'risk');
  const isWeaker = findings.some(({ level }) => level === 'weaker');
  // A replaced or removed resource is to look at, at least.
  const isReported = findings.some(({ level }) => level !== 'other');
  const saysDestructive = destructive > 0 && !isReported;
  const saysBroader = broadening && !isWeaker;
  const isMore = !isAtRisk && (saysDestructive || saysBroader);
  return isMore ? [' ', ...wordsOf('cdk.more', { calls })] : [': ', ...calls];
}

/** Names of the environments that have a finding of a level. */
function environmentsWith(level: Level, review: Review): Words {
  const environments = review.environments.filter(({ findings }) => {
    return findings.some((finding) => finding.level === level);
  });
  return listOfNames(environments);
}

function listOfNames(environments: readonly EnvironmentReview[]): Words {
  const names = environments.map(({ name }) => say`${name}`);
  const shown = limited(names, MOST_NAMES, (hiddenCount) => wordsForCount('more', hiddenCount));
  return join(shown, ', ');
}
