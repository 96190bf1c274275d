import { escapeInvisible } from '@infra/common/untrusted-text';
import { textWidth } from '@infra/common/text-width';
import { groupBy } from '@infra/common/values';
import { wrap } from '@infra/common/wrap';
import Table from 'cli-table3';
import { type HealthResult, type ReportedAnswer, RESULTS_WORST_FIRST, symptomIn, worstResult } from './answer';
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

/** An error of AWS with its name, `AccessDeniedException: …`, at the end of a line. A search finds it if no line breaks it. */
const ERROR = /\b[A-Z][a-z]+[A-Z]\w*: .+$/;

/** Content of a report. */
export interface Report {
  readonly environmentName: string;
  readonly command: HealthCommand;
  /** Answers in the order in which a cause precedes its consequences. */
  readonly answers: readonly ReportedAnswer[];
  /** Columns of the terminal; `undefined`: the output is no terminal. */
  readonly terminalWidth: number | undefined;
}

/** A report that is longer says in its last line where to begin. */
const LINES_OF_A_SCREEN = 24;

/**
 * Renders a report for a person. On the first screen: what users feel, the first cause, and the commands that fix it. Below: the
 * number of answers per result, a table per result, and the commands of the tables.
 */
export function renderReport(report: Report): string {
  const { environmentName, answers, terminalWidth = DEFAULT_WIDTH } = report;
  const width = Math.max(MINIMUM_WIDTH, Math.min(terminalWidth, MAXIMUM_WIDTH));
  const proseWidth = width - INDENT.length;
  const tables = renderTables(report, width);
  const lines = [
    ...renderVerdict(report, proseWidth),
    ...renderFirstCause(report, proseWidth),
    ...wrapText(words.counts({ environmentName, counts: answerCounts(answers) }), proseWidth),
    ...tables,
  ];
  if (firstCauseOf(report) && lines.length > LINES_OF_A_SCREEN) {
    lines.push('', ...wrapText(words.beginAtTop({ lineCount: lines.length }), proseWidth));
  }
  return [...lines, ''].join('\n');
}

function answersWith(result: HealthResult, answers: readonly ReportedAnswer[]): ReportedAnswer[] {
  return answers.filter((answer) => answer.result === result);
}

/** Renders a table per result, the worst first, and then the errors and commands of all tables, each once. */
function renderTables(report: Report, width: number): string[] {
  const commands = new TableCommands(commandsIn(firstCauseOf(report)?.fix));
  const answers = answersInTables(report, width);
  const lines: string[] = [];
  for (const result of RESULTS_WORST_FIRST) {
    const rows = answersWith(result, answers);
    if (rows.length === 0) continue;
    lines.push('', titleOf(result, rows, report), ...renderTable(rows, commands, width).split('\n'));
  }
  return [...lines, ...renderErrors(answers, lines), ...commands.render()];
}

/** The errors of AWS that the lines of a table break, each on one line. */
function renderErrors(answers: readonly ReportedAnswer[], tableLines: readonly string[]): string[] {
  const errors = answers.flatMap(({ says }) => printable(says).split('\n')).flatMap((line) => ERROR.exec(line) ?? []);
  const broken = errors.filter((error) => !tableLines.some((line) => line.includes(error)));
  return broken.length === 0 ? [] : ['', words.errorsOfTables, ...new Set(broken)];
}

function titleOf(result: HealthResult, rows: readonly ReportedAnswer[], report: Report): string {
  const firstCause = firstCauseOf(report);
  const isBesideCause = result === 'wrong' && firstCause !== undefined && !rows.includes(firstCause);
  return isBesideCause ? words.alsoWrong : words.titles[result];
}

/**
 * Commands of the fixes in tables. A cell has the number of a command in its place: pasted from a cell that breaks it, each of its
 * lines would run as a command of its own.
 */
class TableCommands {
  private readonly numbers = new Map<string, number>();

  /** @param known - Commands of the first cause, which are above the tables. */
  constructor(private readonly known: readonly string[]) {}

  /** A fix with numbers in the place of its commands. */
  public withNumbers(fix: string): string {
    const commands = commandsIn(fix);
    const areAllAbove = commands.length > 0 && commands.every((command) => this.known.includes(command));
    if (areAllAbove) return words.fixAsAbove;
    const lines = printable(fix).split('\n');
    return lines.map((line) => line.replace(COMMAND, (command) => this.numberOf(command))).join('\n');
  }

  /** Lines with the numbers and commands. */
  public render(): string[] {
    if (this.numbers.size === 0) return [];
    const entries = [...this.numbers].flatMap(([command, number]) => [`(${number})`, command]);
    return ['', words.commandsOfTables, ...entries];
  }

  private numberOf(command: string): string {
    if (this.known.includes(command)) return words.fixAsAbove;
    const number = this.numbers.get(command) ?? this.numbers.size + 1;
    this.numbers.set(command, number);
    return `(${number})`;
  }
}

/** Answers that the tables show. `doctor` looks for causes, and leaves out what is well. */
function answersInTables(report: Report, width: number): ReportedAnswer[] {
  const { command, answers } = report;
  const shown = answers.filter(({ result }) => result !== 'well' || command !== 'doctor');
  // An answer without a sentence, NOTHING_WRONG, would be an empty cell. It still counts in `answerCounts`.
  const withSentence = shown.filter(({ says }) => says !== '');
  return withSentence.filter((answer) => !isAbove(answer, report) || isCutOff(answer, width));
}

