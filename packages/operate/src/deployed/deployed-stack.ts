import { CloudFormation, type Output, type Parameter, type Stack } from '@aws-sdk/client-cloudformation';
import { joined } from '@infra/common/message';
import { CannotTellError } from '@infra/common/outcome';
import type { Template } from '@infra/common/template';
import {
  type OutputName,
  Parameter as StackParameter,
  type ParameterName,
  stackId,
  type StackPart,
} from '@infra/commands/app';
import type { EnvironmentName } from '@infra/commands/environment-argument';
import { awsClient, type Connection } from './aws-client';
import { errorText, undefinedIf } from './aws-errors';
import { words } from './words';
import { readAll } from './pages';
import { needsSignIn } from './sign-in-errors';
import { findPart, parseTemplate, partNotFound, requirePart, type StackTemplate } from './template-parts';
import { configOf } from '@infra/commands/environment-config';

/** Class of the SDK's clients for a service, such as `ECS`. */
export type ClientClass<Client> = new (config: object) => Client;

/** An environment's stack as it is in the account of the credentials. */
export interface DeployedStack {
  readonly environmentName: EnvironmentName;
  readonly region: string;
  /** CloudFormation's answer to DescribeStacks. */
  readonly details: Stack;
  readonly parameters: Readonly<Partial<Record<ParameterName, string>>>;
  readonly outputs: Readonly<Partial<Record<OutputName, string>>>;
  /** The deployed template. A stack that was never deployed has one without resources. */
  readonly template: Template;
  /** Physical ids of the resources that exist, by their logical ids. */
  readonly physicalIds: ReadonlyMap<string, string>;
  /** Makes a client of the SDK in the stack's region. */
  readonly client: <Client>(Class: ClientClass<Client>, config?: object) => Client;
}

/** The account of the credentials has no such stack: it was not deployed there yet, or was deleted. */
class NoStackError extends CannotTellError {}

/**
 * Reads the stack of an environment. Its parts are found through the stack, by their construct paths (lib/contract.ts), and
 * not by their names. Throws a CannotTellError if there is no such stack, or AWS does not answer.
 *
 * @param deadline - Moment for which it waits for AWS; each request takes as long as its attempts do unless given.
 */
export async function readStack(
  environmentName: EnvironmentName,
  { deadline }: Pick<Connection, 'deadline'> = {},
): Promise<DeployedStack> {
  const { region } = configOf(environmentName);
  const stackName = stackId(environmentName);
  const client = <Client>(Class: ClientClass<Client>, config?: object) => {
    return awsClient(Class, { region, deadline }, config);
  };
  const cloudFormation = client(CloudFormation);
  try {
    const details = await describeStack(cloudFormation, stackName, region);
    const [physicalIds, template] = await Promise.all([
      readPhysicalIds(cloudFormation, stackName),
      readTemplate(cloudFormation, details),
    ]);
    return {
      environmentName,
      region,
      details,
      parameters: parameterValues(details.Parameters),
      outputs: outputValues(details.Outputs),
      template,
      physicalIds,
      client,
    };
  } catch (error) {
    throw explainFailure(error, stackName, region);
  }
}

/** Like `readStack`, but returns `undefined` if there is no such stack. */
export async function readStackIfDeployed(environmentName: EnvironmentName): Promise<DeployedStack | undefined> {
  return await readStack(environmentName).catch(undefinedIf(NoStackError));
}

/** Reads the parameters of an environment's stack, which are those of its newest deployment. */
export async function readParameters(environmentName: EnvironmentName): Promise<DeployedStack['parameters']> {
  const { region } = configOf(environmentName);
  const details = await describeStack(awsClient(CloudFormation, { region }), stackId(environmentName), region);
  return parameterValues(details.Parameters);
}

/** Id of the account of a stack. */
export function accountOf({ details: { StackId = '' } }: Pick<DeployedStack, 'details'>): string {
  return StackId.split(':')[4] ?? '';
}

/** Tag of the web image; empty before the first release. */
export function webImageTag({ parameters }: DeployedStack): string {
  return parameters[StackParameter.appImageTag] ?? '';
}

/** True while CloudFormation deploys, rolls back or deletes a stack. A change set that waits to be executed does nothing. */
export function isStackInProgress({ details }: DeployedStack): boolean {
  const StackStatus: string = details.StackStatus ?? '';
  return StackStatus.endsWith('_IN_PROGRESS') && StackStatus !== 'REVIEW_IN_PROGRESS';
}

/** True if the stack has a part that the config may leave out. */
export function hasPart(stack: DeployedStack, part: StackPart): boolean {
  return findPhysicalId(stack, part) !== undefined;
}

