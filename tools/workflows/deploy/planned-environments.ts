import type { DeliveryConfig } from '../../../lib/config/delivery';
import type { GitHubApi } from '../github';
import { assertImageTags, deployInputsOf, nonEmptyInputs } from './deploy-inputs';
import { type DeployEvent, type Dispatch, START_COMMAND } from './event';
import { type Protection, readProtection, reasonsAgainstDeployment } from './github-environment';
import { RefusedError } from './refused-error';

/** The plan of a run of the workflow Deploy. */
export interface Plan {
  /** Names of the environments that are deployed, in this order. */
  readonly environments: readonly string[];
  /** Sentences on environments that are not deployed, and on a deployment that one person decides alone. */
  readonly notes: readonly string[];
}

/** Environment that is deployed without an approval. An app may deploy it, too, as the application's workflow does. */
const ENVIRONMENT_WITHOUT_APPROVAL = 'dev';

/**
 * Plans by the event, the config and GitHub's settings which environments are deployed.
 *
 * @throws RefusedError if the event asks for a deployment that is not allowed.
 */
export async function planEnvironments(event: DeployEvent, delivery: DeliveryConfig, github: GitHubApi): Promise<Plan> {
  if (event.kind === 'no-deployment') return emptyPlan(`Nothing is deployed: ${event.reason}`);
  if (delivery.repository === undefined) {
    return emptyPlan('Nothing is deployed: lib/config/delivery.ts names no repository.');
  }
  const environmentNames = deliveredEnvironmentNames(delivery);
  if (event.kind === 'dispatch') return planDispatch(event, environmentNames, github);
  return planAfterCi(environmentNames, github);
}

function emptyPlan(reason: string): Plan {
  return { environments: [], notes: [reason] };
}

/** Names of the environments that the config allows to deploy from GitHub. */
function deliveredEnvironmentNames({ environments }: DeliveryConfig): string[] {
  const delivered = Object.entries(environments).filter(([, isDelivered]) => isDelivered);
  return delivered.map(([name]) => name);
}

/** After CI has passed, each environment is deployed whose deployment needs no person to start it. */
async function planAfterCi(environmentNames: readonly string[], github: GitHubApi): Promise<Plan> {
  const protections = await Promise.all(environmentNames.map((name) => readProtection(name, github)));
  const deployed = protections.filter(mayStartWithoutPerson);
  assertOnlyMainMayDeploy(deployed);
  const leftOut = protections.filter((protection) => !mayStartWithoutPerson(protection));
  return {
    environments: deployed.map(({ name }) => name),
    notes: leftOut.map(
      ({ name }) =>
        `${name} is left out: its GitHub environment asks no reviewer. By hand: ${START_COMMAND} -f environment=${name}`,
    ),
  };
}

/** A dispatch deploys the one environment that its inputs name. */
async function planDispatch(dispatch: Dispatch, environmentNames: readonly string[], github: GitHubApi): Promise<Plan> {
  const { environment: name = '' } = dispatch.inputs;
  if (!environmentNames.includes(name)) {
    throw new RefusedError(
      `environment "${name}" is not one that lib/config/delivery.ts delivers: ${environmentNames.join(', ')}.`,
    );
  }
  assertImageTags(dispatch.inputs);
  const protection = await readProtection(name, github);
  assertOnlyMainMayDeploy([protection]);
  if (mayStartWithoutPerson(protection)) return { environments: [name], notes: [] };
  if (!dispatch.isByPerson) throw refusalOfApp(name, dispatch);
  return {
    environments: [name],
    notes: [`${name} asks no reviewer: ${dispatch.actor} alone decides on this deployment.`],
  };
}

/** True if a deployment may start without a person: it needs no approval, or it waits for that of a reviewer. */
function mayStartWithoutPerson({ name, asksReviewer }: Protection): boolean {
  return name === ENVIRONMENT_WITHOUT_APPROVAL || asksReviewer;
}

function assertOnlyMainMayDeploy(protections: readonly Protection[]): void {
  const reasons = reasonsAgainstDeployment(protections);
  if (reasons.length > 0) throw new RefusedError(reasons.join('\n'));
}

/** Refusal of a dispatch by an app, with the command by which a person starts the same deployment. */
function refusalOfApp(environmentName: string, dispatch: Dispatch): RefusedError {
  const inputs = nonEmptyInputs({ environment: environmentName, ...deployInputsOf(dispatch) });
  const options = inputs.map(([name, value]) => `-f ${name}=${value}`);
  const command = [START_COMMAND, ...options].join(' ');
  const actor = dispatch.actor || 'an app';
  return new RefusedError(
    `the GitHub environment ${environmentName} asks no reviewer, and ${actor} is no person. A person starts it: ${command}`,
  );
}
