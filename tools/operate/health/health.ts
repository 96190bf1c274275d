import { type Outcome, outcomeOf } from '@infra/common/outcome';
import { errorText } from '../../deployed/aws-errors';
import { readStack } from '../../deployed/deployed-stack';
import { type Environment, environmentOf } from '../../deployed/environment';
import { RESTORING_CHAPTER } from '../../deployed/lost-database';
import type { EnvironmentName } from '../../program/environment-argument';
import { type Answer, type ReportedAnswer, wrongAnswer } from './answer';
import type { Depth, Question } from './question';
import { QUESTIONS } from './questions/all';
import { render } from './render';

/** Options of `status`, `doctor` and `first-contact`. */
export interface HealthOptions {
  readonly json?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  readonly now?: Date;
}

/** Depths of the questions that each command asks. */
const DEPTHS = {
  status: ['status'],
  doctor: ['status', 'cause'],
  'first-contact': ['status', 'cause', 'contact'],
} as const satisfies Record<string, readonly Depth[]>;

export type HealthCommand = keyof typeof DEPTHS;

/** Asks an environment. The exit code is 1 where something is wrong, 2 where something could not be asked. */
export async function runHealth(
  environmentName: EnvironmentName,
  command: HealthCommand,
  options: HealthOptions = {},
): Promise<Outcome> {
  const outcome = await outcomeOf(() => askEnvironment(environmentName, command, options));
  const isReport = outcome.stdout !== '';
  if (!options.json || isReport) return outcome;
  const failure = { environment: environmentName, exitCode: 2, error: outcome.stderr.trim() };
  return { ...outcome, stdout: toJson(failure), stderr: '' };
}

async function askEnvironment(
  environmentName: EnvironmentName,
  command: HealthCommand,
  { json, columns, now }: HealthOptions,
): Promise<Outcome> {
  const environment = environmentOf(await readStack(environmentName), now);
  const answers = await askQuestions(environment, DEPTHS[command]);
  const exitCode = exitCodeOf(answers);
  const stdout = json
    ? jsonReport(environmentName, exitCode, answers)
    : render(environmentName, command, answers, columns);
  return { exitCode, stdout, stderr: '' };
}

function exitCodeOf(answers: readonly Answer[]): Outcome['exitCode'] {
  const results = new Set(answers.map(({ result }) => result));
  if (results.has('wrong')) return 1;
  return results.has('unknown') ? 2 : 0;
}

function jsonReport(
  environmentName: EnvironmentName,
  exitCode: Outcome['exitCode'],
  reportedAnswers: readonly ReportedAnswer[],
): string {
  const answers = reportedAnswers.map(jsonAnswer);
  const cause = answers.find(({ result }) => result === 'wrong') ?? null;
  return toJson({ environment: environmentName, exitCode, cause, answers });
}

/** An answer as programs read it. */
function jsonAnswer({ id, statement, result, says, fix }: ReportedAnswer) {
  return { id, words: statement, result, says, fix };
}

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The answers in the order of the questions. One that cannot be asked hides none of the others. */
async function askQuestions(environment: Environment, depths: readonly Depth[]): Promise<readonly ReportedAnswer[]> {
  const questions = QUESTIONS.filter(({ depth, applies }) => {
    return depths.includes(depth) && (applies?.(environment) ?? true);
  });
  const answers = await Promise.all(questions.map((question) => askQuestion(question, environment)));
  return withSaferFixes(answers, environment.redeployCommand);
}

async function askQuestion(question: Question, environment: Environment): Promise<ReportedAnswer> {
  const { id, statement } = question;
  const answer = await answerOrFailure(question, environment);
  return { id, statement, ...answer };
}

/** Beginning of the answer of a question that misses a resource. */
const MISSING = 'It is not there';

/** The answer of a question. A resource that AWS does not find is wrong; any other error is no answer. */
async function answerOrFailure(question: Question, environment: Environment): Promise<Answer> {
  try {
    const answer = await question.ask(environment);
    return answer ?? { result: 'well', says: '' };
  } catch (error) {
    const says = errorText(error);
    if (isNotFound(error)) return wrongAnswer(`${MISSING}: ${says}`, environment.redeployCommand);
    return { result: 'unknown', says };
  }
}

/** Errors for a resource that is gone. `NoSuchResource` of Service Quotas is none: no stack creates a quota. */
const NOT_FOUND_ERROR = /NotFound|NoSuch(?!Resource)/;

function isNotFound(error: unknown): boolean {
  return error instanceof Error && NOT_FOUND_ERROR.test(error.name);
}

/**
 * Replaces fixes by a deploy. A deploy creates an empty database in the place of a lost one, and overwrites only those
 * changes by hand that CloudFormation compares.
 */
function withSaferFixes(answers: readonly ReportedAnswer[], redeployCommand: string): readonly ReportedAnswer[] {
  const fixOfChangesByHand = answers.find(({ id }) => id === 'by-hand')?.fix;
  const fix = answers.some(isLostDatabase) ? `the database first: ${RESTORING_CHAPTER}` : fixOfChangesByHand;
  if (!fix) return answers;
  return answers.map((answer) => {
    const isDeploy = answer.fix?.includes(redeployCommand) ?? false;
    return isDeploy ? { ...answer, fix } : answer;
  });
}

/** The database itself is missing, and not the web service, which its question reads, too. */
const LOST_DATABASE = new RegExp(`^${MISSING}: (DBInstanceNotFound|NotFound: there is no database)`);

function isLostDatabase({ id, says }: ReportedAnswer): boolean {
  return id === 'database' && LOST_DATABASE.test(says);
}
