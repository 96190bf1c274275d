import { escapeInvisible } from '@infra/common/untrusted-text';
import { textWidth } from '@infra/common/text-width';
import { groupBy } from '@infra/common/values';
import { wrap } from '@infra/common/wrap';
import { type HealthResult, type ReportedAnswer, RESULTS_WORST_FIRST, symptomIn, worstResult } from './answer';
import type { AnswerCount } from './words';
import { words } from './words';
import type { HealthCommand } from './question';

/** Width of a report if the output is no terminal. */
const DEFAULT_WIDTH = 80;
/** Wider lines are hard to read. */
const MAXIMUM_WIDTH = 120;
/** Narrower lines are hard to read. A terminal that knows no size has 0 columns. */
const MINIMUM_WIDTH = 40;
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
 * number of answers per result, and the answers of each result.
 */
export function renderReport(report: Report): string {
  const { environmentName, answers, terminalWidth = DEFAULT_WIDTH } = report;
  const width = Math.max(MINIMUM_WIDTH, Math.min(terminalWidth, MAXIMUM_WIDTH));
  const lines = [
    ...renderVerdict(report, width),
    '',
    ...renderFirstCause(report, width),
    ...wrapText(words.counts({ environmentName, counts: answerCounts(answers) }), width),
    ...renderAnswers(report, width),
  ];
  if (firstCauseOf(report) && lines.length > LINES_OF_A_SCREEN) {
    lines.push('', ...wrapText(words.beginAtTop({ lineCount: lines.length }), width));
  }
  return [...lines, ''].join('\n');
}

function answersWith(result: HealthResult, answers: readonly ReportedAnswer[]): ReportedAnswer[] {
  return answers.filter((answer) => answer.result === result);
}

function firstCauseOf({ answers }: Report): ReportedAnswer | undefined {
  return answersWith('wrong', answers)[0];
}

/** Renders the answers of each result, the worst first, and equal answers once, below all their statements. */
function renderAnswers(report: Report, width: number): string[] {
  const answers = shownAnswers(report);
  const lines: string[] = [];
  for (const result of RESULTS_WORST_FIRST) {
    const answersOfResult = answersWith(result, answers);
    if (answersOfResult.length === 0) continue;
    lines.push('', words.titles[result]);
    // A service that does not answer is the answer to several statements.
    for (const [text, equalAnswers] of groupBy(answersOfResult, (answer) => answerText(answer, report))) {
      for (const { statement } of equalAnswers) lines.push(...wrapText(`- ${statement}`, width));
      lines.push(...indentedLines(text, width));
    }
  }
  return lines;
}

/** The answers with a sentence. `doctor` looks for causes, and leaves out what is well. */
function shownAnswers({ command, answers }: Report): ReportedAnswer[] {
  return answers.filter(({ result, says }) => says !== '' && (result !== 'well' || command !== 'doctor'));
}

function answerText({ says, fix }: ReportedAnswer, report: Report): string {
  if (fix === undefined) return says;
  return words.answerWithFix({ says, fix: fix === firstCauseOf(report)?.fix ? words.fixAsAbove : fix });
}

/** Number of answers per result that there is, the worst first. */
function answerCounts(answers: readonly ReportedAnswer[]): AnswerCount[] {
  const counts = RESULTS_WORST_FIRST.map((result) => ({ result, answerCount: answersWith(result, answers).length }));
  return counts.filter(({ answerCount }) => answerCount > 0);
}

/** Renders whether the environment is well, and what users feel. */
function renderVerdict(report: Report, width: number): string[] {
  const { environmentName, answers } = report;
  const usersAreServed = symptomIn(answers)?.usersAreServed;
  const verdict = wrapText(verdictOn(answers, usersAreServed)({ environmentName }), width);
  const symptom = symptomAboveCause(report);
  const missingRights = new Set(answers.flatMap((answer) => answer.missingRights ?? []));
  if (missingRights.size > 0) {
    verdict.unshift(...wrapText(words.missingRights({ rights: [...missingRights].sort() }), width));
  }
  return symptom === undefined ? verdict : [...verdict, ...indentedLines(symptom.says, width)];
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

/** Renders the first cause with its statement, and what fixes it, with a blank line below. */
function renderFirstCause(report: Report, width: number): string[] {
  const { environmentName, command } = report;
  const cause = firstCauseOf(report);
  if (!cause) return [];
  const says = indentedLines(cause.says, width);
  const lines = wrapText(words.firstCause({ statement: cause.statement }), width);
  lines.push(...says.slice(0, MOST_CAUSE_LINES));
  const cutOffCount = says.length - MOST_CAUSE_LINES;
  if (cutOffCount > 0) lines.push(`${INDENT}${words.cutOff({ lineCount: cutOffCount })}`);
  if (cause.fix !== undefined) lines.push(words.whatFixesIt, ...indentedLines(cause.fix, width));
  if (command === 'status') lines.push(words.allCauses({ command: `npm run prooflink -- doctor ${environmentName}` }));
  return [...lines, ''];
}

function indentedLines(text: string, width: number): string[] {
  const lines = printable(text).split('\n');
  return lines.flatMap((line) => wrapAroundEnd(line, width - INDENT.length)).map((line) => `${INDENT}${line}`);
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
