import { type Outcome, outcomeOf } from '@infra/common/outcome';
import { language } from '@infra/common/language';
import { deadlineFromNow } from '@infra/operate/deployed/deadline';
import { readStack } from '@infra/operate/deployed/deployed-stack';
import { environmentOf } from '@infra/operate/deployed/environment';
import type { OnCompared } from '../changed-by-hand/changed-by-hand';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { type Answer, type ReportedAnswer, symptomIn, worstResult } from './answer';
import { askQuestions } from './ask-questions';
import type { HealthCommand } from './question';
import { renderReport } from './render';

/** Options of `status` and `doctor`. */
export interface HealthOptions {
  /** True if the report is JSON for a program, instead of text for a person. */
  readonly json?: boolean;
  /** Columns of the terminal; `undefined`: the output is no terminal. */
  readonly columns?: number;
  /** Moment for which the environment is asked; the present one unless given. */
  readonly now?: Date;
  /** Called after each comparison of a resource with its template. */
  readonly onCompared?: OnCompared;
}

/** Time for all comparisons, after the questions: CloudFormation takes seconds for each, and five at once at most. */
const COMPARING_TIME_MS = 120_000;

/**
 * Reports on a deployed environment. The exit code is 1 if an answer is wrong, and 2 if it is not known whether all is
 * well: AWS could not be asked for all answers, or a deployment is underway.
 */
export async function runHealth(
  environmentName: EnvironmentName,
  command: HealthCommand,
  options: HealthOptions = {},
): Promise<Outcome> {
  const outcome = await outcomeOf(() => reportOnEnvironment(environmentName, command, options), { language });
  const hasReport = outcome.stdout !== '';
  if (hasReport || !options.json) return outcome;
  // A program gets JSON even if there is no stack to ask about.
  const failure = { environment: environmentName, language, exitCode: 2, error: outcome.stderr.trim() };
  return { ...outcome, stdout: toJson(failure), stderr: '' };
}

async function reportOnEnvironment(
  environmentName: EnvironmentName,
  command: HealthCommand,
  { json, columns, now, onCompared }: HealthOptions,
): Promise<Outcome> {
  const deadline = deadlineFromNow();
  const environment = environmentOf(await readStack(environmentName, { deadline }), now);
  const answers = await askQuestions(environment, command, {
    onStart: () => {
      deadline.moveTo(COMPARING_TIME_MS);
    },
    onCompared,
  });
  const exitCode = exitCodeFor(answers);
  const stdout = json
    ? jsonReport(environmentName, exitCode, answers)
    : renderReport({ environmentName, command, answers, terminalWidth: columns });
  return { exitCode, stdout, stderr: '' };
}

function exitCodeFor(answers: readonly Answer[]): Outcome['exitCode'] {
  switch (worstResult(answers)) {
    case 'wrong':
      return 1;
    case 'unknown':
    case 'underway':
      return 2;
    default:
      return 0;
  }
}

/**
 * The report for a program. Its `cause` is the first wrong answer: a cause comes before its consequences. `usersAreServed` is
 * left out if it is not known.
 */
function jsonReport(
  environmentName: EnvironmentName,
  exitCode: Outcome['exitCode'],
  reportedAnswers: readonly ReportedAnswer[],
): string {
  const answers = reportedAnswers.map(jsonAnswer);
  const cause = answers.find(({ result }) => result === 'wrong') ?? null;
  const usersAreServed = symptomIn(reportedAnswers)?.usersAreServed;
  return toJson({ environment: environmentName, language, exitCode, usersAreServed, cause, answers });
}

/** An answer with the keys on which programs rely. */
function jsonAnswer({ id, statement, confirms, result, says, fix }: ReportedAnswer) {
  return { id, words: statement, rows: confirms, result, says, fix };
}

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
