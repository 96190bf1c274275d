import { words } from '../words';
import type { Environment } from '../environment';
import { errorTextWithoutRequest } from '../remembered-answers';
import { optionsOf, UNRESOLVED_TEXT } from './aws-cli-options';
import { COMPARED_BY_CLOUDFORMATION, detectDrift } from './cloudformation-drift';
import {
  type ChangeToUndo,
  type ComparedResource,
  type Comparison,
  expectedProperties,
  type Properties,
} from './comparison';
import { DATA_STORE_COMPARISONS } from './data-stores';
import { type DeployedResource, deployedResourcesOf } from './deployed-resources';
import { differencesBetween, textOf, UNRESOLVED } from './differences';
import {
  type Change,
  deletion,
  failedComparison,
  type Findings,
  isDeletion,
  joinFindings,
  NO_FINDINGS,
  type NotCompared,
} from './findings';
import { IAM_COMPARISONS } from './iam';
import { LOAD_BALANCER_COMPARISONS } from './load-balancer';
import { readableName } from './property-name';
import { ROUTE_COMPARISONS } from './routes';
import { RUNTIME_COMPARISONS } from './runtime';
import { S3_COMPARISONS } from './s3';
import { SECURITY_GROUP_COMPARISONS } from './security-groups';
import { SNS_COMPARISONS } from './sns';
import { VPC_ENDPOINT_COMPARISONS } from './vpc-endpoints';

/**
 * Comparisons of the types that CloudFormation does not compare, or not as a whole. The order of the types is the order
 * in which their fixes run.
 */
export const COMPARISONS: Readonly<Record<string, Comparison>> = {
  ...IAM_COMPARISONS,
  ...S3_COMPARISONS,
  ...SNS_COMPARISONS,
  ...ROUTE_COMPARISONS,
  ...SECURITY_GROUP_COMPARISONS,
  ...VPC_ENDPOINT_COMPARISONS,
  ...LOAD_BALANCER_COMPARISONS,
  ...RUNTIME_COMPARISONS,
  ...DATA_STORE_COMPARISONS,
};

/** Types that neither CloudFormation nor `COMPARISONS` compares. */
export const NEVER_COMPARED: ReadonlySet<string> = new Set([
  'AWS::Budgets::Budget',
  'AWS::CertificateManager::Certificate',
  'AWS::Route53::RecordSet',
  'AWS::SecretsManager::SecretTargetAttachment',
  'AWS::WAFv2::LoggingConfiguration',
]);

/** CloudFormation refuses to compare more in parallel ("Rate exceeded", cloudformation-coverage-roadmap, issue 801). */
const MOST_PARALLEL_COMPARISONS = 5;

/**
 * Finds changes by hand: those of a stack's resources that no deployment of the stack made. If a resource cannot be
 * compared, the other ones still are.
 * @param isWanted - True for the resources that are to be compared; by default for all.
 */
export async function findChangesByHand(
  environment: Environment,
  isWanted: (resource: DeployedResource) => boolean = () => true,
): Promise<Findings> {
  const stackResources = deployedResourcesOf(environment);
  const wantedResources = stackResources.filter(isWanted);
  const underway = reasonOfDeployment(environment);
  if (underway !== undefined) {
    return { ...NO_FINDINGS, notCompared: wantedResources.map((resource) => failedComparison(resource, underway)) };
  }
  const findings: Findings[] = [];
  for (let start = 0; start < wantedResources.length; start += MOST_PARALLEL_COMPARISONS) {
    const batch = wantedResources.slice(start, start + MOST_PARALLEL_COMPARISONS);
    const comparisons = batch.map((resource) => compareResource(environment, resource, stackResources));
    findings.push(...(await Promise.all(comparisons)));
  }
  const { changes, byDesign, notCompared } = joinFindings(findings);
  const changesWithFixes = fixStorageBeforeDeployment(changes, byDesign, environment.redeployCommand);
  return { changes: inOrderOfFixes(changesWithFixes), byDesign, notCompared };
}

/** The reason for which nothing is compared: a deployment is changing the resources. `undefined`: none is underway. */
function reasonOfDeployment({ details, isStackInProgress }: Environment): string | undefined {
  if (!isStackInProgress) return undefined;
  const { StackName: stackName = '', StackStatus: stackStatus = '' } = details;
  return words.changedByHand.deploymentUnderway({ stackName, stackStatus });
}

/** A sentence without a period on a change. */
export function sentenceOf(change: Change): string {
  const { type, property, expected, actual } = change;
  if (isDeletion(change)) return words.changedByHand.deleted({ type });
  return words.changedByHand.changed({ property, expected, actual });
}

/** Compares a resource by CloudFormation, by the comparison of its type, or by both. */
async function compareResource(
  environment: Environment,
  resource: DeployedResource,
  stackResources: readonly DeployedResource[],
): Promise<Findings> {
  const comparison = COMPARISONS[resource.type];
  const results: Promise<Findings>[] = [];
  if (isComparedByCloudFormation(resource.type)) results.push(detectDrift(environment, resource));
  if (comparison) results.push(compareProperties(comparison, comparedResource(environment, resource, stackResources)));
  const findings = results.map((result) => result.catch((error: unknown) => findingsOfError(error, resource)));
  const joinedFindings = joinFindings(await Promise.all(findings));
  return { ...joinedFindings, changes: withoutRepeatedDeletion(joinedFindings.changes) };
}

