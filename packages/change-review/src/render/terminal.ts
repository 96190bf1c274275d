import { styleText } from 'node:util';
import { oneLine, escapeInvisible } from '@infra/common/untrusted-text';
import { limited } from '@infra/common/values';
import { wrap } from '@infra/common/wrap';
import { type Language, type MessageId, type Render, renderIn, wordsForCount, wordsOf } from '../messages';
import { say, type Words } from '../messages/words';
import { byLevel, type Finding, type Style } from '../model/finding';
import type { EnvironmentReview, Review } from '../model/review';
import { costDetails, costLines } from './costs';
import { adviceLines, shownChanges, shownSentences, shownSubject } from './finding-lines';
import { conclusionOf, countOf, hasVerdict } from './verdict';

/** Properties of the terminal. */
export interface TerminalOptions {
  readonly columns: number;
  readonly colour: boolean;
  readonly language?: Language;
  readonly levelsPage?: string;
}

/** More findings are left out. */
const MOST_FINDINGS = 100;

/** Style of a line of a unified diff, by its first character. */
const DIFF_STYLES: ReadonlyMap<string | undefined, Style> = new Map([
  ['+', 'green'],
  ['-', 'red'],
  ['@', 'cyan'],
]);

const INDENT = '  ';

/** The review for a terminal: the conclusion, then the findings by environment and level. */
export function renderTerminal(review: Review, consequence: Words, options: TerminalOptions): string {
  return new TerminalReview(review, options).lines(consequence).join('\n');
}

class TerminalReview {
  private readonly render: Render;
  /** True if no environment has a finding: then the conclusion is enough. */
  private readonly isUnchanged: boolean;

  constructor(
    private readonly review: Review,
    private readonly options: TerminalOptions,
  ) {
    const { language = 'en' } = options;
    this.render = renderIn(language, (text) => oneLine(text, language));
    this.isUnchanged = review.environments.every(({ findings }) => findings.length === 0);
  }

  lines(consequence: Words): string[] {
    const { environments, notes } = this.review;
    const shownEnvironments = this.isUnchanged ? [] : environments;
    return [
      ...this.conclusion(consequence),
      ...this.levels(),
      ...notes.flatMap((note) => ['', ...this.sentence(note)]),
      ...shownEnvironments.flatMap((environment) => this.environment(environment)),
      ...this.costs(),
      ...this.config(),
      '',
    ];
  }

  private conclusion(consequence: Words): string[] {
    const { headline, meaning } = conclusionOf(this.review, consequence);
    const style = this.conclusionStyle();
    return [...this.sentence(headline, style), ...this.sentence(meaning, style)];
  }

  private conclusionStyle(): Style {
    if (hasVerdict(this.review)) return 'red';
    return countOf(this.review, 'weaker') > 0 ? 'yellow' : 'green';
  }

  private levels(): string[] {
    const { levelsPage } = this.options;
    if (levelsPage === undefined || this.isUnchanged) return [];
    return this.sentence(wordsOf('levels', { page: levelsPage }));
  }

  private environment(environment: EnvironmentReview): string[] {
    const title = this.render([...say`${environment.name}`, ': ', ...environment.summary]);
    const lines = ['', this.painted(title, 'bold')];
    for (const { level, style, findings } of byLevel(environment.findings)) {
      const levelTitle = this.render(wordsOf(`title.${level}`));
      lines.push(this.painted(levelTitle, style));
      lines.push(...this.findings(findings));
    }
    return lines;
  }

  private findings(findings: readonly Finding[]): string[] {
    const linesOfFindings = findings.map((finding) => this.finding(finding));
    const shown = limited(linesOfFindings, MOST_FINDINGS, (hiddenCount) => {
      const sentence = wordsForCount('moreFindings', hiddenCount);
      return [this.render(sentence)];
    });
    return shown.flat();
  }

  private finding(finding: Finding): string[] {
    return [
      ...this.wrapped(`• ${this.render(shownSubject(finding))}`, 'bold'),
      ...shownSentences(finding).flatMap((sentence) => this.sentence(sentence)),
      ...shownChanges(finding).flatMap((change) => this.change(change)),
      ...adviceLines(finding).flatMap((advice) => this.sentence(advice)),
    ];
  }

  /** A value that changes, indented, and further where it is wrapped. */
  private change(change: Words): string[] {
    const columns = this.options.columns - 2 * INDENT.length;
    const lines = wrap(this.render(change), columns);
    return lines.map((line, index) => {
      const isFirst = index === 0;
      return isFirst ? `${INDENT}${line}` : `${INDENT}${INDENT}${line}`;
    });
  }

  private costs(): string[] {
    const { costs = [] } = this.review;
    const lines = this.allWrapped(costLines(costs, this.render));
    const details = this.allWrapped(costDetails(costs, this.render));
    return [...this.part('cost', lines), ...this.part('costDetails', details)];
  }

  private config(): string[] {
    const { configDiff } = this.review;
    if (configDiff === '') return [];
    const lines = escapeInvisible(configDiff, '\n\t').split('\n');
    const paintedLines = lines.map((line) => {
      const style = DIFF_STYLES.get(line[0]) ?? 'dim';
      return this.painted(line, style);
    });
    return this.part('config', paintedLines);
  }

  private part(title: MessageId, lines: readonly string[]): string[] {
    if (lines.length === 0) return [];
    const titleLine = this.render(wordsOf(title));
    return ['', this.painted(titleLine, 'bold'), ...lines];
  }

  private sentence(words: Words, style?: Style): string[] {
    return this.wrapped(this.render(words), style);
  }

  private allWrapped(texts: readonly string[]): string[] {
    return texts.flatMap((text) => this.wrapped(text));
  }

  private wrapped(text: string, style?: Style): string[] {
    const lines = wrap(text, this.options.columns);
    return lines.map((line) => this.painted(line, style));
  }

  private painted(line: string, style: Style | undefined): string {
    if (!this.options.colour || style === undefined) return line;
    return styleText(style, line, { validateStream: false });
  }
}
