import { styleText } from 'node:util';
import { oneLine, visible } from '@infra/common/untrusted-text';
import { type CostChange, costDetails, costLines } from './cost';
import { type EnvironmentReview, type Finding, LEVELS, type Review, type Style } from './model';
import { countOf, shownOf, titleOf, unknownVerdict, verdict } from './report';
import { count, renderWords, type Words } from '@infra/common/words';
import { wrap } from '@infra/common/wrap';

/** How the terminal takes it. */
export interface TerminalOptions {
  readonly columns: number;
  readonly colour: boolean;
}

type Paint = (style: Style, text: string) => string;

/** Nobody reads more. */
const MOST_FINDINGS = 100;

/** The review for a terminal: the verdict, then what was found by environment and level. */
export function renderTerminal(review: Review, allowDestructive: boolean, options: TerminalOptions): string {
  const paint: Paint = (style, text) => (options.colour ? styleText(style, text, { validateStream: false }) : text);
  const style = countOf(review, 'risk') > 0 ? 'red' : countOf(review, 'weaker') > 0 ? 'yellow' : 'green';
  const unchanged = review.environments.every(({ findings }) => findings.length === 0);
  return [
    ...verdict(review, allowDestructive)
      .flatMap((words) => wrap(text(words), options.columns))
      .map((line) => paint(style, line)),
    ...unknownVerdict(review)
      .flatMap((words) => wrap(text(words), options.columns))
      .map((line) => paint('red', line)),
    ...costLines(review.costs ?? [], options.columns),
    ...review.notes.flatMap((note) => ['', ...wrap(text(note), options.columns)]),
    // Where nothing changes at all, the verdict says so already.
    ...review.environments
      .filter(({ deployed }) => deployed || !unchanged)
      .flatMap((each) => renderEnvironment(each, options.columns, paint)),
    ...renderCosts(review.costs ?? [], options.columns, paint),
    ...renderConfig(review.configDiff, paint),
    '',
  ].join('\n');
}

const text = (words: Words): string => renderWords(words, oneLine);

function renderEnvironment(environment: EnvironmentReview, columns: number, paint: Paint): string[] {
  const heading = ['', paint('bold', `${text(titleOf(environment))}: ${text(environment.summary)}`)];
  const parts = LEVELS.flatMap(([level, title, , , style]) => {
    const findings = environment.findings.filter((finding) => finding.level === level);
    if (findings.length === 0) return [];
    const more = findings.length - MOST_FINDINGS;
    const rest = more > 0 ? [`${count(more, 'finding')} more, left out.`] : [];
    const shown = findings.slice(0, MOST_FINDINGS).flatMap((finding) => renderFinding(finding, columns, paint));
    return [paint(style, title), ...shown, ...rest];
  });
  return [...heading, ...parts];
}

function renderFinding({ subject, says, changes }: Finding, columns: number, paint: Paint): string[] {
  return [
    ...wrap(`• ${text(subject)}`, columns).map((line) => paint('bold', line)),
    ...shownOf(says, 'sentence').flatMap((sentence) => wrap(text(sentence), columns)),
    ...shownOf(changes, 'value').flatMap((change) => wrap(text(change), columns - 4).map(indented)),
  ];
}

const indented = (line: string, index: number): string => `${index === 0 ? '  ' : '    '}${line}`;

function renderCosts(costs: readonly CostChange[], columns: number, paint: Paint): string[] {
  const details = costDetails(costs, columns);
  return details.length > 0 ? ['', paint('bold', 'Cost, by usage'), ...details] : [];
}

function renderConfig(configDiff: string, paint: Paint): string[] {
  if (configDiff === '') return [];
  const colours: Readonly<Record<string, Style>> = { '+': 'green', '-': 'red', '@': 'cyan' };
  const lines = visible(configDiff, '\n\t').split('\n');
  return [
    '',
    paint('bold', 'What changes in lib/config'),
    ...lines.map((line) => paint(colours[line[0] ?? ''] ?? 'dim', line)),
  ];
}
