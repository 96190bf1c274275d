import { LONGEST_COMMENT, COMMENT_MARKER } from '@infra/common/comment';
import { fencedBlock, inlineCode } from '@infra/common/untrusted-text';
import { join, type Words } from '@infra/common/words';
import { costDetails, costLines } from './cost';
import { type Language, type Render, renderIn, wordsOf, wordsForCount } from './messages';
import { type EnvironmentReview, type Finding, type Review } from './model';
import { byLevel, cdkVerdict, countOf, shownOf, titleOf, toDoFor, unknownVerdict, verdict } from './report';

/** The caller adds where the comment is from. */
export const LONGEST_REVIEW = LONGEST_COMMENT - 1_000;

const MOST_LINES = 200;
const FOLDED_CONFIG_LINES = 30;

/** Options of the rendering. */
export interface MarkdownOptions {
  readonly language?: Language;
  readonly levelsPage?: string;
  readonly limit?: number;
}

/** Something that can be left out when the comment is too long. */
interface Piece {
  readonly environment?: EnvironmentReview;
  readonly finding?: Finding;
  /** True if it is what `cdk diff` says of the environment. */
  readonly isDiff?: boolean;
}

/** The review as a comment on a pull request, cut from its least urgent end where it is too long. */
export function renderMarkdown(review: Review, allowDestructive: boolean, options: MarkdownOptions = {}): string {
  const { language = 'en', levelsPage, limit = LONGEST_REVIEW } = options;
  const pieces = byUrgency(review);
  const plain = renderIn(language, inlineCode);
  const page = levelsPage?.startsWith('https://') ? [`[docs/delivery](${levelsPage})`] : [{ code: levelsPage ?? '' }];
  const levels = levelsPage === undefined ? [] : [plain(wordsOf('levels', { page }))];
  const render = (number: number) => new Comment(review, plain, levels).render(allowDestructive, pieces, number);
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
  // Without any change, the verdict says so already.
  const said = silent.length === review.environments.length;
  return [
    ...(['risk', 'unknown', 'weaker', 'look'] as const).flatMap(ofLevel),
    ...(review.configDiff === '' ? [] : [{}]),
    ...ofLevel('other'),
    ...review.environments.filter(({ cdkDiff }) => cdkDiff).map((environment) => ({ environment, isDiff: true })),
    ...silent.filter(({ deployed }) => deployed || !said).map((environment) => ({ environment })),
  ];
}

/** A comment in one language. */
class Comment {
  constructor(
    private readonly review: Review,
    private readonly plain: Render,
    private readonly levels: readonly string[],
  ) {}

  render(allowDestructive: boolean, pieces: readonly Piece[], number: number): string {
    const { review, plain } = this;
    const [shown, omitted] = [pieces.slice(0, number), pieces.slice(number)];
    const isAny = review.environments.some(({ findings }) => findings.some(({ level }) => level !== 'other'));
    return [
      COMMENT_MARKER,
      this.verdict(allowDestructive),
      ...this.unknownVerdict(),
      ...(isAny ? this.levels : []),
      ...review.notes.map((note) => `> [!NOTE]\n> ${plain(note)}`),
      ...review.environments.flatMap((environment) =>
        this.environment(
          environment,
          shown.filter((piece) => piece.environment === environment),
          omitted.filter((piece) => piece.environment === environment && piece.finding).length,
        ),
      ),
      ...this.costs(omitted.length === 0),
      ...(shown.some((piece) => !piece.environment) ? this.config(review.configDiff) : []),
      ...this.omitted(omitted),
      `<sub>${plain(wordsOf('footer'))}</sub>`,
      '',
    ].join('\n\n');
  }

  private verdict(allowDestructive: boolean): string {
    const [headline, meaning] = verdict(this.review, allowDestructive).map(this.plain);
    const text = `**${headline ?? ''}** ${meaning ?? ''}`.trimEnd();
    if (countOf(this.review, 'risk') > 0) return `> [!${allowDestructive ? 'WARNING' : 'CAUTION'}]\n> ${text}`;
    if (countOf(this.review, 'weaker') > 0) return `> [!WARNING]\n> ${text}`;
    return countOf(this.review, 'look') > 0 ? `> [!IMPORTANT]\n> ${text}` : text;
  }

  private unknownVerdict(): string[] {
    const [headline, meaning] = unknownVerdict(this.review).map(this.plain);
    return headline === undefined ? [] : [`> [!CAUTION]\n> **${headline}** ${meaning ?? ''}`];
  }