/** True if the lines above the tables have an answer's text, and its fix. */
function isAbove({ says, fix }: ReportedAnswer, report: Report): boolean {
  const cause = firstCauseOf(report);
  const textsAbove = [cause?.says, symptomAboveCause(report)?.says];
  return textsAbove.includes(says) && (fix === undefined || fix === cause?.fix);
}

/** True if the first screen has only the beginning of an answer's text. */
function isCutOff({ says }: ReportedAnswer, width: number): boolean {
  return indentedLines(says, width - INDENT.length).length > MOST_CAUSE_LINES;
}

function commandsIn(text = ''): string[] {
  return printable(text)
    .split('\n')
    .flatMap((line) => COMMAND.exec(line) ?? []);
}

function firstCauseOf({ answers }: Report): ReportedAnswer | undefined {
  return answersWith('wrong', answers)[0];
}

/** Renders statements beside their answers, equal answers once, without colours, in columns of the same width in every table. */
function renderTable(answers: readonly ReportedAnswer[], commands: TableCommands, width: number): string {
  const { statementWidth, answerWidth } = columnWidths(width);
  const table = new Table({
    colWidths: [statementWidth, answerWidth],
    style: { head: [], border: [], compact: true },
  });
  // A service that does not answer is the answer to several statements.
  for (const [answer, statements] of groupBy(answers, (each) => answerText(each, commands))) {
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

function answerText({ says, fix }: ReportedAnswer, commands: TableCommands): string {
  return fix === undefined ? says : words.answerWithFix({ says, fix: commands.withNumbers(fix) });
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

/** Renders whether the environment is well, and what users feel. */
function renderVerdict(report: Report, proseWidth: number): string[] {
  const { environmentName, answers } = report;
  const usersAreServed = symptomIn(answers)?.usersAreServed;
  const verdict = wrapText(verdictOn(answers, usersAreServed)({ environmentName }), proseWidth);
  const symptom = symptomAboveCause(report);
  const missingRights = new Set(answers.flatMap((answer) => answer.missingRights ?? []));
  if (missingRights.size > 0) {
    verdict.unshift(...wrapText(words.missingRights({ rights: [...missingRights].sort() }), proseWidth));
  }
  return symptom === undefined ? verdict : [...verdict, ...indentedLines(symptom.says, proseWidth)];
}

/** The answer on what users feel, unless all is well, or it is the first cause itself. */
function symptomAboveCause(report: Report): ReportedAnswer | undefined {
  const symptom = symptomIn(report.answers);
  return symptom === firstCauseOf(report) || symptom?.usersAreServed !== false ? undefined : symptom;
}

function verdictOn(answers: readonly ReportedAnswer[], usersAreServed: boolean | undefined) {
  const { verdict } = words;
  const isLost = usersAreServed === false;
  switch (worstResult(answers)) {
    case 'wrong':
      if (isLost) return verdict.withoutService;
      return usersAreServed ? verdict.notWellButServed : verdict.notWell;
    case 'unknown':
      return isLost ? verdict.withoutService : verdict.notAsked;
    case 'underway':
      return isLost ? verdict.underwayWithoutService : verdict.underway;
    default:
      return answers.some(({ result }) => result === 'asleep') ? verdict.asleep : verdict.well;
  }
}

/** Longest text on the first cause, in lines: what fixes it must be on the first screen. */
const MOST_CAUSE_LINES = 9;

/** Renders the first cause with its statement, and what fixes it, between blank lines. */
function renderFirstCause(report: Report, proseWidth: number): string[] {
  const { environmentName, command } = report;
  const cause = firstCauseOf(report);
  if (!cause) return [''];
  const says = indentedLines(cause.says, proseWidth);
  const lines = ['', ...wrapText(words.firstCause({ statement: cause.statement }), proseWidth)];
  lines.push(...says.slice(0, MOST_CAUSE_LINES));
  const cutOffCount = says.length - MOST_CAUSE_LINES;
  if (cutOffCount > 0) lines.push(`${INDENT}${words.cutOff({ lineCount: cutOffCount })}`);
  if (cause.fix !== undefined) lines.push(words.whatFixesIt, ...indentedLines(cause.fix, proseWidth));
  if (command === 'status') lines.push(words.allCauses({ command: `npm run prooflink -- doctor ${environmentName}` }));
  return [...lines, ''];
}

function indentedLines(text: string, proseWidth: number): string[] {
  const lines = printable(text).split('\n');
  return lines.flatMap((line) => wrapAroundEnd(line, proseWidth)).map((line) => `${INDENT}${line}`);
}

/** Breaks a line, but not the command or the error at its end: one that does not fit is a line of its own. */
function wrapAroundEnd(line: string, width: number): string[] {
  const [end] = COMMAND.exec(line) ?? ERROR.exec(line) ?? [];
  if (end === undefined || textWidth(line) <= width) return wrap(line, width);
  const sentence = line.slice(0, -end.length).trimEnd();
  return sentence === '' ? [end] : [...wrap(sentence, width), end];
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
