import { readFileSync } from 'node:fs';
import { CannotTellError } from '@infra/common/outcome';
import { inlineCode } from '@infra/common/untrusted-text';
import { CI_EVENTS } from './newest';

/** The payload of an event, as far as a deployment depends on it. */
interface Payload {
  readonly sender?: { readonly type?: string };
  readonly inputs?: Readonly<Record<string, string>> | null;
  readonly workflow_run?: {
    readonly conclusion: string | null;
    readonly event: string;
    readonly head_branch: string | null;
    readonly head_repository: { readonly full_name: string } | null;
  };
}

/** A run that was started by hand. */
export interface Dispatch {
  readonly kind: 'dispatch';
  readonly inputs: Readonly<Record<string, string>>;
  /** Person who started the run, or started it again. */
  readonly actor: string;
  readonly isPerson: boolean;
}

/** Event of a run of the workflow Deploy. */
export type DeployEvent = { readonly kind: 'merge' } | { readonly kind: 'nothing'; readonly why: string } | Dispatch;

/** A deployment that is not allowed, with what to do instead. */
export class RefusedError extends Error {}

/** Reads the event from the variables that GitHub sets for each step, and from its payload. */
export function readEvent(env: NodeJS.ProcessEnv): DeployEvent {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_REF: ref } = env;
  const start = 'Start it with: gh workflow run deploy.yml --ref main';
  if (!name || !path || !ref) {
    throw new CannotTellError(
      `GITHUB_EVENT_NAME, GITHUB_EVENT_PATH and GITHUB_REF must be set: this runs in the workflow Deploy. ${start}`,
    );
  }
  const payload = JSON.parse(readFileSync(path, 'utf8')) as Payload;
  if (ref !== 'refs/heads/main') throw new RefusedError(`the run is of ${ref}. ${start}`);
  if (name === 'workflow_run') return mergeOf(payload, env['GITHUB_REPOSITORY']);
  if (name !== 'workflow_dispatch') throw new RefusedError(`the event ${name} is none of this workflow.`);
  const actor = env['GITHUB_TRIGGERING_ACTOR'] ?? '';
  // An app may start a person's run again: GitHub then keeps the payload, and names the app as the triggering actor.
  const isPerson = payload.sender?.type === 'User' && actor !== '' && !actor.endsWith('[bot]');
  return { kind: 'dispatch', inputs: payload.inputs ?? {}, actor, isPerson };
}

function mergeOf({ workflow_run: run }: Payload, repository: string | undefined): DeployEvent {
  const nothing = (why: string) => ({ kind: 'nothing', why }) as const;
  if (run?.conclusion !== 'success') return nothing(`CI ended with ${run?.conclusion ?? 'nothing'}.`);
  const { event, head_branch: branch, head_repository: from } = run;
  // The name of a branch may be of anybody's choice.
  if (branch !== 'main' || !CI_EVENTS.includes(event))
    return nothing(`CI ran for ${event} of ${inlineCode(branch ?? '')}, not for main.`);
  if (from?.full_name === repository) return { kind: 'merge' };
  const other = from === null ? 'a deleted repository' : inlineCode(from.full_name);
  return nothing(`CI ran for ${other}, not for ${repository}.`);
}