  private environment(environment: EnvironmentReview, shown: readonly Piece[], omitted: number): string[] {
    if (shown.length === 0) return [];
    const heading = this.plain([...titleOf(environment), ': ', ...environment.summary]);
    const findings = shown.map(({ finding }) => finding).filter((finding) => finding !== undefined);
    const diff = shown.some(({ isDiff }) => isDiff) ? this.cdkDiff(environment) : [];
    if (findings.length === 0 && diff.length === 0) return [heading];
    const parts = byLevel(findings).flatMap(({ level, mark, found }) => {
      const list = found.map((each) => this.finding(each, mark));
      return level === 'other'
        ? fold(this.plain(wordsForCount('count.other', list.length)), list.join('\n'))
        : [`**${this.plain(wordsOf(`title.${level}`))}**`, list.join('\n')];
    });
    const rest = omitted > 0 ? [`_${this.plain(wordsForCount('moreFindings', omitted))}_`] : [];
    return [`### ${heading}`, ...parts, ...rest, ...diff];
  }

  private finding(finding: Finding, mark: string): string {
    const says = shownOf(finding.says, 'moreSentences').map(this.plain);
    return [
      `- ${mark}**${this.plain(finding.subject)}**${[':', ...says].join(' ')}`,
      ...[...shownOf(finding.changes, 'moreValues'), ...toDoFor(finding, this.review.isDeployment)].map(
        (each) => `  - ${this.plain(each)}`,
      ),
    ].join('\n');
  }

  private cdkDiff(environment: EnvironmentReview): string[] {
    const title = `<code>cdk diff</code>${this.plain(cdkVerdict(environment))}`;
    return fold(title, ...this.block(environment.cdkDiff?.text ?? '', ''));
  }

  /** Nothing where no cost changes. The details go where a comment is too long. */
  private costs(withDetails: boolean): string[] {
    const { review, plain } = this;
    const lines = costLines(review.costs ?? [], plain).map((line) => `- ${line}`);
    const details = withDetails ? costDetails(review.costs ?? [], plain) : [];
    const folded = fold(plain(wordsOf('costDetails')), fencedBlock(details.join('\n'), 'diff'));
    return lines.length === 0
      ? []
      : [`**${plain(wordsOf('cost'))}**`, lines.join('\n'), ...(details.length > 0 ? folded : [])];
  }

  private config(configDiff: string): string[] {
    const title = this.plain(wordsOf('config')).replace(/`([^`]*)`/g, '<code>$1</code>');
    const shown = this.block(configDiff, 'diff');
    return configDiff.split('\n').length <= FOLDED_CONFIG_LINES ? [`**${title}**`, ...shown] : fold(title, ...shown);
  }

  /** Untrusted lines as a block, as many and as long as a person reads. */
  private block(text: string, language: string): string[] {
    const lines = text.split('\n');
    const shown = lines.slice(0, MOST_LINES).map((line) => (line.length > 300 ? `${line.slice(0, 300)} …` : line));
    const more = lines.length - shown.length;
    const rest = more > 0 ? [`_${this.plain(wordsForCount('moreLines', more))}_`] : [];
    return [fencedBlock(shown.join('\n'), language), ...rest];
  }

  private omitted(omitted: readonly Piece[]): string[] {
    if (omitted.length === 0) return [];
    const findings = omitted.filter(({ finding }) => finding);
    const risks = findings.filter(({ finding }) => finding?.level === 'risk').length;
    const left: Words[] = [wordsForCount('left.findings', findings.length, { risks: [String(risks)] })];
    if (omitted.some(({ environment }) => !environment)) left.push(wordsOf('left.config'));
    const diffs = omitted.filter((piece) => piece.isDiff).length;
    if (diffs > 0) left.push(wordsForCount('left.diffs', diffs));
    const unchanged = omitted.filter((piece) => piece.environment && !piece.finding && !piece.isDiff).length;
    if (unchanged > 0) left.push(wordsForCount('left.unchanged', unchanged));
    return [`**${this.plain(wordsOf('leftOut', { what: join(left, ', ') }))}** ${this.plain(wordsOf('leftOutWhere'))}`];
  }
}

function fold(title: string, ...content: readonly string[]): string[] {
  return [`<details><summary>${title}</summary>`, ...content, '</details>'];
}
