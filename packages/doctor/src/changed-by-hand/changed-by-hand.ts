import { referencedIds } from '@infra/common/template';
import { words } from './words';
import { isStackInProgress } from '@infra/operate/deployed/deployed-stack';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import { revertDriftCommand } from '../revert-drift-command';
import { optionsOf } from './aws-cli-options';
import { detectDrift, findingsOfRefusal } from './cloudformation-drift';
import type { AdditionReader, ComparedResource, Comparison, Operation, Properties } from './comparison';
import { coverageOf } from './coverage';
import { type DeployedResource, deployedResourcesOf, isUnresolved } from '@infra/operate/deployed/deployed-resources';
import { differencesBetween, textOf } from './differences';
import {
  type Change,
  deletion,
  failedComparison,
  type Findings,
  isDeletion,
  NO_FINDINGS,
  refusedComparison,
} from './findings';
import { readableName } from './property-name';

/** CloudFormation refuses to compare more in parallel ("Rate exceeded", cloudformation-coverage-roadmap, issue 801). */
const MOST_PARALLEL_COMPARISONS = 5;

/** Types whose change does the most harm: they are compared first, in case the time does not suffice for all. */
const COMPARED_FIRST: readonly string[] = [
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::ECS::Service',
  'AWS::RDS::DBInstance',
];

/** Called after each comparison. */
export type OnCompared = (comparedCount: number, resourceCount: number) => void;

/**
 * Finds changes by hand: those of a stack's resources that no deployment of the stack made. If a resource cannot be
 * compared, the other ones still are.
 * @param isWanted - True for the resources that are to be compared; by default for all.
 */
export async function findChangesByHand(
  environment: Environment,
  isWanted: (resource: DeployedResource) => boolean = () => true,
  onCompared: OnCompared = () => undefined,
): Promise<Findings> {
  const stackResources = deployedResourcesOf(environment);
  const wantedResources = stackResources.filter(isWanted);
  const underway = reasonOfDeployment(environment);
  if (underway !== undefined) {
    return joinFindings(wantedResources.map((resource) => failedComparison(resource, underway)));
  }
  const findings = new Map<DeployedResource, Findings>();
  const waiting = byHarm(wantedResources);
  const compareNext = async (): Promise<void> => {
    for (let resource = waiting.shift(); resource !== undefined; resource = waiting.shift()) {
      const comparisons = await Promise.all(compareResource(environment, resource, stackResources));
      findings.set(resource, joinFindings(comparisons));
      onCompared(findings.size, wantedResources.length);
    }
  };
  await Promise.all(Array.from({ length: MOST_PARALLEL_COMPARISONS }, compareNext));
  const inOrderOfStack = wantedResources.map((resource) => findings.get(resource) ?? NO_FINDINGS);
  return inOrderOfFixes(joinFindings(inOrderOfStack), environment);
}

/** Resources in the order in which they are compared. */
function byHarm(resources: readonly DeployedResource[]): DeployedResource[] {
  const first = COMPARED_FIRST.flatMap((harmful) => resources.filter(({ type }) => type === harmful));
  return [...first, ...resources.filter(({ type }) => !COMPARED_FIRST.includes(type))];
}

/** The reason for which nothing is compared: a deployment is changing the resources. `undefined`: none is underway. */
function reasonOfDeployment(environment: Environment): string | undefined {
  if (!isStackInProgress(environment)) return undefined;
  const { StackName: stackName = '', StackStatus: stackStatus = '' } = environment.details;
  return words.deploymentUnderway({ stackName, stackStatus });
}

/** A sentence without a period on a change. */
export function sentenceOf(change: Change): string {
  const { property, expected, actual } = change;
  if (isDeletion(change)) return words.deleted;
  return words.changed({ property, expected, actual });
}

