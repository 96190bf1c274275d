import { LONGEST_COMMENT, MARKER } from '@infra/common/comment';
import { fencedBlock, inlineCode } from '@infra/common/untrusted-text';
import { costMarkdown } from './cost';
import { type EnvironmentReview, type Finding, LEVELS, type Review } from './model';
import { cdkVerdict, countOf, shownOf, titleOf, unknownVerdict, verdict } from './report';
import { count, renderWords, type Words } from '@infra/common/words';

/** Whoever writes the comment also says where it is from. */
export const LONGEST_REVIEW = LONGEST_COMMENT - 1_000;

const MOST_LINES = 200;
const FOLDED_CONFIG_LINES = 30;

const plain = (words: Words): string => renderWords(words, inlineCode);

/** Something that can be left out when the comment is too long. */
interface Piece {
  readonly environment?: EnvironmentReview;
  readonly finding?: Finding;
  /** Whether it is what `cdk diff` says of the environment. */
  readonly isDiff?: boolean;
}

/** The review as a comment on a pull request, cut from its least urgent end where it is too long. */
export function renderMarkdown(review: Review, allowDestructive: boolean, limit = LONGEST_REVIEW): string {
  const pieces = byUrgency(review);
  const render = (number: number) => renderPieces(review, allowDestructive, pieces, number);
  // Counted in bytes, which are never fewer than the characters that GitHub counts.
  const fits = (number: number) => Buffer.byteLength(render(number)) <= limit;
  if (fits(pieces.length)) return render(pieces.length);

  let [most, least] = [pieces.length, 0];
  while (most - least > 1) {
    const middle = Math.floor((most + least) / 2);
    if (fits(middle)) least = middle;
    else most = middle;
  }
  return render(least);
}

/** The findings of all environments by level, the changed configuration before what is folded, unchanged ones last. */
function byUrgency(review: Review): Piece[] {
  const ofLevel = (level: Finding['level']): Piece[] =>
    review.environments.flatMap((environment) =>
      environment.findings.filter((finding) => finding.level === level).map((finding) => ({ environment, finding })),
    );
  const silent = review.environments.filter(({ findings }) => findings.length === 0);
  // Where nothing changes at all, the verdict says so already.
  const said = silent.length === review.environments.length;
  return [
    ...(['risk', 'unknown', 'weaker', 'look'] as const).flatMap(ofLevel),
    ...(review.configDiff === '' ? [] : [{}]),
    ...ofLevel('other'),
    ...review.environments.filter(({ cdkDiff }) => cdkDiff).map((environment) => ({ environment, isDiff: true })),
    ...silent.filter(({ deployed }) => deployed || !said).map((environment) => ({ environment })),
  ];
}

function renderPieces(review: Review, allowDestructive: boolean, pieces: readonly Piece[], number: number): string {
  const shown = pieces.slice(0, number);
  const omitted = pieces.slice(number);
  return [
    MARKER,
    renderVerdict(review, allowDestructive),
    ...renderUnknownVerdict(review),
    ...costMarkdown(review.costs ?? [], omitted.length === 0),
    ...review.notes.map((note) => `> [!NOTE]\n> ${plain(note)}`),
    ...review.environments.flatMap((environment) =>
      renderEnvironment(
        environment,
        shown.filter((piece) => piece.environment === environment),
        omitted.filter((piece) => piece.environment === environment && piece.finding).length,
      ),
    ),
    ...(shown.some((piece) => !piece.environment) ? renderConfig(review.configDiff) : []),
    ...renderOmitted(omitted),
    '<sub>From the templates alone: what somebody changed by hand on AWS is not in it.</sub>',
    '',
  ].join('\n\n');
}

