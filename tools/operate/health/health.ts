import { type Outcome, outcomeOf } from '@infra/common/outcome';
import { errorText, readStack } from '../../deployed/deployed-stack';
import { type Environment, environmentOf } from '../../deployed/environment';
import type { EnvironmentName } from '../../program/environment-argument';
import { RESTORING } from '../../deployed/lost-database';
import { type Answer, type Depth, type Question, wrong } from './question';
import { QUESTIONS } from './questions/all';
import { render } from './render';

export interface HealthOptions {
  readonly json?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  readonly now?: Date;
}

/** A question with its answer. */
export interface Reported extends Answer, Pick<Question, 'id' | 'words'> {}

/** Depths of each command. */
const ASKED = {
  status: ['status'],
  doctor: ['status', 'cause'],
  'first-contact': ['status', 'cause', 'contact'],
} as const satisfies Record<string, readonly Depth[]>;

/** Asks an environment. The exit code is 1 where something is wrong, 2 where something could not be asked. */
export async function runHealth(
  environmentName: EnvironmentName,
  command: keyof typeof ASKED,
  options: HealthOptions = {},
): Promise<Outcome> {
  const outcome = await outcomeOf(async () => {
    const answers = await answersOf(environmentOf(await readStack(environmentName), options.now), ASKED[command]);
    const has = (result: Answer['result']) => answers.some((each) => each.result === result);
    const exitCode = has('wrong') ? 1 : has('unknown') ? 2 : 0;
    if (!options.json)
      return { exitCode, stdout: render(environmentName, command, answers, options.columns), stderr: '' };
    const cause = answers.find(({ result }) => result === 'wrong') ?? null;
    return { exitCode, stdout: json({ environment: environmentName, exitCode, cause, answers }), stderr: '' };
  });
  if (!options.json || outcome.stdout !== '') return outcome;
  return {
    ...outcome,
    stdout: json({ environment: environmentName, exitCode: 2, error: outcome.stderr.trim() }),
    stderr: '',
  };
}

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

/** The answers in the order of the questions. One that cannot be asked hides none of the others. */
async function answersOf(environment: Environment, depths: readonly Depth[]): Promise<Reported[]> {
  const asked = QUESTIONS.filter(({ depth, applies }) => depths.includes(depth) && applies(environment));
  const answers = await Promise.all(asked.map((question) => answerTo(question, environment)));
  // A deploy would make an empty database in the place of a lost one, and changes back only what CloudFormation compares.
  const isLost = answers.some(({ id, says }) => id === 'database' && LOST.test(says));
  const byHand = answers.find(({ id }) => id === 'by-hand')?.fix;
  const fix = isLost ? `the database first: ${RESTORING}` : byHand;
  return answers.map((each) => (fix && each.fix?.includes(environment.redeployCommand) ? { ...each, fix } : each));
}

const GONE = 'It is not there';
/** The database itself: its question may miss the web service, too. */
const LOST = new RegExp(`^${GONE}: (DBInstanceNotFound|NotFound: there is no database)`);

/** The answer of a question. What AWS says is gone is wrong; any other error is no answer. */
async function answerTo({ id, words, ask }: Question, environment: Environment): Promise<Reported> {
  try {
    return { id, words, ...((await ask(environment)) ?? { result: 'well', says: '' }) };
  } catch (error) {
    // The stack made it, or the name never existed.
    const isNotFound = error instanceof Error && /NotFound|NoSuch(?!Resource)/.test(error.name);
    if (!isNotFound) return { id, words, result: 'unknown', says: errorText(error) };
    return { id, words, ...wrong(`${GONE}: ${errorText(error)}`, environment.redeployCommand) };
  }
}
