import { errorText } from '../aws-errors';
import type { Environment } from '../environment';
import { optionsOf, UNRESOLVED_TEXT } from './aws-cli-options';
import { COMPARED_BY_CLOUDFORMATION, detectDrift } from './cloudformation-drift';
import { type ComparedResource, type Comparison, expectedProperties, type Properties } from './comparison';
import { DATA } from './data';
import { type DeployedResource, readDeployedResources } from './deployed-resources';
import { differencesBetween, textOf, UNRESOLVED } from './differences';
import { type Change, deletion, failure, type Findings, joinFindings, NOTHING, type NotCompared } from './findings';
import { NETWORK } from './network';
import { POLICIES } from './policies';
import { readableName } from './property-name';
import { RUNTIME } from './runtime';

/** Comparisons of the types that CloudFormation does not compare, or not as a whole, by type. */
export const COMPARISONS: Readonly<Record<string, Comparison>> = { ...POLICIES, ...NETWORK, ...RUNTIME, ...DATA };

/** Types of which neither CloudFormation nor this table sees a change. */
export const NEVER_COMPARED: ReadonlySet<string> = new Set([
  'AWS::Budgets::Budget',
  'AWS::CertificateManager::Certificate',
  'AWS::Route53::RecordSet',
  'AWS::SecretsManager::SecretTargetAttachment',
]);

/** CloudFormation refuses more at a time ("Rate exceeded", cloudformation-coverage-roadmap 801). */
const RESOURCES_AT_ONCE = 5;

/**
 * Finds what was changed by hand in the resources of a stack. A resource that cannot be compared hides no other one.
 * @param isWanted - Which resources are compared; all by default.
 */
export async function changedByHand(
  environment: Environment,
  isWanted: (resource: DeployedResource) => boolean = () => true,
): Promise<Findings> {
  const stackResources = await readDeployedResources(environment);
  const wanted = stackResources.filter(isWanted);
  const findings: Findings[] = [];
  for (let start = 0; start < wanted.length; start += RESOURCES_AT_ONCE) {
    const some = wanted.slice(start, start + RESOURCES_AT_ONCE);
    const compared = some.map((resource) => compareResource(environment, resource, stackResources));
    findings.push(...(await Promise.all(compared)));
  }
  const { changes, byDesign, notCompared } = joinFindings(findings);
  const changesWithFixes = fixStorageFirst(changes, byDesign, environment.redeployCommand);
  return { changes: inOrderOfFixes(changesWithFixes), byDesign, notCompared };
}

/** A change as a sentence. */
export function sentenceOf({ type, property, expected, actual }: Change): string {
  if (property === '') return `deleted by hand: ${type}`;
  return `changed by hand: ${property} \`${expected}\` → \`${actual}\``;
}

/** Compares a resource in each way that its type has. */
async function compareResource(
  environment: Environment,
  resource: DeployedResource,
  stackResources: readonly DeployedResource[],
): Promise<Findings> {
  const comparison = COMPARISONS[resource.type];
  const ways: Promise<Findings>[] = [];
  if (isComparedByCloudFormation(resource.type)) ways.push(detectDrift(environment, resource));
  if (comparison) ways.push(compareProperties(comparison, comparedResource(environment, resource, stackResources)));
  const findings = ways.map((way) => way.catch((error: unknown) => findingOf(error, resource)));
  return joinFindings(await Promise.all(findings));
}

/** CloudFormation is also asked for types that nobody here knows, which a team has added. */
function isComparedByCloudFormation(type: string): boolean {
  if (COMPARED_BY_CLOUDFORMATION.has(type)) return true;
  const isKnown = type in COMPARISONS || NEVER_COMPARED.has(type) || type.startsWith('Custom::');
  return !isKnown;
}

function findingOf(error: unknown, resource: DeployedResource): Findings {
  const isUnsupported = error instanceof Error && error.message.includes('Drift detection is not supported');
  const finding = failure(resource, errorText(error));
  return { ...NOTHING, notCompared: [isUnsupported ? { ...finding, cause: 'unsupported' } : finding] };
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
  const fix = fixOf(comparison, compared, actual);
  if (!actual) {
    const advice = isLost ? comparison.adviceIfLost : undefined;
    return { ...NOTHING, changes: [deletion(compared.resource, advice ?? fix)] };
  }
  const expected = expectedProperties(comparison, compared);
  const changes: Change[] = [];
  const notCompared: NotCompared[] = [];
  for (const difference of differencesBetween(expected, actual)) {
    const property = readableName(difference.path, expected);
    if (difference.expected === UNRESOLVED) {
      const reason = 'only AWS knows what the template says';
      notCompared.push({ ...compared.resource, property, reason, cause: 'unresolved' });
    } else {
      const values = { expected: valueText(difference.expected), actual: valueText(difference.actual) };
      changes.push({ ...compared.resource, property, ...values, fix });
    }
  }
  return { changes, byDesign: [], notCompared };
}

/** Properties as the service has them; `isLost` if it knows nothing of the resource, not even that it is being deleted. */
interface Actual {
  readonly actual: Properties | undefined;
  readonly isLost: boolean;
}

async function readActual(comparison: Comparison, compared: ComparedResource): Promise<Actual> {
  try {
    return { actual: (await comparison.read(compared)) as Properties | undefined, isLost: false };
  } catch (error) {
    const isNotFound = error instanceof Error && /NotFound|NoSuch/.test(error.name);
    if (!isNotFound) throw error;
    return { actual: undefined, isLost: true };
  }
}

/** Command that sets what the template says, or shows the template if only AWS knows a value of it. */
function fixOf(comparison: Comparison, compared: ComparedResource, actual: Properties | undefined): string {
  const { awsCommand, description } = compared.environment;
  const [operation, parameters] = comparison.fix(compared, actual);
  const options = optionsOf(parameters);
  const isComplete = !options.includes(UNRESOLVED_TEXT);
  if (isComplete) return awsCommand(operation, options);
  return awsCommand('cloudformation get-template', `--stack-name ${description.StackName ?? ''}`);
}

function valueText(value: unknown): string {
  return value === undefined || value === null ? 'not set' : textOf(value);
}

/** A deploy that reverts drift would shrink a storage that has grown, which RDS refuses: its size is written down first. */
function fixStorageFirst(
  changes: readonly Change[],
  byDesign: Findings['byDesign'],
  redeployCommand: string,
): readonly Change[] {
  const grown = [...changes, ...byDesign].find(({ grownStorage }) => grownStorage !== undefined);
  if (!grown) return changes;
  const size = `set database.allocatedStorage in lib/config to ${grown.grownStorage} GiB, to which it has grown`;
  return changes.map((change) =>
    change.fix === redeployCommand ? { ...change, fix: `${size}, then ${redeployCommand}` } : change,
  );
}

/** As their fixes must run: a deploy first, which makes the role anew to which a policy is put. */
function inOrderOfFixes(changes: readonly Change[]): Change[] {
  const types = Object.keys(COMPARISONS);
  const position = ({ type, fix }: Change) => (fix.startsWith('aws ') ? types.indexOf(type) : -1);
  return [...changes].sort((one, other) => position(one) - position(other));
}
