import { limited } from '@infra/common/values';
import { wordsForCount, wordsOf } from '../messages';
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

export function verdictOf(review: Review, allowDestructive: boolean): Verdict {
  const risks = countOf(review, 'risk');
  const weakened = countOf(review, 'weaker');
  const looks = countOf(review, 'look');
  if (risks > 0) {
    const where = environmentsWith('risk', review, titleOf);
    const consequence = wordsOf(consequenceOfRisk(review, allowDestructive));
    return {
      headline: wordsForCount('verdict.risk', risks, { where }),
      meaning: [...wordsOf('verdict.riskMeaning'), ' ', ...consequence],
    };
  }
  if (weakened > 0) {
    const where = environmentsWith('weaker', review, titleOf);
    return {
      headline: wordsForCount('verdict.weaker', weakened, { where }),
      meaning: looks > 0 ? wordsForCount('verdict.looksToo', looks) : [],
    };
  }
  if (looks > 0) {
    const where = environmentsWith('look', review, titleOf);
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
  const compared = review.environments.filter(({ deployed }) => !deployed);
  const where = listOfTitles(compared.map(titleOf));
  return {
    headline: wordsOf('verdict.noChange'),
    meaning: wordsOf('verdict.same', { where }),
  };
}

function consequenceOfRisk(review: Review, allowDestructive: boolean) {
  if (review.isDeployment) return 'verdict.approve';
  if (!allowDestructive) return 'verdict.fails';
  return countOf(review, 'unknown') > 0 ? 'verdict.acceptedUnknown' : 'verdict.accepted';
}

/** Verdict if a deployed stack is unknown; else undefined. */
export function unknownVerdict(review: Review): Verdict | undefined {
  if (countOf(review, 'unknown') === 0) return undefined;
  const where = environmentsWith('unknown', review, ({ name }) => say`${name}`);
  return {
    headline: wordsOf('verdict.unknown', { where }),
    meaning: wordsOf('verdict.unknownMeaning'),
  };
}

/** Title of an environment's part of the review. */
export function titleOf({ name, deployed }: EnvironmentReview): Words {
  return deployed ? wordsOf('against', { name }) : say`${name}`;
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

/** Titles of the environments that have a finding of a level. */
function environmentsWith(level: Level, review: Review, title: (environment: EnvironmentReview) => Words): Words {
  const environments = review.environments.filter(({ findings }) => {
    return findings.some((finding) => finding.level === level);
  });
  return listOfTitles(environments.map(title));
}

function listOfTitles(titles: readonly Words[]): Words {
  const shown = limited(titles, MOST_NAMES, (hiddenCount) => wordsForCount('more', hiddenCount));
  return join(shown, ', ');
}
