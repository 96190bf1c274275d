import { untranslated } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import { errorText } from '@infra/operate/deployed/aws-errors';
import type { Environment } from '@infra/operate/deployed/environment';
import { revertDriftCommand } from '../revert-drift-command';
import { describeDatabase } from '@infra/operate/deployed/database';
import { isStackInProgress } from '@infra/operate/deployed/deployed-stack';
import { prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { commandsBeforeDeploy } from '@infra/operate/deployed/stack-remedy';
import {
  errorTextWithOperation,
  errorTextWithoutRequest,
  missingRightIn,
} from '@infra/operate/deployed/remembered-answers';
import { RESTORING_CHAPTER } from '@infra/operate/deployed/restoring-chapter';
import { type Answer, type ReportedAnswer, wrongAnswer } from './answer';
import { withDatabase } from './database-step';
import { words } from './words';
import { type HealthCommand, isAskedBy, type Question } from './question';
import { QUESTIONS } from './questions/all';
import type { OnCompared } from '../changed-by-hand/changed-by-hand';
import { isHealedByRevertDrift } from '../changed-by-hand/coverage';
import { changesByHandIn, CHANGES_BY_HAND, fixOfAllChanges } from './questions/changes-by-hand';
import { lacksResources, STACK_DELETION } from './questions/stack-deletion';
import { withRestart } from './restart-step';

/** A question that was asked. */
interface AskedQuestion {
  readonly question: Question;
  readonly answer: Answer;
}

/** Comparison of the environment's resources with their template, which follows the other questions. */
export interface ComparingOptions {
  /** Called before the first comparison. */
  readonly onStart?: () => void;
  readonly onCompared?: OnCompared;
}

/** Asks the questions of a command. The answers have the order of QUESTIONS, in which a cause precedes its consequences. */
export async function askQuestions(
  environment: Environment,
  command: HealthCommand,
  { onStart, onCompared }: ComparingOptions = {},
): Promise<readonly ReportedAnswer[]> {
  const questions = questionsFor(environment, command);
  const isOnChanges = (question: Question) => Object.values(CHANGES_BY_HAND).includes(question);
  const ask = (asked: readonly Question[]) => Promise.all(asked.map((question) => askQuestion(question, environment)));
  const quickAnswers = await ask(questions.filter((question) => !isOnChanges(question)));
  const questionsOnChanges = questions.filter(isOnChanges);
  if (questionsOnChanges.length > 0) {
    onStart?.();
    // The questions report its error.
    await changesByHandIn(environment, onCompared).catch(() => undefined);
  }
  const answersOnChanges = await ask(questionsOnChanges);
  const askedQuestions = [...quickAnswers, ...answersOnChanges].sort(
    (a, b) => questions.indexOf(a.question) - questions.indexOf(b.question),
  );
  const revertCommand = revertDriftCommand(environment);
  const fixOfDatabase = await fixOfLostDatabase(environment);
  const fixOfChanges = await fixOfChangesByHand(environment, command);
  const firstSteps = await stepsBeforeDeploy(environment);
  const reportedFix = async ({ question, answer }: AskedQuestion) => {
    // An answer on changes by hand has their commands already.
    const saferFix = fixOfDatabase ?? (isOnChanges(question) ? revertCommand : fixOfChanges) ?? revertCommand;
    const fix = answer.fix?.replace(revertCommand, () => saferFix);
    if (fix === undefined) return undefined;
    const startsAgain = question.stopsWebTasks ? await withRestart(environment, fix) : fix;
    // Those steps start the database, too.
    if (firstSteps !== undefined) return withFirstSteps(environment, startsAgain, firstSteps);
    return await withDatabase(environment, startsAgain);
  };
  return await Promise.all(
    askedQuestions.map(async (asked) => ({ ...reportedAnswer(asked), fix: await reportedFix(asked) })),
  );
}

/** The questions that a command asks. A stack that was never deployed has nothing but its state to ask about. */
function questionsFor(environment: Environment, command: HealthCommand): readonly Question[] {
  if (lacksResources(environment) && environment.physicalIds.size === 0) return [STACK_DELETION];
  return QUESTIONS.filter((question) => {
    return isAskedBy(command, question) && (question.applies?.(environment) ?? true);
  });
}

/** Steps before a deployment that CloudFormation would otherwise refuse, one a line; `undefined` if none is needed. */
async function stepsBeforeDeploy(environment: Environment): Promise<string | undefined> {
  const { config, details } = environment;
  const { StackName: stackName = '', StackStatus: stackStatus = '' } = details;
  if (isStackInProgress(environment)) return words.waitForStack({ stackName, stackStatus });
  const commands = await commandsBeforeDeploy(environment, config);
  return commands.length > 0 ? commands.join('\n') : undefined;
}

/** A fix that updates the stack, after the steps without which CloudFormation refuses an update. */
function withFirstSteps(environment: Environment, fix: string, firstSteps: string): string {
  const updates = ['npx cdk deploy', revertDriftCommand(environment)];
  const updatesStack = fix.split('\n').some((line) => updates.some((command) => line.startsWith(command)));
  return updatesStack ? `${firstSteps}\n${fix}` : fix;
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
    return { question, answer: answerToError(error, environment, question) };
  }
}

