import type { Environment } from '../../deployed/environment';
import type { Answer } from './answer';

/** Commands that ask questions, each of which also asks the questions of the commands before it. */
const HEALTH_COMMANDS = ['status', 'doctor', 'first-contact'] as const;

/**
 * A command that asks questions.
 * - `status` reports how an environment is.
 * - `doctor` looks for the cause if it is not well.
 * - `first-contact` also asks for what only an environment on AWS can prove, such as that log lines arrive.
 */
export type HealthCommand = (typeof HEALTH_COMMANDS)[number];

/** A question that is asked of a deployed environment. */
export interface Question {
  readonly id: string;
  /** Statement that is true if all is well. */
  readonly statement: string;
  readonly firstAskedBy: HealthCommand;
  /** True if the question makes sense for the environment; without this function, it does for every environment. */
  readonly applies?: (environment: Environment) => boolean;
  /** Finds the answer; throws an error if AWS cannot be asked. */
  readonly ask: (environment: Environment) => Promise<Answer> | Answer;
}

/** True if a command asks a question: it is the first one that does, or comes after it. */
export function isAskedBy(command: HealthCommand, { firstAskedBy }: Question): boolean {
  return HEALTH_COMMANDS.indexOf(firstAskedBy) <= HEALTH_COMMANDS.indexOf(command);
}

/** For `applies`: true if the stack has a resource of a CloudFormation type. */
export function hasResource(type: string): (environment: Environment) => boolean {
  return (environment) => environment.physicalIdsOf(type).length > 0;
}

/** For `applies`: true on AWS itself, false on a local AWS (packages/local-aws), which lacks some of its answers. */
export function isRealAws(): boolean {
  return (process.env['AWS_ENDPOINT_URL'] ?? '') === '';
}