/** Changes of one resource. If both CloudFormation and the comparison of its type found it deleted, once is enough. */
function withoutRepeatedDeletion(changes: readonly Change[]): readonly Change[] {
  const firstDeletion = changes.find(isDeletion);
  return changes.filter((change) => change === firstDeletion || !isDeletion(change));
}

/** CloudFormation is also asked to compare types that a team has added to the app, which no list of this folder has. */
function isComparedByCloudFormation(type: string): boolean {
  if (COMPARED_BY_CLOUDFORMATION.has(type)) return true;
  const isKnown = type in COMPARISONS || NEVER_COMPARED.has(type) || type.startsWith('Custom::');
  return !isKnown;
}

/** Findings for a resource that could not be compared because of an error. */
function findingsOfError(error: unknown, resource: DeployedResource): Findings {
  const isUnsupported = error instanceof Error && error.message.includes('Drift detection is not supported');
  const finding = failedComparison(resource, errorTextWithoutRequest(error));
  return { ...NO_FINDINGS, notCompared: [isUnsupported ? { ...finding, cause: 'unsupported' } : finding] };
}

function comparedResource(
  environment: Environment,
  resource: DeployedResource,
  stackResources: readonly DeployedResource[],
): ComparedResource {
  const properties = resource.properties as ComparedResource['properties'];
  return { environment, resource, stackResources, properties, physicalId: resource.physicalId };
}

async function compareProperties(comparison: Comparison, compared: ComparedResource): Promise<Findings> {
  const { actual, isLost } = await readActual(comparison, compared);
  if (!actual) {
    const advice = isLost ? comparison.adviceIfLost : undefined;
    const fix = advice ?? fixOf(comparison, compared, { actual, difference: undefined });
    return { ...NO_FINDINGS, changes: [deletion(compared.resource, fix)] };
  }
  const expected = expectedProperties(comparison, compared);
  const changes: Change[] = [];
  const notCompared: NotCompared[] = [];
  for (const difference of differencesBetween(expected, actual)) {
    const property = readableName(difference.path, expected);
    if (difference.expected === UNRESOLVED) {
      notCompared.push(unresolvedProperty(compared.resource, property));
      continue;
    }
    changes.push({
      ...compared.resource,
      property,
      expected: valueText(difference.expected, comparison),
      actual: valueText(difference.actual, comparison),
      fix: fixOf(comparison, compared, { actual, difference }),
    });
  }
  return { changes, byDesign: [], notCompared };
}

function unresolvedProperty(resource: DeployedResource, property: string): NotCompared {
  return { ...resource, property, reason: words.changedByHand.unresolved(), cause: 'unresolved' };
}

/** Result of reading a resource from its service. */
interface ActualResource {
  /** `undefined` if the resource was deleted. */
  readonly actual: Properties | undefined;
  /** True if the service does not know the resource any more, so that its deletion cannot be cancelled. */
  readonly isLost: boolean;
}

async function readActual(comparison: Comparison, compared: ComparedResource): Promise<ActualResource> {
  try {
    return { actual: (await comparison.read(compared)) as Properties | undefined, isLost: false };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return { actual: undefined, isLost: true };
  }
}

/** The services name these errors differently: `NoSuchEntityException`, `ResourceNotFoundException`, `NotFound`. */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && /NotFound|NoSuch/.test(error.name);
}

/** Commands that undo a change. If only AWS knows a value of the template, a command shows the template instead. */
function fixOf(comparison: Comparison, compared: ComparedResource, change: ChangeToUndo): string {
  const { awsCommand, details, redeployCommand } = compared.environment;
  const lastOperation = comparison.fix(compared, change);
  if (!lastOperation) return redeployCommand;
  const firstOperation = comparison.prepareFix?.(compared, change);
  const operations = firstOperation ? [firstOperation, lastOperation] : [lastOperation];
  const commands = operations.map(([name, parameters]) => awsCommand(name, optionsOf(parameters))).join('\n');
  const isComplete = !commands.includes(UNRESOLVED_TEXT);
  if (isComplete) return commands;
  return awsCommand('cloudformation get-template', `--stack-name ${details.StackName ?? ''}`);
}

function valueText(value: unknown, { describeValue = textOf }: Comparison): string {
  return value === undefined || value === null ? words.changedByHand.notSet() : describeValue(value);
}

/**
 * Changes whose fixes consider that the storage of a database has grown. A deployment with `--revert-drift` would shrink
 * it, which RDS refuses: the size must be written into the config before.
 */
function fixStorageBeforeDeployment(
  changes: readonly Change[],
  byDesign: Findings['byDesign'],
  redeployCommand: string,
): readonly Change[] {
  const storageChange = [...changes, ...byDesign].find(({ grownStorage }) => grownStorage !== undefined);
  if (!storageChange) return changes;
  const size = storageChange.grownStorage ?? '';
  const fix = words.changedByHand.grownStorage({ size, command: redeployCommand });
  return changes.map((change) => {
    const isFixedByDeployment = change.fix === redeployCommand;
    return isFixedByDeployment ? { ...change, fix } : change;
  });
}

/**
 * Changes in the order in which their fixes must run. Deployments come first: one creates the role again to which a later
 * command gives a policy. The commands of the AWS CLI follow in the order of `COMPARISONS`.
 */
function inOrderOfFixes(changes: readonly Change[]): Change[] {
  const types = Object.keys(COMPARISONS);
  const positionOf = ({ type, fix }: Change) => (fix.startsWith('aws ') ? types.indexOf(type) : -1);
  return [...changes].sort((first, second) => positionOf(first) - positionOf(second));
}