/** A resource that AWS does not find is a fault. After any other error, the answer is not known. */
function answerToError(error: unknown, environment: Environment, { part }: Question): Answer {
  // A service that does not answer is the same answer to all its questions.
  if (hasName(error, /^TimeoutError$/))
    return { result: 'unknown', says: untranslated(errorTextWithoutRequest(error)) };
  if (hasName(error, THROTTLED_ERROR)) {
    const command = prooflinkCommand(environment.environmentName, 'doctor');
    const says = untranslated(errorTextWithoutRequest(error));
    return { result: 'unknown', says, fix: words.askAgain({ command }) };
  }
  // A right that is missing is the same answer to all questions that need it, whatever resource they ask about.
  const missingRight = missingRightIn(error);
  if (missingRight !== undefined) {
    const says = untranslated(errorTextWithOperation(error));
    return { result: 'unknown', says, missingRights: [missingRight] };
  }
  if (error instanceof CannotTellError) return { result: 'unknown', says: untranslated(error.message) };
  const says = untranslated(errorText(error));
  if (!hasName(error, NOT_FOUND_ERROR)) return { result: 'unknown', says };
  const isCreatedByRevert = part === undefined || isHealedByRevertDrift(part.type);
  const fix = isCreatedByRevert ? revertDriftCommand(environment) : words.makeNewOne({ path: part.path });
  return wrongAnswer({ says: words.notThere({ reason: says }), fix });
}

/** Names of AWS's errors for too many requests, such as `ThrottlingException: Rate exceeded`. */
const THROTTLED_ERROR = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;

/**
 * Names of AWS's errors for a missing resource. `NoSuchResourceException` of Service Quotas is excluded, since no stack
 * creates a quota.
 */
const NOT_FOUND_ERROR = /NotFound|NoSuch(?!Resource)/;

function hasName(error: unknown, pattern: RegExp): boolean {
  return error instanceof Error && pattern.test(error.name);
}

/** Fix if the database is lost, before which nothing may be deployed: that would create an empty one. */
async function fixOfLostDatabase(environment: Environment): Promise<string | undefined> {
  try {
    // A question has asked for it: its answer is remembered.
    await describeDatabase(environment);
    return undefined;
  } catch (error) {
    if (!hasName(error, NOT_FOUND_ERROR)) return undefined;
    return words.databaseFirst({ restoringChapter: RESTORING_CHAPTER });
  }
}

/** Commands that undo all changes by hand: the command that reverts drift undoes only what CloudFormation compares. */
async function fixOfChangesByHand(environment: Environment, command: HealthCommand): Promise<string | undefined> {
  return isAskedBy(command, CHANGES_BY_HAND.service) ? await fixOfAllChanges(environment) : undefined;
}
