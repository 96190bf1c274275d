import { readFileSync } from 'node:fs';
import { CannotTellError } from '@infra/common/outcome';
import { inlineCode } from '@infra/common/untrusted-text';
import { CI_EVENTS } from './newest-commit';
import { RefusedError } from './refused-error';

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

/** A run after a merge into main that passed CI. */
interface Merge {
  readonly kind: 'merge';
}

/** A run after a CI that leads to no deployment. */
interface NoDeployment {
  readonly kind: 'nothing';
  readonly why: string;
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
export type DeployEvent = Merge | NoDeployment | Dispatch;

const ADVICE = 'Start it with: gh workflow run deploy.yml --ref main';

/** Reads the event from the variables that GitHub sets for each step, and from its payload. */
export function readEvent(env: NodeJS.ProcessEnv): DeployEvent {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_REF: ref } = env;
  if (!name || !path || !ref) {
    throw new CannotTellError(
      `GITHUB_EVENT_NAME, GITHUB_EVENT_PATH and GITHUB_REF must be set: this runs in the workflow Deploy. ${ADVICE}`,
    );
  }
  const payload = JSON.parse(readFileSync(path, 'utf8')) as Payload;
  if (ref !== 'refs/heads/main') throw new RefusedError(`the run is of ${ref}. ${ADVICE}`);
  switch (name) {
    case 'workflow_run':
      return eventAfterCi(payload, env['GITHUB_REPOSITORY']);
    case 'workflow_dispatch':
      return dispatchOf(payload, env['GITHUB_TRIGGERING_ACTOR'] ?? '');
    default:
      throw new RefusedError(`the event ${name} is none of this workflow.`);
  }
}

function dispatchOf({ sender, inputs }: Payload, actor: string): Dispatch {
  // An app may start a person's run again: GitHub then keeps the payload, and names the app as the triggering actor.
  const isActorPerson = actor !== '' && !actor.endsWith('[bot]');
  return {
    kind: 'dispatch',
    inputs: inputs ?? {},
    actor,
    isPerson: sender?.type === 'User' && isActorPerson,
  };
}

/** A merge, if CI passed for the branch main of this repository. */
function eventAfterCi({ workflow_run: run }: Payload, repository: string | undefined): Merge | NoDeployment {
  if (run?.conclusion !== 'success') return noDeployment(`CI ended with ${run?.conclusion ?? 'nothing'}.`);
  const { event, head_branch: branch, head_repository: headRepository } = run;
  if (branch !== 'main' || !CI_EVENTS.includes(event)) {
    // Anybody can choose the name of a branch.
    const branchName = inlineCode(branch ?? '');
    return noDeployment(`CI ran for ${event} of ${branchName}, not for main.`);
  }
  if (headRepository?.full_name === repository) return { kind: 'merge' };
  const fork = headRepository === null ? 'a deleted repository' : inlineCode(headRepository.full_name);
  return noDeployment(`CI ran for ${fork}, not for ${repository}.`);
}

function noDeployment(why: string): NoDeployment {
  return { kind: 'nothing', why };
}
