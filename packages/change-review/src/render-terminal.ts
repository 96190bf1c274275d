import { styleText } from 'node:util';
import { oneLine, escapeInvisible } from '@infra/common/untrusted-text';
import { costDetails, costLines } from './cost';
import { type EnvironmentReview, type Finding, type Review, type Style } from './model';
import { type Language, type MessageId, renderIn, wordsOf, wordsForCount } from './messages';
import { byLevel, countOf, shownOf, titleOf, toDoFor, unknownVerdict, verdict } from './report';
import type { Words } from '@infra/common/words';
import { limited } from '@infra/common/values';
import { wrap } from '@infra/common/wrap';

/** Properties of the terminal. */
export interface TerminalOptions {
  readonly columns: number;
  readonly colour: boolean;
  readonly language?: Language;
  readonly levelsPage?: string;
}

/** More findings are left out. */
const MOST_FINDINGS = 100;
const COLOURS: Readonly<Record<string, Style>> = { '+': 'green', '-': 'red', '@': 'cyan' };

/** The review for a terminal: the verdict, then what was found by environment and level. */
export function renderTerminal(review: Review, allowDestructive: boolean, options: TerminalOptions): string {
  const { columns, colour, language = 'en', levelsPage } = options;
  const text = renderIn(language, oneLine);
  const paint = (style: Style | undefined, line: string): string =>
    colour && style ? styleText(style, line, { validateStream: false }) : line;
  const lines = (words: readonly Words[], style?: Style, bullet = ''): string[] =>
    words.flatMap((each) => wrap(`${bullet}${text(each)}`, columns)).map((line) => paint(style, line));
  const part = (title: MessageId, content: readonly string[]): string[] =>
    content.length > 0 ? ['', paint('bold', text(wordsOf(title))), ...content] : [];
  const wrapped = (content: readonly string[]): string[] => content.flatMap((line) => wrap(line, columns));

  const finding = (one: Finding): string[] => [
    ...lines([one.subject], 'bold', '• '),
    ...lines(shownOf(one.says, 'moreSentences')),
    ...shownOf(one.changes, 'moreValues').flatMap((change) => wrap(text(change), columns - 4).map(indented)),
    ...lines(toDoFor(one, review.isDeployment)),
  ];
  const environment = ({ findings, ...one }: EnvironmentReview): string[] => [
    ...['', paint('bold', text([...titleOf(one), ': ', ...one.summary]))],
    ...byLevel(findings).flatMap(({ level, style, found }) => {
      const shown = limited(found.map(finding), MOST_FINDINGS, (more) => [text(wordsForCount('moreFindings', more))]);
      return [paint(style, text(wordsOf(`title.${level}`))), ...shown.flat()];
    }),
  ];

  const style = countOf(review, 'risk') > 0 ? 'red' : countOf(review, 'weaker') > 0 ? 'yellow' : 'green';
  const unchanged = review.environments.every(({ findings }) => findings.length === 0);
  const config = review.configDiff === '' ? [] : escapeInvisible(review.configDiff, '\n\t').split('\n');
  const costs = review.costs ?? [];
  return [
    ...lines(verdict(review, allowDestructive), style),
    ...lines(unknownVerdict(review), 'red'),
    ...(levelsPage === undefined || unchanged ? [] : lines([wordsOf('levels', { page: levelsPage })])),
    ...review.notes.flatMap((note) => ['', ...lines([note])]),
    // Without any change, the verdict says so already.
    ...review.environments.filter(({ deployed }) => deployed || !unchanged).flatMap(environment),
    ...part('cost', wrapped(costLines(costs, text))),
    ...part('costDetails', wrapped(costDetails(costs, text))),
    ...part(
      'config',
      config.map((line) => paint(COLOURS[line[0] ?? ''] ?? 'dim', line)),
    ),
    '',
  ].join('\n');
}

const indented = (line: string, index: number): string => `${index === 0 ? '  ' : '    '}${line}`;
