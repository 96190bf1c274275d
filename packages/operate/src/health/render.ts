import { escapeInvisible } from '@infra/common/untrusted-text';
import { textWidth } from '@infra/common/text-width';
import { groupBy } from '@infra/common/values';
import { wrap } from '@infra/common/wrap';
import Table from 'cli-table3';
import { type HealthResult, type ReportedAnswer, RESULTS_WORST_FIRST } from './answer';
import type { AnswerCount } from './words';
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
/** A command in a line of a fix: the whole line, or its end after a colon. */
const COMMAND = /(?<=^|: )(?:aws|npm run prooflink --|npx cdk) .+$/;

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
  const proseWidth = width - INDENT.length;
  const lines = [
    renderTables(report, width),
    ...renderBrokenCommands(report, width),
    '',
    ...wrapText(words.counts({ environmentName, counts: answerCounts(answers) }), proseWidth),
    ...renderVerdict(report, proseWidth),
    '',
  ];
  return lines.join('\n');
}

function answersWith(result: HealthResult, answers: readonly ReportedAnswer[]): ReportedAnswer[] {
  return answers.filter((answer) => answer.result === result);
}

/** Renders a table per result, the worst first. */
function renderTables(report: Report, width: number): string {
  const tables: string[] = [];
  for (const result of RESULTS_WORST_FIRST) {
    const rows = answersWith(result, answersInTables(report));
    if (rows.length > 0) tables.push(`${words.titles[result]}\n${renderTable(rows, width)}`);
  }
  return tables.join('\n\n');
}

/** Answers that the tables show. `doctor` looks for causes, and leaves out what is well. */
function answersInTables({ command, answers }: Report): ReportedAnswer[] {
  const shown = answers.filter(({ result }) => result !== 'well' || command !== 'doctor');
  // An answer without a sentence, NOTHING_WRONG, would be an empty cell. It still counts in `answerCounts`.
  return shown.filter(({ says }) => says !== '');
}

/**
 * Renders the commands of fixes that a cell breaks into several lines, to be copied: pasted from the cell, each of these would
 * run as a command of its own. The verdict has the commands of the first cause.
 */
function renderBrokenCommands(report: Report, width: number): string[] {
  const { answerWidth } = columnWidths(width);
  const answers = answersInTables(report).filter((answer) => answer !== firstCauseOf(report));
  const broken = answers.flatMap((answer) => {
    const lines = cellLines(answerText(answer), answerWidth);
    return commandsIn(answer.fix ?? '').filter((command) => !lines.some((line) => line.includes(command)));
  });
  return broken.length === 0 ? [] : ['', words.brokenCommands, ...new Set(broken)];
}

function commandsIn(text: string): string[] {
  return printable(text)
    .split('\n')
    .flatMap((line) => COMMAND.exec(line) ?? []);
}

function firstCauseOf({ answers }: Report): ReportedAnswer | undefined {
  return answersWith('wrong', answers)[0];
}

/** Renders statements beside their answers, equal answers once, without colours, in columns of the same width in every table. */
function renderTable(answers: readonly ReportedAnswer[], width: number): string {
  const { statementWidth, answerWidth } = columnWidths(width);
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

function columnWidths(tableWidth: number) {
  const columnsWidth = tableWidth - TOTAL_BORDER_WIDTH;
  const statementWidth = Math.min(STATEMENT_COLUMN_WIDTH, Math.floor(columnsWidth / 2));
  return { statementWidth, answerWidth: columnsWidth - statementWidth };
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
function renderVerdict(report: Report, proseWidth: number): string[] {
  const { environmentName, command, answers } = report;
  const firstCause = firstCauseOf(report);
  if (firstCause) {
    const lines = [words.verdict.notWell({ environmentName }), ...indentedLines(firstCause.says, proseWidth)];
    if (firstCause.fix) {
      lines.push(words.verdict.whatFixesIt);
      lines.push(...indentedLines(firstCause.fix, proseWidth));
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

function indentedLines(text: string, proseWidth: number): string[] {
  const lines = printable(text).split('\n');
  return lines.flatMap((line) => wrapAroundCommand(line, proseWidth)).map((line) => `${INDENT}${line}`);
}

/** Breaks a line, but not the command at its end: one that does not fit is a line of its own. */
function wrapAroundCommand(line: string, width: number): string[] {
  const [command] = COMMAND.exec(line) ?? [];
  if (command === undefined || textWidth(line) <= width) return wrap(line, width);
  const sentence = line.slice(0, -command.length).trimEnd();
  return sentence === '' ? [command] : [...wrap(sentence, width), command];
}

/** Breaks a text into lines of a width. */
function wrapText(text: string, width: number): string[] {
  return wrap(printable(text), width);
}

/** Text in which invisible characters of AWS's texts are written out, except line breaks. */
function printable(text: string): string {
  const keptCharacters = '\n';
  return escapeInvisible(text, keptCharacters);
}
