import type { EnvironmentReview, Level, Review } from './model';
import { count, join, say, type Words } from '@infra/common/words';

/** How the pull request's label is called that accepts data at risk. */
const LABEL = 'allow-destructive';

/** More of one finding than anybody compares by eye. */
const MOST_LINES = 25;
const MOST_NAMES = 5;

/** How many findings of a level a review has. */
export function countOf(review: Review, level: Level): number {
  return review.environments.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;
}

/** What a reviewer must know where nobody can tell what is deployed; nothing where somebody can. */
export function unknownVerdict(review: Review): readonly Words[] {
  if (countOf(review, 'unknown') === 0) return [];
  const headline = say`What is deployed could not be told for ${where(review, 'unknown', ({ name }) => say`${name}`)}.`;
  return [headline, say`What a deployment would do is not known, so this check fails.`];
}

/** What a part of a review is about. */
export function titleOf({ name, deployed }: EnvironmentReview): Words {
  return deployed ? say`${name} against what is deployed` : say`${name}`;
}

/** What `cdk diff` calls a change, and whether that is more than this review does: it is a second judge. */
export function cdkVerdict({ findings, cdkDiff }: EnvironmentReview): string {
  if (!cdkDiff?.verdict) return ': nothing';
  const { destructive, broadening } = cdkDiff.verdict;
  const [atRisk, weaker] = ['risk', 'weaker'].map((level) => findings.some((finding) => finding.level === level));
  const isMore = !atRisk && (destructive > 0 || (broadening && !weaker));
  const calls = destructive > 0 ? [count(destructive, 'destructive change')] : [];
  if (broadening) calls.push('broader permissions');
  return `${isMore ? ' says more than this review' : ''}: ${calls.join(', ') || 'nothing destructive, no broader permissions'}`;
}

/** What all is compared before anybody may say that no data is at risk: see `judge.ts` and what it calls. */
const LOOKED_AT =
  'every value of both sides, what goes or is made anew, deletion policies, protection, backups, what expires, rights, paths';
const NOT_LOOKED_AT = 'Not: what the code of a function or an image does.';

/** What a reviewer has to read first, as a headline and what it means. */
export function verdict(review: Review, allowDestructive: boolean): readonly [headline: Words, meaning: Words] {
  const risks = countOf(review, 'risk');
  const weaker = countOf(review, 'weaker');
  const looks = countOf(review, 'look');
  if (risks > 0) {
    const consequence = 'Data would be lost, left behind or less protected, or the deployment would fail.';
    return [
      say`${[count(risks, 'finding')]} at risk in ${where(review, 'risk')}.`,
      review.isDeployment
        ? say`${[consequence]} Approve this deployment only if that is meant.`
        : allowDestructive
          ? say`${[consequence]} Accepted by the label ${LABEL}${[countOf(review, 'unknown') > 0 ? '.' : ': this check passes.']}`
          : say`${[consequence]} This check fails unless the pull request carries the label ${LABEL}.`,
    ];
  }
  if (weaker > 0) {
    return [
      say`${[count(weaker, 'finding')]} opened or weakened in ${where(review, 'weaker')}.`,
      looks > 0 ? say`${[count(looks, 'more change')]} to look at: whether data is at risk is not known.` : [],
    ];
  }
  if (looks > 0) {
    return [
      say`${[count(looks, 'change')]} to look at in ${where(review, 'look')}.`,
      say`None is known to be dangerous, and none to be harmless.`,
    ];
  }
  if (countOf(review, 'other') > 0) {
    return [say`No data is at risk, and nothing is opened or weakened.`, [`Looked at: ${LOOKED_AT}. ${NOT_LOOKED_AT}`]];
  }
  const compared = review.environments.filter(({ deployed }) => !deployed);
  return [say`No change.`, say`The templates of ${names(compared.map(titleOf))} say the same on both sides.`];
}

function where(review: Review, level: Level, title = titleOf): Words {
  const concerned = review.environments.filter(({ findings }) => findings.some((finding) => finding.level === level));
  return names(concerned.map(title));
}

function names(titles: readonly Words[]): Words {
  const shown = titles.slice(0, MOST_NAMES);
  const more = titles.length - shown.length;
  return join(more > 0 ? [...shown, [`${more} more`]] : shown, ', ');
}

/** As many of a finding's sentences, or values, as anybody reads, and a last one that says how many are not shown. */
export function shownOf(all: readonly Words[], noun: 'sentence' | 'value'): readonly Words[] {
  const more = all.length - MOST_LINES;
  return more > 0 ? [...all.slice(0, MOST_LINES), [`(${count(more, noun)} more, left out)`]] : all;
}
