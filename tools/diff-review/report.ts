import type { Finding, Level, Review } from './model';
import { count, join, say, type Words } from '../shared/words';

/** How the pull request's label is called that accepts data at risk. */
export const LABEL = 'allow-destructive';

/** The levels, the most urgent one first, and what their parts of a report are called. */
export const LEVELS: readonly (readonly [Level, string])[] = [
  ['risk', 'At risk: data, or the deployment itself'],
  ['weaker', 'Opened or weakened'],
  ['other', 'Other changes'],
];

/** More values of one finding than anybody compares by eye. */
const MOST_VALUES = 25;
const MOST_NAMES = 5;

/** How many findings of a level a review has. */
export function countOf(review: Review, level: Level): number {
  return review.environments.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;
}

/** The environments of which nobody could tell what is deployed. */
export function failedLive({ environments }: Review): Review['environments'] {
  return environments.filter(({ live }) => live?.state === 'failed');
}

/** What a reviewer must know of the diff against what is deployed; undefined where there is nothing to say. */
export function liveVerdict(review: Review): readonly [headline: Words, meaning: Words] | undefined {
  const failed = failedLive(review);
  if (failed.length === 0) return undefined;
  return [
    say`The diff against what is deployed could not be made for ${names(failed)}.`,
    say`What is there is not known, so this check fails.`,
  ];
}

/** A line on the diff against what is deployed, where its text says no more. */
export const LIVE_TITLES = {
  same: 'Against what is deployed: no difference.',
  differs: 'Against what is deployed',
  failed: 'Against what is deployed: could not be made',
} as const;

/** What a reviewer has to read first, as a headline and what it means. */
export function verdict(review: Review, allowDestructive: boolean): readonly [headline: Words, meaning: Words] {
  const risks = countOf(review, 'risk');
  const weaker = countOf(review, 'weaker');
  if (risks > 0) {
    const consequence = 'Data would be lost, left behind or less protected, or the deployment would fail.';
    return [
      say`${[count(risks, 'finding')]} at risk in ${where(review, 'risk')}.`,
      allowDestructive
        ? say`${[consequence]} Accepted by the label ${LABEL}${[failedLive(review).length > 0 ? '.' : ': this check passes.']}`
        : say`${[consequence]} This check fails unless the pull request carries the label ${LABEL}.`,
    ];
  }
  if (weaker > 0) {
    return [
      say`${[count(weaker, 'finding')]} opened or weakened in ${where(review, 'weaker')}.`,
      say`No data is at risk.`,
    ];
  }
  if (countOf(review, 'other') > 0) return [say`No data is at risk, and nothing is opened or weakened.`, []];
  return [say`No change.`, say`The templates of ${names(review.environments)} say the same on both sides.`];
}

function where(review: Review, level: Level): Words {
  return names(review.environments.filter(({ findings }) => findings.some((finding) => finding.level === level)));
}

function names(environments: Review['environments']): Words {
  const shown = environments.slice(0, MOST_NAMES).map(({ name }) => say`${name}`);
  const more = environments.length - shown.length;
  return join(more > 0 ? [...shown, [`${more} more`]] : shown, ', ');
}

/** The values of a finding that are shown, and how many are not. */
export function shownValues({ changes }: Finding): { shown: Finding['changes']; more: number } {
  const shown = changes.slice(0, MOST_VALUES);
  return { shown, more: changes.length - shown.length };
}
