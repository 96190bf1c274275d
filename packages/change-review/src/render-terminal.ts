import { styleText } from 'node:util';
import { oneLine, visible } from '@infra/common/untrusted-text';
import { type CostChange, costDetails, costLines } from './cost';
import { type EnvironmentReview, type Finding, LEVELS, type Review, type Style } from './model';
import { type Language, type Render, renderIn, tell, tellCount } from './messages';
import { countOf, shownOf, titleOf, toDoFor, unknownVerdict, verdict } from './report';
import type { Words } from '@infra/common/words';
import { wrap } from '@infra/common/wrap';

/** Properties of the terminal. */
export interface TerminalOptions {
  readonly columns: number;
  readonly colour: boolean;
  readonly language?: Language;
  readonly levelsPage?: string;
}

type Paint = (style: Style, text: string) => string;
/** Writes lines: language, columns, colours. */
interface Pen {
  readonly text: Render;
  readonly columns: number;
  readonly paint: Paint;
  readonly isDeployment: boolean;
}

/** More findings are left out. */
const MOST_FINDINGS = 100;

/** The review for a terminal: the verdict, then what was found by environment and level. */
export function renderTerminal(review: Review, allowDestructive: boolean, options: TerminalOptions): string {
  const paint: Paint = (style, text) => (options.colour ? styleText(style, text, { validateStream: false }) : text);
  const text = renderIn(options.language ?? 'en', oneLine);
  const pen = { text, columns: options.columns, paint, isDeployment: review.isDeployment === true };
  const lines = (words: readonly Words[]) => words.flatMap((each) => wrap(text(each), options.columns));
  const style = countOf(review, 'risk') > 0 ? 'red' : countOf(review, 'weaker') > 0 ? 'yellow' : 'green';
  const unchanged = review.environments.every(({ findings }) => findings.length === 0);
  const page = options.levelsPage === undefined || unchanged ? [] : [tell('levels', { page: options.levelsPage })];
  return [
    ...lines(verdict(review, allowDestructive)).map((line) => paint(style, line)),
    ...lines(unknownVerdict(review)).map((line) => paint('red', line)),
    ...lines(page),
    ...review.notes.flatMap((note) => ['', ...lines([note])]),
    // Without any change, the verdict says so already.
    ...review.environments
      .filter(({ deployed }) => deployed || !unchanged)
      .flatMap((each) => renderEnvironment(each, pen)),
    ...renderCosts(review.costs ?? [], pen),
    ...renderConfig(review.configDiff, pen),
    '',
  ].join('\n');
}

function renderEnvironment(environment: EnvironmentReview, pen: Pen): string[] {
  const { text, paint } = pen;
  const heading = ['', paint('bold', text([...titleOf(environment), ': ', ...environment.summary]))];
  const parts = LEVELS.flatMap(({ level, style }) => {
    const findings = environment.findings.filter((finding) => finding.level === level);
    if (findings.length === 0) return [];
    const more = findings.length - MOST_FINDINGS;
    const rest = more > 0 ? [text(tellCount('moreFindings', more))] : [];
    const shown = findings.slice(0, MOST_FINDINGS).flatMap((finding) => renderFinding(finding, pen));
    return [paint(style, text(tell(`title.${level}`))), ...shown, ...rest];
  });
  return [...heading, ...parts];
}

function renderFinding(finding: Finding, { text, columns, paint, isDeployment }: Pen): string[] {
  return [
    ...wrap(`• ${text(finding.subject)}`, columns).map((line) => paint('bold', line)),
    ...shownOf(finding.says, 'moreSentences').flatMap((sentence) => wrap(text(sentence), columns)),
    ...shownOf(finding.changes, 'moreValues').flatMap((change) => wrap(text(change), columns - 4).map(indented)),
    ...toDoFor(finding, isDeployment).flatMap((each) => wrap(text(each), columns)),
  ];
}

const indented = (line: string, index: number): string => `${index === 0 ? '  ' : '    '}${line}`;

function renderCosts(costs: readonly CostChange[], { text, columns, paint }: Pen): string[] {
  const part = (title: 'cost' | 'costDetails', lines: readonly string[]) =>
    lines.length > 0 ? ['', paint('bold', text(tell(title))), ...lines.flatMap((line) => wrap(line, columns))] : [];
  return [...part('cost', costLines(costs, text)), ...part('costDetails', costDetails(costs, text))];
}

function renderConfig(configDiff: string, { text, paint }: Pen): string[] {
  if (configDiff === '') return [];
  const colours: Readonly<Record<string, Style>> = { '+': 'green', '-': 'red', '@': 'cyan' };
  const lines = visible(configDiff, '\n\t').split('\n');
  return [
    '',
    paint('bold', text(tell('config'))),
    ...lines.map((line) => paint(colours[line[0] ?? ''] ?? 'dim', line)),
  ];
}
