import { readFileSync } from 'node:fs';
import { CannotTellError } from '@infra/common/outcome';
import { inlineCode } from '@infra/common/untrusted-text';
import { CI_EVENTS } from './newest-commit';
import { RefusedError } from './refused-error';

/** The payload of GitHub's event: the fields on which a deployment depends. */
interface Payload {
  readonly sender?: { readonly type?: string };
  readonly inputs?: Readonly<Record<string, string>> | null;
  /** The run of CI that has ended, if the event is `workflow_run`. */
  readonly workflow_run?: {
    readonly conclusion: string | null;
    readonly event: string;
    readonly head_branch: string | null;
    /** `null` if the repository has been deleted. */
    readonly head_repository: { readonly full_name: string } | null;
  };
}

/** CI has passed on main, mostly after a merge. */
interface CiPassed {
  readonly kind: 'ci-passed';
}

/** CI has ended, and nothing is to be deployed: it failed, or it did not run on main. */
interface NoDeployment {
  readonly kind: 'no-deployment';
  readonly reason: string;
}

/** A person or an app has started the workflow Deploy directly, for the environment that the inputs name. */
export interface Dispatch {
  readonly kind: 'dispatch';
  readonly inputs: Readonly<Record<string, string>>;
  /** Login of the person or app that started the run, or started it again. */
  readonly actor: string;
  /** True if no app started the run, nor started it again. */
  readonly isByPerson: boolean;
}

/** Event that started a run of the workflow Deploy. */
export type DeployEvent = CiPassed | NoDeployment | Dispatch;

/** Command by which a person starts the workflow Deploy. */
export const START_COMMAND = 'gh workflow run deploy.yml --ref main';

const ADVICE = `Start it with: ${START_COMMAND}`;

/**
 * Reads the event from the variables that GitHub sets for each step, and from the event's payload.
 *
 * @throws RefusedError for a run that is not on main, and for an event that the workflow does not have.
 * @throws CannotTellError outside of a workflow, where the variables are not set.
 */
export function readEvent(env: NodeJS.ProcessEnv): DeployEvent {
  const {
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: path,
    GITHUB_REF: ref,
    GITHUB_REPOSITORY: repository,
    GITHUB_TRIGGERING_ACTOR: actor = '',
  } = env;
  if (!name || !path || !ref || !repository) {
    throw new CannotTellError(
      'GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REF and GITHUB_REPOSITORY must be set: ' +
        `this runs in the workflow Deploy. ${ADVICE}`,
    );
  }
  const payload = JSON.parse(readFileSync(path, 'utf8')) as Payload;
  if (ref !== 'refs/heads/main') throw new RefusedError(`the run is of ${ref}. ${ADVICE}`);
  switch (name) {
    case 'workflow_run':
      return eventAfterCi(payload, repository);
    case 'workflow_dispatch':
      return dispatchOf(payload, actor);
    default:
      throw new RefusedError(`the event ${name} is none of this workflow.`);
  }
}

function dispatchOf({ sender, inputs }: Payload, actor: string): Dispatch {
  // An app may start a person's run again: GitHub then keeps the payload, and names the app as the triggering actor.
  const isSenderPerson = sender?.type === 'User';
  const isActorPerson = actor !== '' && !actor.endsWith('[bot]');
  return {
    kind: 'dispatch',
    inputs: inputs ?? {},
    actor,
    isByPerson: isSenderPerson && isActorPerson,
  };
}

/** The event after a run of CI, which counts only if it passed for the branch main of this repository. */
function eventAfterCi({ workflow_run: ciRun }: Payload, repository: string): CiPassed | NoDeployment {
  if (ciRun?.conclusion !== 'success') return noDeployment(`CI ended with ${ciRun?.conclusion ?? 'nothing'}.`);
  const { event, head_branch: branch, head_repository: headRepository } = ciRun;
  if (branch !== 'main' || !CI_EVENTS.includes(event)) {
    // Anybody can choose the name of a branch: it must not be rendered as Markdown.
    const branchName = inlineCode(branch ?? '');
    return noDeployment(`CI ran for ${event} of ${branchName}, not for main.`);
  }
  if (headRepository?.full_name === repository) return { kind: 'ci-passed' };
  const fork = headRepository === null ? 'a deleted repository' : inlineCode(headRepository.full_name);
  return noDeployment(`CI ran for ${fork}, not for ${repository}.`);
}

function noDeployment(reason: string): NoDeployment {
  return { kind: 'no-deployment', reason };
}
