import { limited } from '@infra/common/values';
import { join, say, type Words } from '@infra/common/words';
import { wordsOf, wordsForCount } from './messages';
import { type EnvironmentReview, type Finding, type Level, LEVELS, type Review } from './model';

/** More lines of one finding than a person compares. */
const MOST_LINES = 25;
const MOST_NAMES = 5;

/** Findings by their levels, the most urgent one first. */
export const byLevel = (findings: readonly Finding[]) =>
  LEVELS.map((each) => ({ ...each, found: findings.filter(({ level }) => level === each.level) })).filter(
    ({ found }) => found.length > 0,
  );

/** Number of a review's findings of a level. */
export function countOf(review: Review, level: Level): number {
  return review.environments.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;
}

/** Headline and meaning if the deployed stack is unknown; else empty. */
export function unknownVerdict(review: Review): readonly Words[] {
  if (countOf(review, 'unknown') === 0) return [];
  const where = whereOf(review, 'unknown', ({ name }) => say`${name}`);
  return [wordsOf('verdict.unknown', { where }), wordsOf('verdict.unknownMeaning')];
}

/** Title of an environment's part of the review. */
export function titleOf({ name, deployed }: Pick<EnvironmentReview, 'name' | 'deployed'>): Words {
  return deployed ? wordsOf('against', { name }) : say`${name}`;
}

/** Verdict of `cdk diff`, a second judge, and whether it says more than this review. */
export function cdkVerdict({ findings, cdkDiff }: EnvironmentReview): Words {
  if (!cdkDiff?.verdict) return [': ', ...wordsOf('cdk.nothing')];
  const { broadening } = cdkDiff.verdict;
  const destructive = cdkDiff.verdict.destructive - cdkDiff.verdict.byDesign;
  const [atRisk, weaker] = ['risk', 'weaker'].map((level) => findings.some((finding) => finding.level === level));
  const isMore = !atRisk && (destructive > 0 || (broadening && !weaker));
  const all = [
    ...(destructive > 0 ? [wordsForCount('cdk.destructive', destructive)] : []),
    ...(broadening ? [wordsOf('cdk.broader')] : []),
  ];
  const calls = all.length > 0 ? join(all, ', ') : wordsOf('cdk.harmless');
  return isMore ? [' ', ...wordsOf('cdk.more', { calls })] : [': ', ...calls];
}

/** Verdict of the review: a headline, and its meaning. */
export function verdict(review: Review, allowDestructive: boolean): readonly [headline: Words, meaning: Words] {
  const [risks, weaker, looks] = (['risk', 'weaker', 'look'] as const).map((level) => countOf(review, level));
  if (risks) {
    const accepted = countOf(review, 'unknown') > 0 ? 'verdict.acceptedUnknown' : 'verdict.accepted';
    const here = allowDestructive ? accepted : 'verdict.fails';
    const consequence = wordsOf(review.isDeployment ? 'verdict.approve' : here);
    return [
      wordsForCount('verdict.risk', risks, { where: whereOf(review, 'risk') }),
      [...wordsOf('verdict.riskMeaning'), ' ', ...consequence],
    ];
  }
  if (weaker) {
    const meaning = looks ? wordsForCount('verdict.looksToo', looks) : [];
    return [wordsForCount('verdict.weaker', weaker, { where: whereOf(review, 'weaker') }), meaning];
  }
  if (looks)
    return [wordsForCount('verdict.look', looks, { where: whereOf(review, 'look') }), wordsOf('verdict.lookMeaning')];
  if (countOf(review, 'other') > 0) return [wordsOf('verdict.harmless'), wordsOf('verdict.lookedAt')];
  const compared = review.environments.filter(({ deployed }) => !deployed);
  return [wordsOf('verdict.noChange'), wordsOf('verdict.same', { where: names(compared.map(titleOf)) })];
}

function whereOf(review: Review, level: Level, title = titleOf): Words {
  const concerned = review.environments.filter(({ findings }) => findings.some((finding) => finding.level === level));
  return names(concerned.map(title));
}

function names(titles: readonly Words[]): Words {
  return join(
    limited(titles, MOST_NAMES, (more) => wordsForCount('more', more)),
    ', ',
  );
}

/** As many of a finding's sentences, or values, as a person reads, and a last one that says how many are not shown. */
export const shownOf = (all: readonly Words[], rest: 'moreSentences' | 'moreValues'): readonly Words[] =>
  limited(all, MOST_LINES, (more) => wordsForCount(rest, more));

/** Advice on a finding; none if it is harmless. */
export function toDoFor({ level, toDo = [] }: Finding, isDeployment = false): Words[] {
  if (level === 'other') return [];
  const own = toDo.length > 0 ? toDo : [wordsOf(isDeployment && level === 'risk' ? 'do.deployment' : `do.${level}`)];
  return [wordsOf('do', { what: join(own, ' ') })];
}
