import { type ContextEntry, type EvaluationResult, IAM } from '@aws-sdk/client-iam';
import { CannotTellError } from '@infra/common/outcome';
import { lastArnPart } from './arn';
import type { DeployedStack } from './deployed-stack';
import { readAll } from './pages';
import { words } from './words';

/** Actions that a role needs on a resource. */
export interface WantedActions {
  readonly actions: readonly string[];
  readonly resourceArn: string;
}

/** Actions that a simulation did not allow, each as `<action> on <resource>`. */
interface Simulated {
  /** Actions that the role's own policies refuse. */
  readonly refused: readonly string[];
  /** Actions of which the simulation does not say what the role's own policies do, each with the reason. */
  readonly undetermined: readonly string[];
}

/**
 * Those of the wanted actions that a role's own policies refuse, each as `<action> on <resource>`. IAM simulates the
 * policies; none is read here.
 *
 * @throws CannotTellError if none is refused, and the simulation leaves some open: an organization's policy or the
 *   permissions boundary denies them, or a condition lacks its value.
 */
export async function refusedActions(
  stack: DeployedStack,
  roleArn: string,
  wantedActions: readonly WantedActions[],
): Promise<string[]> {
  const simulated = await Promise.all(wantedActions.map((wanted) => simulate(stack, roleArn, wanted)));
  const refused = simulated.flatMap((each) => each.refused);
  const undetermined = simulated.flatMap((each) => each.undetermined);
  if (refused.length === 0 && undetermined.length > 0) {
    throw new CannotTellError(words.undeterminedActions({ roleName: lastArnPart(roleArn), actions: undetermined }));
  }
  return refused;
}

async function simulate(
  stack: DeployedStack,
  roleArn: string,
  { actions, resourceArn }: WantedActions,
): Promise<Simulated> {
  // IAM lists a key without a value as missing, whatever action its statement is on. Organizations allow regions, and except
  // roles, by the first two.
  const context = [
    contextEntry('aws:RequestedRegion', stack.region),
    contextEntry('aws:PrincipalArn', roleArn),
    contextEntry('iam:PassedToService', 'none'),
  ];
  const pages = stack.client(IAM).paginateSimulatePrincipalPolicy({
    PolicySourceArn: roleArn,
    ActionNames: [...actions],
    ResourceArns: [resourceArn],
    ContextEntries: context,
  });
  const results = await readAll(pages, 'EvaluationResults');
  const resource = resourcePartOf(resourceArn);
  const refused: string[] = [];
  const undetermined: string[] = [];
  for (const result of results) {
    if (result.EvalDecision === 'allowed') continue;
    const action = words.refusedAction({ action: result.EvalActionName ?? '', resource });
    const reason = reasonOutsideOf(result);
    if (reason === undefined) refused.push(action);
    else undetermined.push(`${action} (${reason})`);
  }
  return { refused, undetermined };
}

/** The reason for a denial that is not in the role's own policies; `undefined`: it is in them. */
function reasonOutsideOf(result: EvaluationResult): string | undefined {
  const { OrganizationsDecisionDetail, PermissionsBoundaryDecisionDetail, ResourceSpecificResults = [] } = result;
  // A denial by an organization ends the simulation: the role's own policies are not evaluated.
  if (OrganizationsDecisionDetail?.AllowedByOrganizations === false) return words.deniedByOrganization;
  if (PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false) return words.deniedByBoundary;
  const missingKeys = [result, ...ResourceSpecificResults].flatMap(
    ({ MissingContextValues = [] }) => MissingContextValues,
  );
  return missingKeys.length > 0 ? words.missingKeys({ keys: [...new Set(missingKeys)] }) : undefined;
}

function contextEntry(key: string, value: string): ContextEntry {
  return { ContextKeyName: key, ContextKeyType: 'string', ContextKeyValues: [value] };
}

/** Part of an ARN after account and region; any other text, such as `*`, is returned unchanged. */
function resourcePartOf(arn: string): string {
  const resourceParts = arn.split(':').slice(5);
  return resourceParts.join(':') || arn;
}
