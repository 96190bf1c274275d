import { LONGEST_COMMENT } from '@infra/common/comment';
import { fencedBlock, inlineCode } from '@infra/common/untrusted-text';
import { type Language, type Render, renderIn, wordsForCount, wordsOf } from '../messages';
import { join, say, type Words } from '../messages/words';
import { byLevel, type Finding, isOpen, isVerdict, type Level, VERDICTS } from '../model/finding';
import type { EnvironmentReview, Review } from '../model/review';
import { costDetails, costLines } from './costs';
import { adviceLines, shownChanges, shownSentences, shownSubject } from './finding-lines';
import { cdkVerdict, conclusionOf, countOf, hasVerdict } from './verdict';

/** Bytes of a review; the caller adds the comment's origin. */
export const LONGEST_REVIEW = LONGEST_COMMENT - 1_000;

const MOST_LINES = 200;
const LONGEST_LINE = 300;
const FOLDED_CONFIG_LINES = 30;

/** Levels in the order of the comment; harmless findings come after the changed configuration. */
const OPEN_LEVELS: readonly Level[] = [...VERDICTS, 'weaker', 'look', 'accepted'];

/** Options of the rendering. */
export interface MarkdownOptions {
  readonly language?: Language;
  /** True if the caller accepts all verdicts. */
  readonly isAccepted?: boolean;
  readonly levelsPage?: string;
  readonly limit?: number;
}

/** A part of the comment that can be left out if the comment is too long. */
type Piece = FindingPiece | EnvironmentPiece | ConfigPiece;

interface FindingPiece {
  readonly kind: 'finding';
  readonly environment: EnvironmentReview;
  readonly finding: Finding;
}

/** The output of `cdk diff` for an environment, or its title without anything below it. */
interface EnvironmentPiece {
  readonly kind: 'cdkDiff' | 'unchanged';
  readonly environment: EnvironmentReview;
}

/** The configuration that changed. */
interface ConfigPiece {
  readonly kind: 'config';
}

/** The review as a comment on a pull request, cut from its least urgent end if it is too long. */
export function renderMarkdown(review: Review, consequence: Words = [], options: MarkdownOptions = {}): string {
  const { language = 'en', limit = LONGEST_REVIEW } = options;
  const pieces = piecesByUrgency(review);
  const render = renderIn(language, (text) => inlineCode(text, language));
  const comment = new Comment(review, consequence, options, render);
  const renderFirst = (count: number) => {
    const shown = pieces.slice(0, count);
    const omitted = pieces.slice(count);
    return comment.render(shown, omitted);
  };
  // Counted in bytes, which are never fewer than the characters that GitHub counts.
  const fits = (count: number) => Buffer.byteLength(renderFirst(count)) <= limit;
  if (fits(pieces.length)) return renderFirst(pieces.length);
  return renderFirst(mostThatFit(pieces.length, fits));
}

/** The highest count below a limit that fits, by bisection; zero if none does. */
function mostThatFit(limit: number, fits: (count: number) => boolean): number {
  let tooMany = limit;
  let fitting = 0;
  while (tooMany - fitting > 1) {
    const middle = Math.floor((tooMany + fitting) / 2);
    if (fits(middle)) fitting = middle;
    else tooMany = middle;
  }
  return fitting;
}

/** The findings of all environments by level, the changed configuration before what is folded, unchanged ones last. */
function piecesByUrgency(review: Review): Piece[] {
  const { environments, configDiff } = review;
  const withDiff = environments.filter(({ cdkDiff }) => cdkDiff);
  const unchanged = environments.filter(({ findings }) => findings.length === 0);
  // Without any change, the conclusion is enough.
  const isAllUnchanged = unchanged.length === environments.length;
  const shownUnchanged = isAllUnchanged ? [] : unchanged;
  const config: ConfigPiece[] = configDiff === '' ? [] : [{ kind: 'config' }];
  return [
    ...OPEN_LEVELS.flatMap((level) => findingPieces(level, environments)),
    ...config,
    ...findingPieces('other', environments),
    ...environmentPieces('cdkDiff', withDiff),
    ...environmentPieces('unchanged', shownUnchanged),
  ];
}

