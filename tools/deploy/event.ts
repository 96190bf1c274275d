import { readFileSync } from 'node:fs';
import { CannotTellError } from '@infra/common/outcome';
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

/** A run that somebody started by hand. */
export interface Dispatch {
  readonly kind: 'dispatch';
  readonly inputs: Readonly<Record<string, string>>;
  /** Person who started the run, or started it again. */
  readonly actor: string;
  readonly isPerson: boolean;
}

/** Event of a run of the workflow Deploy. */
export type DeployEvent =
  { readonly kind: 'merge' } | { readonly kind: 'nothing' | 'refused'; readonly why: string } | Dispatch;

/** Reads the event from the variables that GitHub sets for each step, and from its payload. */
export function readEvent(env: NodeJS.ProcessEnv): DeployEvent {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_REF: ref } = env;
  if (!name || !path || !ref) {
    throw new CannotTellError(
      'GITHUB_EVENT_NAME, GITHUB_EVENT_PATH and GITHUB_REF must be set: this runs in the workflow Deploy. ' +
        'Start it with: gh workflow run deploy.yml --ref main',
    );
  }
  const payload = JSON.parse(readFileSync(path, 'utf8')) as Payload;
  if (ref !== 'refs/heads/main') {
    return { kind: 'refused', why: `the run is of ${ref}. Start it with: gh workflow run deploy.yml --ref main` };
  }
  if (name === 'workflow_run') return mergeOf(payload, env['GITHUB_REPOSITORY']);
  if (name !== 'workflow_dispatch') return { kind: 'refused', why: `the event ${name} is none of this workflow.` };
  const actor = env['GITHUB_TRIGGERING_ACTOR'] ?? '';
  // An app may start a person's run again: GitHub then keeps the payload, and names the app as the triggering actor.
  const isPerson = payload.sender?.type === 'User' && actor !== '' && !actor.endsWith('[bot]');
  return { kind: 'dispatch', inputs: payload.inputs ?? {}, actor, isPerson };
}

function mergeOf({ workflow_run: run }: Payload, repository: string | undefined): DeployEvent {
  const why =
    run?.conclusion !== 'success'
      ? `CI ended with ${run?.conclusion ?? 'nothing'}.`
      : run.head_branch !== 'main' || !CI_EVENTS.includes(run.event)
        ? `CI ran for ${run.event} of ${run.head_branch}, not for main.`
        : run.head_repository?.full_name !== repository
          ? `CI ran for ${run.head_repository?.full_name ?? 'a deleted repository'}, not for ${repository}.`
          : undefined;
  return why === undefined ? { kind: 'merge' } : { kind: 'nothing', why };
}
