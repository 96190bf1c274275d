import type { Message } from '@infra/common/message';
import { type EnvironmentConfig, Part, type StackPart } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { hasPart } from '@infra/operate/deployed/deployed-stack';
import type { Answer } from './answer';

/**
 * A command that asks questions.
 * - `status` reports how an environment is.
 * - `doctor` looks for the cause if it is not well, and asks the questions of `status`, too.
 */
export type HealthCommand = 'status' | 'doctor';

/** A question that is asked of a deployed environment. */
export interface Question {
  readonly id: string;
  /** Statement that is true if all is well. */
  readonly statement: Message;
  /** Rows of docs/first-deploy that the statement confirms; none by default. */
  readonly confirms?: readonly string[];
  readonly firstAskedBy: HealthCommand;
  /** Part that its answer to a NotFound error of AWS is about, if `revert-drift` does not create that part again. */
  readonly part?: StackPart;
  /** True if web tasks do not start while its answer is wrong: its fix ends with a restart where that is needed. */
  readonly stopsWebTasks?: boolean;
  /** True if the question makes sense for the environment; without this function, it does for every environment. */
  readonly applies?: (environment: Environment) => boolean;
  /** Finds the answer; throws an error if AWS cannot be asked. */
  readonly ask: (environment: Environment) => Promise<Answer> | Answer;
}

export function isAskedBy(command: HealthCommand, { firstAskedBy }: Question): boolean {
  return command === 'doctor' || firstAskedBy === 'status';
}

/**
 * For `applies`: true if the config asks for a part, or the stack has it. Of a part that the config asks for and the stack
 * lacks, a question then answers that it is not found.
 */
export function isConfiguredOrDeployed(
  part: StackPart,
  isConfigured: (config: EnvironmentConfig) => boolean,
): (environment: Environment) => boolean {
  return (environment) => isConfigured(environment.config) || hasPart(environment, part);
}

/** For `applies`: true if the environment imports users. */
export const hasUserImport = isConfiguredOrDeployed(Part.jobQueue, ({ userImport }) => userImport !== undefined);