function findingPieces(level: Level, environments: Review['environments']): FindingPiece[] {
  return environments.flatMap((environment) => {
    const findings = environment.findings.filter((finding) => finding.level === level);
    return findings.map((finding): FindingPiece => ({ kind: 'finding', environment, finding }));
  });
}

function environmentPieces(
  kind: EnvironmentPiece['kind'],
  environments: readonly EnvironmentReview[],
): EnvironmentPiece[] {
  return environments.map((environment) => ({ kind, environment }));
}

function isOf(environment: EnvironmentReview, piece: Piece): boolean {
  return piece.kind !== 'config' && piece.environment === environment;
}

function findingsIn(pieces: readonly Piece[]): Finding[] {
  const findings: Finding[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'finding') findings.push(piece.finding);
  }
  return findings;
}

/** A comment in one language. */
class Comment {
  constructor(
    private readonly review: Review,
    private readonly consequence: Words,
    private readonly options: MarkdownOptions,
    private readonly plain: Render,
  ) {}

  /** The comment with some pieces; it says what is left out. */
  render(shown: readonly Piece[], omitted: readonly Piece[]): string {
    const { environments, notes } = this.review;
    const isConfigShown = shown.some(({ kind }) => kind === 'config');
    const parts = [
      this.conclusion(),
      ...this.levels(),
      ...notes.map((note) => `> [!NOTE]\n> ${this.plain(note)}`),
      ...environments.flatMap((environment) => this.environment(environment, shown, omitted)),
      ...this.costs(omitted.length === 0),
      ...(isConfigShown ? this.config() : []),
      ...this.omitted(omitted),
      `<sub>${this.plain(wordsOf('footer'))}</sub>`,
      '',
    ];
    return parts.join('\n\n');
  }

  private conclusion(): string {
    const { headline, meaning } = conclusionOf(this.review, this.consequence);
    const headlineText = this.plain(headline);
    const meaningText = this.plain(meaning);
    const text = `**${headlineText}** ${meaningText}`.trimEnd();
    const alert = this.alert();
    return alert === undefined ? text : `> [!${alert}]\n> ${text}`;
  }

  /** GitHub's kind of alert. */
  private alert(): string | undefined {
    if (hasVerdict(this.review)) return this.options.isAccepted ? 'WARNING' : 'CAUTION';
    if (countOf(this.review, 'weaker') > 0) return 'WARNING';
    return countOf(this.review, 'look') > 0 ? 'IMPORTANT' : undefined;
  }

  /** Link to the page that explains the levels, if there is a level to explain. */
  private levels(): string[] {
    const { levelsPage } = this.options;
    const findings = this.review.environments.flatMap((environment) => environment.findings);
    const hasOpenFinding = findings.some(({ level }) => isOpen(level));
    if (levelsPage === undefined || !hasOpenFinding) return [];
    const isLink = levelsPage.startsWith('https://');
    const page = isLink ? [`<${levelsPage}>`] : [{ code: levelsPage }];
    const sentence = wordsOf('levels', { page });
    return [this.plain(sentence)];
  }

  private environment(
    environment: EnvironmentReview,
    allShown: readonly Piece[],
    allOmitted: readonly Piece[],
  ): string[] {
    const shown = allShown.filter((piece) => isOf(environment, piece));
    if (shown.length === 0) return [];
    const heading = this.plain([...say`${environment.name}`, ': ', ...environment.summary]);
    const findings = findingsIn(shown);
    const isDiffShown = shown.some(({ kind }) => kind === 'cdkDiff');
    const diff = isDiffShown ? this.cdkDiff(environment) : [];
    if (findings.length === 0 && diff.length === 0) return [heading];
    const omitted = allOmitted.filter((piece) => isOf(environment, piece));
    const omittedCount = findingsIn(omitted).length;
    return [`### ${heading}`, ...this.findings(findings), ...this.moreFindings(omittedCount), ...diff];
  }

  private findings(findings: readonly Finding[]): string[] {
    return byLevel(findings).flatMap((group) => {
      const items = group.findings.map((finding) => this.finding(finding, group.mark));
      const list = items.join('\n');
      if (group.level === 'other') {
        const title = wordsForCount('count.other', items.length);
        return folded(this.plain(title), list);
      }
      const title = wordsOf(`title.${group.level}`);
      return [`**${this.plain(title)}**`, list];
    });
  }

