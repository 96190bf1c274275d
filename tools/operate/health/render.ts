import { escapeInvisible } from '@infra/common/untrusted-text';
import { groupBy } from '@infra/common/values';
import { wrap } from '@infra/common/wrap';
import Table from 'cli-table3';
import { type HealthResult, type ReportedAnswer, RESULTS_WORST_FIRST } from './answer';
import type { AnswerCount } from './en';
import { words } from './words';
import type { HealthCommand } from './question';

/** Width of a report if the output is no terminal. */
const DEFAULT_WIDTH = 80;
/** Wider lines are hard to read. */
const MAXIMUM_WIDTH = 120;
/** Narrower columns of a table are hard to read. */
const MINIMUM_WIDTH = 40;
/** Width of the column of statements, unless half a table is less. */
const STATEMENT_COLUMN_WIDTH = 30;
/** Width of a table's three vertical lines: left, between its two columns, and right. */
const TOTAL_BORDER_WIDTH = 3;
/** Spaces on both sides of a cell's text. */
const CELL_PADDING = 2;
const INDENT = '  ';

/** Content of a report. */
export interface Report {
  readonly environmentName: string;
  readonly command: HealthCommand;
  /** Answers in the order in which a cause precedes its consequences. */
  readonly answers: readonly ReportedAnswer[];
  /** Columns of the terminal; `undefined`: the output is no terminal. */
  readonly terminalWidth: number | undefined;
}

/** Renders a report for a person: a table per result, the number of answers per result, and the verdict. */
export function renderReport(report: Report): string {
  const { environmentName, answers, terminalWidth = DEFAULT_WIDTH } = report;
  const width = Math.max(MINIMUM_WIDTH, Math.min(terminalWidth, MAXIMUM_WIDTH));
  const textWidth = width - INDENT.length;
  const lines = [
    renderTables(report, width),
    '',
    ...wrapText(words.counts({ environmentName, counts: answerCounts(answers) }), textWidth),
    ...renderVerdict(report, textWidth),
    '',
  ];
  return lines.join('\n');
}

function answersWith(result: HealthResult, answers: readonly ReportedAnswer[]): ReportedAnswer[] {
  return answers.filter((answer) => answer.result === result);
}

/** Renders a table per result, the worst first. `doctor` looks for causes, and leaves out what is well. */
function renderTables({ command, answers }: Report, width: number): string {
  const results = RESULTS_WORST_FIRST.filter((result) => result !== 'well' || command !== 'doctor');
  const tables: string[] = [];
  for (const result of results) {
    // An answer without a sentence, NOTHING_WRONG, would be an empty cell. It still counts in `answerCounts`.
    const rows = answersWith(result, answers).filter(({ says }) => says !== '');
    if (rows.length > 0) tables.push(`${words.titles[result]}\n${renderTable(rows, width)}`);
  }
  return tables.join('\n\n');
}

/** Renders statements beside their answers, equal answers once, without colours, in columns of the same width in every table. */
function renderTable(answers: readonly ReportedAnswer[], width: number): string {
  const columnsWidth = width - TOTAL_BORDER_WIDTH;
  const statementWidth = Math.min(STATEMENT_COLUMN_WIDTH, Math.floor(columnsWidth / 2));
  const answerWidth = columnsWidth - statementWidth;
  const table = new Table({
    colWidths: [statementWidth, answerWidth],
    style: { head: [], border: [], compact: true },
  });
  // A service that does not answer is the answer to several statements.
  for (const [answer, statements] of groupBy(answers, answerText)) {
    const statementLines = statements.flatMap(({ statement }) => cellLines(statement, statementWidth));
    table.push(...rowsOf(statementLines, cellLines(answer, answerWidth)));
  }
  return table.toString();
}

function answerText({ says, fix }: ReportedAnswer): string {
  return fix === undefined ? says : words.answerWithFix({ says, fix });
}

function cellLines(text: string, columnWidth: number): string[] {
  return wrapText(text, columnWidth - CELL_PADDING);
}

/** A row for each line: the time that cli-table3 takes for a cell grows with the square of the cell's length. */
function rowsOf(statementLines: readonly string[], answerLines: readonly string[]): [string, string][] {
  const rowCount = Math.max(statementLines.length, answerLines.length);
  return Array.from({ length: rowCount }, (_, index) => [statementLines[index] ?? '', answerLines[index] ?? '']);
}

/** Number of answers per result that there is, the worst first. */
function answerCounts(answers: readonly ReportedAnswer[]): AnswerCount[] {
  const counts = RESULTS_WORST_FIRST.map((result) => ({ result, answerCount: answersWith(result, answers).length }));
  return counts.filter(({ answerCount }) => answerCount > 0);
}

/** Renders the verdict on the environment as lines: its first cause with the fix, if it is not well. */
function renderVerdict({ environmentName, command, answers }: Report, textWidth: number): string[] {
  const firstCause = answersWith('wrong', answers)[0];
  if (firstCause) {
    const lines = [words.verdict.notWell({ environmentName }), ...indentedLines(firstCause.says, textWidth)];
    if (firstCause.fix) {
      lines.push(words.verdict.whatFixesIt());
      lines.push(...indentedLines(firstCause.fix, textWidth));
    }
    if (command === 'status') {
      lines.push(words.verdict.allCauses({ command: `npm run prooflink -- doctor ${environmentName}` }));
    }
    return lines;
  }
  const results = new Set(answers.map(({ result }) => result));
  if (results.has('unknown')) return [words.verdict.notAsked({ environmentName })];
  if (results.has('asleep')) return [words.verdict.asleep({ environmentName })];
  return [words.verdict.well({ environmentName })];
}

function indentedLines(text: string, textWidth: number): string[] {
  return wrapText(text, textWidth).map((line) => `${INDENT}${line}`);
}

/** Breaks a text into lines of a width. Invisible characters of AWS's texts are written out, except line breaks. */
function wrapText(text: string, width: number): string[] {
  const keptCharacters = '\n';
  return wrap(escapeInvisible(text, keptCharacters), width);
}
