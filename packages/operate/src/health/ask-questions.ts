import { untranslated } from '@infra/common/message';
import { errorText } from '@infra/deployed/aws-errors';
import type { Environment } from '@infra/deployed/environment';
import { revertDriftCommand } from '@infra/deployed/printed-commands';
import { describeDatabase } from '@infra/deployed/database';
import { errorTextWithoutRequest } from '@infra/deployed/remembered-answers';
import { RESTORING_CHAPTER } from '@infra/deployed/restoring-chapter';
import { type Answer, type ReportedAnswer, wrongAnswer } from './answer';
import { words } from './words';
import { type HealthCommand, isAskedBy, type Question } from './question';
import { QUESTIONS } from './questions/all';
import { CHANGES_BY_HAND } from './questions/changes-by-hand';
import { lacksResources, STACK_DELETION } from './questions/stack-deletion';
import { stepsBeforeDeploy } from './stack-state';

/** A question that was asked. */
interface AskedQuestion {
  readonly question: Question;
  readonly answer: Answer;
}

/** Asks the questions of a command. The answers have the order of QUESTIONS, in which a cause precedes its consequences. */
export async function askQuestions(
  environment: Environment,
  command: HealthCommand,
): Promise<readonly ReportedAnswer[]> {
  const questions = questionsFor(environment, command);
  const askedQuestions = await Promise.all(questions.map((question) => askQuestion(question, environment)));
  const saferFix = (await fixBeforeDeploy(environment, askedQuestions)) ?? revertDriftCommand(environment);
  const firstSteps = await stepsBeforeDeploy(environment);
  return askedQuestions.map(reportedAnswer).map((answer) => {
    const isSaferFix = answer.fix === saferFix;
    const fix = isSaferFix ? saferFix : answer.fix?.replace(revertDriftCommand(environment), () => saferFix);
    return { ...answer, fix: withFirstSteps(environment, fix, firstSteps) };
  });
}

/** The questions that a command asks. A stack that was never deployed has nothing but its state to ask about. */
function questionsFor(environment: Environment, command: HealthCommand): readonly Question[] {
  if (lacksResources(environment) && environment.physicalIds.size === 0) return [STACK_DELETION];
  return QUESTIONS.filter((question) => {
    return isAskedBy(command, question) && (question.applies?.(environment) ?? true);
  });
}

/** A fix that updates the stack, after the steps without which CloudFormation refuses an update. */
function withFirstSteps(environment: Environment, fix = '', firstSteps?: string): string | undefined {
  const updatesStack = fix.startsWith('npx cdk deploy') || fix.startsWith(revertDriftCommand(environment));
  if (updatesStack && firstSteps !== undefined) return `${firstSteps}\n${fix}`;
  return fix === '' ? undefined : fix;
}

function reportedAnswer({ question, answer }: AskedQuestion): ReportedAnswer {
  const { id, statement, confirms } = question;
  return { id, statement, confirms, ...answer };
}

/** Asks one question, and catches its error, which thus hides no answer of another question. */
async function askQuestion(question: Question, environment: Environment): Promise<AskedQuestion> {
  try {
    const answer = await question.ask(environment);
    return { question, answer };
  } catch (error) {
    return { question, answer: answerToError(error, environment) };
  }
}

/** A resource that AWS does not find is a fault. After any other error, the answer is not known. */
function answerToError(error: unknown, environment: Environment): Answer {
  // A service that does not answer is the same answer to all its questions.
  if (isTimeout(error)) return { result: 'unknown', says: untranslated(errorTextWithoutRequest(error)) };
  const says = untranslated(errorText(error));
  if (!isNotFound(error)) return { result: 'unknown', says };
  return wrongAnswer({ says: words.notThere({ reason: says }), fix: revertDriftCommand(environment) });
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/**
 * Names of AWS's errors for a missing resource. `NoSuchResourceException` of Service Quotas is excluded, since no stack
 * creates a quota.
 */
const NOT_FOUND_ERROR = /NotFound|NoSuch(?!Resource)/;

function isNotFound(error: unknown): boolean {
  return error instanceof Error && NOT_FOUND_ERROR.test(error.name);
}

/**
 * Fix that takes the place of a deploy; `undefined` if a deploy does no harm.
 * - Lost database: a deploy would create an empty one, so the data must be restored first.
 * - Resources changed by hand: a deploy overwrites only what CloudFormation compares, so the commands that undo each
 *   change are needed.
 */
async function fixBeforeDeploy(
  environment: Environment,
  askedQuestions: readonly AskedQuestion[],
): Promise<string | undefined> {
  if (await isDatabaseLost(environment)) return words.databaseFirst({ restoringChapter: RESTORING_CHAPTER });
  const changesByHand = askedQuestions.find(({ question }) => question === CHANGES_BY_HAND);
  return changesByHand?.answer.fix;
}

/** True if RDS does not find the database of the stack. A question has asked for it: its answer is remembered. */
async function isDatabaseLost(environment: Environment): Promise<boolean> {
  try {
    await describeDatabase(environment);
    return false;
  } catch (error) {
    return isNotFound(error);
  }
}
