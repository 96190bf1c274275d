import { visible } from '@infra/common/untrusted-text';
import { wrap } from '@infra/common/wrap';
import Table from 'cli-table3';
import type { ReportedAnswer, Result } from './answer';

/** Titles of the tables, in their order. */
const TITLES = {
  wrong: 'Wrong',
  unknown: 'Could not be asked',
  look: 'A person must look',
  asleep: 'Asleep',
  well: 'Well',
} as const satisfies Record<Result, string>;
const RESULTS = Object.keys(TITLES) as Result[];

const MOST_COLUMNS = 120;
const STATEMENT_WIDTH = 30;
const LEAST_ANSWER_WIDTH = 30;
const BORDERS = 3;
/** Spaces on both sides of a cell's text. */
const CELL_PADDING = 2;

/** For a person: a table per result, then the verdict with the first cause, from the outside in, and its fix. */
export function render(
  environmentName: string,
  command: string,
  answers: readonly ReportedAnswer[],
  columns = 80,
): string {
  const width = Math.min(columns, MOST_COLUMNS);
  return [
    renderTables(command, answers, width),
    '',
    ...wrapLines(`${environmentName}: ${countResults(answers)}.`, width, ''),
    `${environmentName} ${verdictOn(answers)}`,
    ...renderFirstCause(environmentName, command, answers, width),
    '',
  ].join('\n');
}

function answersWith(result: Result, answers: readonly ReportedAnswer[]): ReportedAnswer[] {
  return answers.filter((answer) => answer.result === result);
}

/** `doctor` looks for causes: what is well is left out. */
function renderTables(command: string, answers: readonly ReportedAnswer[], width: number): string {
  const results = RESULTS.filter((result) => result !== 'well' || command !== 'doctor');
  const tables: string[] = [];
  for (const result of results) {
    const rows = answersWith(result, answers).filter(({ says }) => says !== '');
    if (rows.length > 0) tables.push(`${TITLES[result]}\n${renderTable(rows, width)}`);
  }
  return tables.join('\n\n');
}

/** Statements beside their answers, without colours, in cells of the same widths in every table. */
function renderTable(answers: readonly ReportedAnswer[], width: number): string {
  const answerWidth = Math.max(width - STATEMENT_WIDTH - BORDERS, LEAST_ANSWER_WIDTH);
  const table = new Table({
    colWidths: [STATEMENT_WIDTH, answerWidth],
    style: { head: [], border: [], compact: true },
  });
  for (const { statement, says, fix } of answers) {
    const answer = fix === undefined ? says : `${says}\nFix: ${fix}`;
    table.push([cellText(visible(statement), STATEMENT_WIDTH), cellText(visible(answer, '\n'), answerWidth)]);
  }
  return table.toString();
}

function cellText(text: string, cellWidth: number): string {
  return wrap(text, cellWidth - CELL_PADDING).join('\n');
}

/** `wrong: 1, well: 12` */
function countResults(answers: readonly ReportedAnswer[]): string {
  const counts: string[] = [];
  for (const result of RESULTS) {
    const { length } = answersWith(result, answers);
    if (length > 0) counts.push(`${TITLES[result].toLowerCase()}: ${length}`);
  }
  return counts.join(', ');
}

function verdictOn(answers: readonly ReportedAnswer[]): string {
  const results = new Set(answers.map(({ result }) => result));
  if (results.has('wrong')) return 'is not well. The first cause, from the outside in:';
  if (results.has('unknown')) return 'could not be asked for everything.';
  return results.has('asleep') ? 'is well, and sleeps.' : 'is well.';
}

function renderFirstCause(
  environmentName: string,
  command: string,
  answers: readonly ReportedAnswer[],
  width: number,
): string[] {
  const cause = answersWith('wrong', answers)[0];
  if (!cause) return [];
  const lines = wrapLines(cause.says, width);
  if (cause.fix) {
    lines.push('What fixes it:');
    lines.push(...wrapLines(cause.fix, width));
  }
  if (command === 'status') lines.push(`All causes: npm run prooflink -- doctor ${environmentName}`);
  return lines;
}

const INDENT = '  ';

function wrapLines(text: string, width: number, indent = INDENT): string[] {
  const lines = wrap(visible(text, '\n'), width - INDENT.length);
  return lines.map((line) => `${indent}${line}`);
}