  private moreFindings(count: number): string[] {
    if (count === 0) return [];
    const sentence = wordsForCount('moreFindings', count);
    return [`_${this.plain(sentence)}_`];
  }

  private finding(finding: Finding, mark: string): string {
    const subject = this.plain(shownSubject(finding));
    const sentences = join(shownSentences(finding), ' ');
    const details = [...shownChanges(finding), ...adviceLines(finding)];
    const firstLine = `- ${mark}**${subject}**: ${this.plain(sentences)}`.trimEnd();
    const otherLines = details.map((detail) => `  - ${this.plain(detail)}`);
    return [firstLine, ...otherLines].join('\n');
  }

  private cdkDiff(environment: EnvironmentReview): string[] {
    const verdict = this.plain(cdkVerdict(environment));
    const block = this.block(environment.cdkDiff?.text ?? '', '');
    return folded(`<code>cdk diff</code>${verdict}`, ...block);
  }

  /** Empty if no cost changes. The details are the first to be left out. */
  private costs(withDetails: boolean): string[] {
    const { costs = [] } = this.review;
    const lines = costLines(costs, this.plain);
    if (lines.length === 0) return [];
    const heading = this.plain(wordsOf('cost'));
    const list = lines.map((line) => `- ${line}`);
    const parts = [`**${heading}**`, list.join('\n')];
    const details = withDetails ? costDetails(costs, this.plain) : [];
    if (details.length === 0) return parts;
    const title = this.plain(wordsOf('costDetails'));
    const block = fencedBlock(details.join('\n'), 'diff');
    return [...parts, ...folded(title, block)];
  }

  private config(): string[] {
    const { configDiff } = this.review;
    const title = this.plain(wordsOf('config'));
    const block = this.block(configDiff, 'diff');
    const isShort = configDiff.split('\n').length <= FOLDED_CONFIG_LINES;
    return isShort ? [`**${title}**`, ...block] : folded(title, ...block);
  }

  /** Untrusted lines as a block, as many and as long as a person reads. */
  private block(text: string, language: string): string[] {
    const lines = text.split('\n');
    const shown = lines.slice(0, MOST_LINES).map(shortened);
    const hiddenCount = lines.length - shown.length;
    const block = fencedBlock(shown.join('\n'), language);
    if (hiddenCount === 0) return [block];
    const sentence = wordsForCount('moreLines', hiddenCount);
    return [block, `_${this.plain(sentence)}_`];
  }

  private omitted(omitted: readonly Piece[]): string[] {
    if (omitted.length === 0) return [];
    const parts = join(omittedParts(omitted), ', ');
    const headline = this.plain(wordsOf('leftOut', { what: parts }));
    const meaning = this.plain(wordsOf('leftOutWhere'));
    return [`**${headline}** ${meaning}`];
  }
}

/** The numbers of pieces that are left out, by their kinds. */
function omittedParts(omitted: readonly Piece[]): Words[] {
  const findings = findingsIn(omitted);
  const blockingFindings = findings.filter(({ level }) => isVerdict(level));
  const blocking = [String(blockingFindings.length)];
  const parts = [wordsForCount('left.findings', findings.length, { blocking })];
  const hasConfig = omitted.some(({ kind }) => kind === 'config');
  if (hasConfig) parts.push(wordsOf('left.config'));
  const diffs = countOfKind('cdkDiff', omitted);
  const unchanged = countOfKind('unchanged', omitted);
  if (diffs > 0) parts.push(wordsForCount('left.diffs', diffs));
  if (unchanged > 0) parts.push(wordsForCount('left.unchanged', unchanged));
  return parts;
}

function countOfKind(kind: Piece['kind'], pieces: readonly Piece[]): number {
  return pieces.filter((piece) => piece.kind === kind).length;
}

function shortened(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line;
}

function folded(title: string, ...content: readonly string[]): string[] {
  return [`<details><summary>${title}</summary>`, ...content, '</details>'];
}
