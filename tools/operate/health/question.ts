import type { Environment } from '../../deployed/environment';
import type { Answer } from './answer';

/** `status` shows how the environment is, `cause` why it is not well, `contact` what only AWS proves. */
export type Depth = 'status' | 'cause' | 'contact';

/** A question that is asked of a deployed environment. */
export interface Question {
  readonly id: string;
  /** Statement that holds if all is well. */
  readonly statement: string;
  readonly depth: Depth;
  /** True if the question makes sense for the environment; without it, for every one. */
  readonly applies?: (environment: Environment) => boolean;
  /** Throws where AWS cannot be asked; `undefined` where nothing is wrong. */
  readonly ask: (environment: Environment) => Promise<Answer | undefined> | Answer | undefined;
}

/** For `applies`: true if the stack has a resource of a type. */
export function hasResource(type: string): (environment: Environment) => boolean {
  return (environment) => environment.ids(type).length > 0;
}

/** For `applies`: true if the real AWS is asked, since a local one has no answer to some questions. */
export function isRealAws(): boolean {
  return (process.env['AWS_ENDPOINT_URL'] ?? '') === '';
}
