import type { DeliveryConfig } from '../../../lib/config/delivery';
import type { GitHubApi } from '../github';
import { assertImageTags, deployInputsOf, nonEmptyInputs } from './deploy-inputs';
import type { DeployEvent, Dispatch } from './event';
import { type Protection, readProtection, reasonsAgainst } from './github-environment';
import { RefusedError } from './refused-error';

/** The environments that a run of the workflow Deploy deploys, in this order. */
export interface Plan {
  readonly environments: readonly string[];
  /** Why others are left out, and who decides. */
  readonly notes: readonly string[];
}

export const START_COMMAND = 'gh workflow run deploy.yml --ref main';

/** Environment that follows main without an approval and that an app may deploy, in the application's workflow, too. */
const ENVIRONMENT_WITHOUT_APPROVAL = 'dev';

/** Decides from the event and from GitHub's settings which environments are deployed. */
export async function planOf(event: DeployEvent, delivery: DeliveryConfig, github: GitHubApi): Promise<Plan> {
  const names = Object.keys(delivery.environments);
  const delivered = names.filter((name) => delivery.environments[name] === true);
  if (event.kind === 'nothing') return nothingPlanned(`Nothing is deployed: ${event.why}`);
  if (delivery.repository === undefined) {
    return nothingPlanned('Nothing is deployed: lib/config/delivery.ts names no repository.');
  }
  if (event.kind === 'dispatch') return planDispatch(event, delivered, github);
  return planMerge(delivered, github);
}

function nothingPlanned(reason: string): Plan {
  return { environments: [], notes: [reason] };
}

/** A merge is deployed to every environment where no person has to start a deployment. */
async function planMerge(delivered: readonly string[], github: GitHubApi): Promise<Plan> {
  const answers = delivered.map((name) => readProtection(name, github));
  const protections = await Promise.all(answers);
  const deployed = protections.filter(needsNoPerson);
  assertMainAlone(deployed);
  const leftOut = protections.filter((protection) => !deployed.includes(protection));
  return {
    environments: deployed.map(({ name }) => name),
    notes: leftOut.map(
      ({ name }) =>
        `${name} is left out: its GitHub environment asks no reviewer. By hand: ${START_COMMAND} -f environment=${name}`,
    ),
  };
}

/** A run that was started by hand deploys the one environment that its inputs name. */
async function planDispatch(event: Dispatch, delivered: readonly string[], github: GitHubApi): Promise<Plan> {
  const { environment: name = '' } = event.inputs;
  if (!delivered.includes(name)) {
    throw new RefusedError(
      `environment "${name}" is not one that lib/config/delivery.ts delivers: ${delivered.join(', ')}.`,
    );
  }
  assertImageTags(event.inputs);
  const protection = await readProtection(name, github);
  assertMainAlone([protection]);
  if (needsNoPerson(protection)) return { environments: [name], notes: [] };
  if (!event.isPerson) throw refusalOfApp(name, event);
  return {
    environments: [name],
    notes: [`${name} asks no reviewer: ${event.actor} alone decides on this deployment.`],
  };
}

/** True if no person has to start a deployment: it needs no approval, or a reviewer is asked for one. */
function needsNoPerson({ name, asksReviewer }: Protection): boolean {
  return name === ENVIRONMENT_WITHOUT_APPROVAL || asksReviewer;
}

function assertMainAlone(protections: readonly Protection[]): void {
  const reasons = reasonsAgainst(protections);
  if (reasons.length > 0) throw new RefusedError(reasons.join('\n'));
}

function refusalOfApp(name: string, event: Dispatch): RefusedError {
  const inputs = nonEmptyInputs({ environment: name, ...deployInputsOf(event) });
  const options = inputs.map(([input, value]) => `-f ${input}=${value}`);
  const command = [START_COMMAND, ...options].join(' ');
  const actor = event.actor || 'an app';
  return new RefusedError(
    `the GitHub environment ${name} asks no reviewer, and ${actor} is no person. A person starts it: ${command}`,
  );
}