/** Compares a resource by CloudFormation, by the comparison of its type, or by both. */
function compareResource(
  environment: Environment,
  resource: DeployedResource,
  stackResources: readonly DeployedResource[],
): Promise<Findings>[] {
  const properties = resource.properties as ComparedResource['properties'];
  const { physicalId } = resource;
  const compared: ComparedResource = { environment, resource, stackResources, properties, physicalId };
  const findings: Promise<Findings>[] = [];
  const { comparedBy, comparison, additions } = coverageOf(resource.type);
  if (comparedBy === 'CloudFormation') {
    const drift = detectDrift(environment, resource);
    findings.push(drift.catch((error: unknown) => findingsOfRefusal(error, resource)));
  }
  if (comparison) findings.push(compareProperties(comparison, compared));
  if (findings.length === 0) findings.push(Promise.resolve({ ...NO_FINDINGS, neverCompared: [resource] }));
  if (additions) findings.push(findAdditions(additions, compared));
  return findings;
}

async function compareProperties(comparison: Comparison, compared: ComparedResource): Promise<Findings> {
  const { resource } = compared;
  if (isUnresolved(resource.properties)) return { ...NO_FINDINGS, neverCompared: [resource] };
  let actual: Properties | undefined;
  try {
    actual = (await comparison.read(compared)) as Properties | undefined;
  } catch (error) {
    if (!isNotFound(error)) return refusedComparison(resource, error);
  }
  const fix = commandOf(compared, comparison.fix(compared, actual));
  if (!actual) return deletion(resource, fix);
  const expected = comparison.expects(compared);
  const differences = differencesBetween(expected, actual);
  const changes = differences.map((difference) => ({
    ...resource,
    property: readableName(difference.path, expected),
    expected: valueText(difference.expected),
    actual: valueText(difference.actual),
    fix,
  }));
  return { ...NO_FINDINGS, changes };
}

async function findAdditions(readAdditions: AdditionReader, compared: ComparedResource): Promise<Findings> {
  const { resource } = compared;
  try {
    const additions = await readAdditions(compared);
    const changes = additions.map(({ property, text, fix }) => ({
      ...resource,
      property,
      expected: words.notSet,
      actual: text,
      fix: commandOf(compared, fix),
    }));
    return { ...NO_FINDINGS, changes };
  } catch (error) {
    // CloudFormation reports a resource that was deleted.
    if (isNotFound(error)) return NO_FINDINGS;
    return refusedComparison(resource, error);
  }
}

/** The services name these errors differently: `NoSuchEntityException`, `ResourceNotFoundException`, `NotFound`. */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && /NotFound|NoSuch/.test(error.name);
}

function commandOf({ environment }: ComparedResource, [name, parameters]: Operation): string {
  return awsCommand(environment.region, name, optionsOf(parameters));
}

function valueText(value: unknown): string {
  return value === undefined || value === null ? words.notSet : textOf(value);
}

/** All findings of several comparisons, in their order. */
function joinFindings(parts: readonly Findings[]): Findings {
  return {
    changes: parts.flatMap(({ changes }) => changes),
    failures: parts.flatMap(({ failures }) => failures),
    neverCompared: parts.flatMap(({ neverCompared }) => neverCompared),
    grownStorage: parts.find(({ grownStorage }) => grownStorage !== undefined)?.grownStorage,
  };
}

/**
 * Findings in the order in which their fixes must run. A reversal by CloudFormation may replace web tasks, which need the
 * network and the rights that the services' own commands restore. Commands on what it creates again follow after it, such
 * as one that gives a policy to a role. It would shrink a storage that has grown, which RDS refuses: the size must be
 * written into the config before.
 */
function inOrderOfFixes(findings: Findings, environment: Environment): Findings {
  const { changes, grownStorage } = findings;
  const command = revertDriftCommand(environment);
  const fix = grownStorage === undefined ? command : words.grownStorage({ size: grownStorage, command });
  const isReverted = (change: Change) => change.fix === command;
  const reverted = changes.filter(isReverted).map((change) => ({ ...change, fix }));
  const createdIds = new Set(reverted.filter(isDeletion).map(({ logicalId }) => logicalId));
  const needsReversal = ({ logicalId }: Change) => {
    return referencedIds(environment.template.Resources[logicalId]).some((id) => createdIds.has(id));
  };
  const others = changes.filter((change) => !isReverted(change));
  const before = others.filter((change) => !needsReversal(change));
  const after = others.filter(needsReversal);
  return { ...findings, changes: [...before, ...reverted, ...after] };
}