/**
 * True if a part exists that every environment has. Before the first deployment, and after one that was rolled back, it does
 * not.
 *
 * @throws CannotTellError if the stack has resources, and its template lacks the part.
 */
export function isPartCreated(stack: DeployedStack, part: StackPart): boolean {
  if (stack.physicalIds.size === 0) return false;
  const [logicalId] = requirePart(stackTemplateOf(stack), part);
  return stack.physicalIds.has(logicalId);
}

/**
 * Physical id of a part of the stack.
 *
 * @throws CannotTellError if the stack has no such part.
 */
export function physicalIdOf(stack: DeployedStack, part: StackPart): string {
  const physicalId = findPhysicalId(stack, part);
  if (physicalId === undefined) throw partNotFound(stackTemplateOf(stack), part);
  return physicalId;
}

/** Physical ids of all resources of a type, for what is asked of each of them. One of them is found as a part. */
export function allPhysicalIds({ template, physicalIds }: DeployedStack, type: string): string[] {
  const resources = Object.entries(template.Resources);
  const resourcesOfType = resources.filter(([, { Type }]) => Type === type);
  return resourcesOfType.flatMap(([logicalId]) => physicalIds.get(logicalId) ?? []);
}

/** The deployed template, as parts are found in it. */
export function stackTemplateOf({ template, details: { StackName = '' } }: DeployedStack): StackTemplate {
  return { template, stackName: StackName, templateName: StackName };
}

function findPhysicalId(stack: DeployedStack, part: StackPart): string | undefined {
  const [logicalId = ''] = findPart(stackTemplateOf(stack), part) ?? [];
  return stack.physicalIds.get(logicalId);
}

async function describeStack(cloudFormation: CloudFormation, StackName: string, region: string): Promise<Stack> {
  const stacks = await readAll(cloudFormation.paginateDescribeStacks({ StackName }), 'Stacks');
  const details = stacks[0];
  if (!details) throw noStackError(StackName, region);
  return details;
}

async function readPhysicalIds(cloudFormation: CloudFormation, StackName: string): Promise<Map<string, string>> {
  const pages = cloudFormation.paginateListStackResources({ StackName });
  const physicalIds = new Map<string, string>();
  for (const resource of await readAll(pages, 'StackResourceSummaries')) {
    const { LogicalResourceId = '', ResourceStatus, PhysicalResourceId } = resource;
    if (ResourceStatus === 'DELETE_COMPLETE' || PhysicalResourceId === undefined) continue;
    physicalIds.set(LogicalResourceId, PhysicalResourceId);
  }
  return physicalIds;
}

async function readTemplate(cloudFormation: CloudFormation, { StackName = '', StackStatus }: Stack): Promise<Template> {
  // A change set was created for the stack, and none was executed: there is nothing in it.
  if (StackStatus === 'REVIEW_IN_PROGRESS') return { Resources: {} };
  const { TemplateBody = '' } = await cloudFormation.getTemplate({ StackName });
  const template = parseTemplate(TemplateBody);
  if (!template) throw new CannotTellError(words.parts.noPaths({ stackName: StackName, templateName: StackName }));
  return template;
}

function parameterValues(parameters: readonly Parameter[] = []): DeployedStack['parameters'] {
  const values: Record<string, string> = {};
  for (const { ParameterKey = '', ParameterValue = '' } of parameters) {
    values[ParameterKey] = ParameterValue;
  }
  return values;
}

function outputValues(outputs: readonly Output[] = []): DeployedStack['outputs'] {
  const values: Record<string, string> = {};
  for (const { OutputKey = '', OutputValue = '' } of outputs) {
    values[OutputKey] = OutputValue;
  }
  return values;
}

function noStackError(stackName: string, region: string): NoStackError {
  return new NoStackError(words.stack.missing({ stackName, region }));
}

/** The reason for which a stack could not be read, in words for a person. */
function explainFailure(error: unknown, stackName: string, region: string): CannotTellError {
  if (error instanceof CannotTellError) return error;
  if (isMissingStack(error, stackName)) return noStackError(stackName, region);
  const advice = needsSignIn(error) ? words.signIn : undefined;
  const problem = words.stack.notAsked({ stackName, region, reason: errorText(error) });
  return new CannotTellError(joined([problem, advice]), { cause: error });
}

/** CloudFormation has no error of its own for a missing stack: its ValidationErrors differ by their messages only. */
export function isMissingStack(error: unknown, stackName: string): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'ValidationError' && error.message.startsWith(`Stack with id ${stackName} does not exist`);
}