function renderVerdict(review: Review, allowDestructive: boolean): string {
  const [headline, meaning] = verdict(review, allowDestructive).map(plain);
  const text = `**${headline ?? ''}** ${meaning ?? ''}`.trimEnd();
  if (countOf(review, 'risk') > 0) return `> [!${allowDestructive ? 'WARNING' : 'CAUTION'}]\n> ${text}`;
  if (countOf(review, 'weaker') > 0) return `> [!WARNING]\n> ${text}`;
  return countOf(review, 'look') > 0 ? `> [!IMPORTANT]\n> ${text}` : text;
}

function renderUnknownVerdict(review: Review): string[] {
  const [headline, meaning] = unknownVerdict(review).map(plain);
  return headline === undefined ? [] : [`> [!CAUTION]\n> **${headline}** ${meaning ?? ''}`];
}

function renderEnvironment(environment: EnvironmentReview, shown: readonly Piece[], omitted: number): string[] {
  if (shown.length === 0) return [];
  const heading = `${plain(titleOf(environment))}: ${plain(environment.summary)}`;
  const findings = shown.map(({ finding }) => finding).filter((finding) => finding !== undefined);
  const diff = shown.some(({ isDiff }) => isDiff) ? renderCdkDiff(environment) : [];
  if (findings.length === 0 && diff.length === 0) return [heading];
  const parts = LEVELS.flatMap(([level, title, , mark]) => {
    const list = findings.filter((finding) => finding.level === level).map((finding) => renderFinding(finding, mark));
    if (list.length === 0) return [];
    return level === 'other'
      ? fold(count(list.length, 'other change'), list.join('\n'))
      : [`**${title}**`, list.join('\n')];
  });
  const rest = omitted > 0 ? [`_${count(omitted, 'finding')} more, left out._`] : [];
  return [`### ${heading}`, ...parts, ...rest, ...diff];
}

function renderFinding({ subject, says, changes }: Finding, mark: string): string {
  return [
    `- ${mark}**${plain(subject)}**${[':', ...shownOf(says, 'sentence').map(plain)].join(' ')}`,
    ...shownOf(changes, 'value').map((change) => `  - ${plain(change)}`),
  ].join('\n');
}

function renderCdkDiff(environment: EnvironmentReview): string[] {
  return fold(`<code>cdk diff</code>${cdkVerdict(environment)}`, ...block(environment.cdkDiff?.text ?? '', ''));
}

function renderConfig(configDiff: string): string[] {
  const title = 'What changes in <code>lib/config</code>';
  const shown = block(configDiff, 'diff');
  return configDiff.split('\n').length <= FOLDED_CONFIG_LINES ? [`**${title}**`, ...shown] : fold(title, ...shown);
}

function fold(title: string, ...content: readonly string[]): string[] {
  return [`<details><summary>${title}</summary>`, ...content, '</details>'];
}

/** Untrusted lines as a block, as many and as long as anybody reads. */
function block(text: string, language: string): string[] {
  const lines = text.split('\n');
  const shown = lines.slice(0, MOST_LINES).map((line) => (line.length > 300 ? `${line.slice(0, 300)} …` : line));
  const more = lines.length - shown.length;
  return [fencedBlock(shown.join('\n'), language), ...(more > 0 ? [`_${count(more, 'line')} more, left out._`] : [])];
}

function renderOmitted(omitted: readonly Piece[]): string[] {
  if (omitted.length === 0) return [];
  const findings = omitted.filter(({ finding }) => finding);
  const risks = findings.filter(({ finding }) => finding?.level === 'risk').length;
  const left = [`${count(findings.length, 'finding')} (${risks} of them at risk)`];
  if (omitted.some(({ environment }) => !environment)) left.push('the changed configuration');
  const diffs = omitted.filter((piece) => piece.isDiff).length;
  if (diffs > 0) left.push(`${count(diffs, 'text')} of \`cdk diff\``);
  const unchanged = omitted.filter((piece) => piece.environment && !piece.finding && !piece.isDiff).length;
  if (unchanged > 0) left.push(count(unchanged, 'unchanged environment'));
  return [
    `**Left out, because a comment has an end: ${left.join(', ')}.** All of it: \`npm run prooflink -- review\` on a terminal.`,
  ];
}
