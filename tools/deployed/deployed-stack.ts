import { CloudFormation, type Output, type Parameter, type Stack } from '@aws-sdk/client-cloudformation';
import { CannotTellError } from '@infra/common/outcome';
import * as environments from '../../lib/config';
import { stackId } from '../../lib/config/names';
import type { OutputName, ParameterName } from '../../lib/contract';
import type { EnvironmentName } from '../program/environment-argument';
import { awsClient } from './aws-client';
import { errorText, undefinedIf } from './aws-errors';
import { readAll } from './pages';
import { needsSignIn } from './sign-in-errors';

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
  /** The physical ids of the stack's resources of a type, e.g. `AWS::ECS::Service`; empty if there is none. */
  readonly physicalIdsOf: (type: string) => readonly string[];
  /** Makes a client of the SDK in the stack's region. */
  readonly client: <Client>(Class: ClientClass<Client>) => Client;
}

/** The account of the credentials has no such stack: it was not deployed there yet, or was deleted. */
class NoStackError extends CannotTellError {}

/**
 * Reads the stack of an environment. Its resources are found through the stack, since CloudFormation chooses some of their names.
 * Throws a CannotTellError if there is no such stack, or AWS does not answer.
 *
 * @param timeoutMs - Timeout of each answer; the default of `awsClient` unless given.
 */
export async function readStack(environmentName: EnvironmentName, timeoutMs?: number): Promise<DeployedStack> {
  const { region } = environments[environmentName];
  const stackName = stackId(environmentName);
  const client = <Client>(Class: ClientClass<Client>) => awsClient(Class, { region, timeoutMs });
  const cloudFormation = client(CloudFormation);
  try {
    const details = await describeStack(cloudFormation, stackName, region);
    const physicalIds = await readPhysicalIds(cloudFormation, stackName);
    return {
      environmentName,
      region,
      details,
      parameters: parameterValues(details.Parameters),
      outputs: outputValues(details.Outputs),
      physicalIdsOf: (type) => physicalIds.get(type) ?? [],
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

/** True if there is a stack with this name. Throws a CannotTellError if AWS does not answer. */
export async function stackExists(stackName: string, region: string): Promise<boolean> {
  try {
    await describeStack(awsClient(CloudFormation, { region }), stackName, region);
    return true;
  } catch (error) {
    const failure = explainFailure(error, stackName, region);
    if (failure instanceof NoStackError) return false;
    throw failure;
  }
}

/**
 * The physical id of the stack's first resource of a type; throws a CannotTellError if there is none.
 * @param part - Text that the physical id contains, for a type of which the stack has several resources.
 */
export function physicalIdOf(stack: DeployedStack, type: string, part = ''): string {
  const physicalId = stack.physicalIdsOf(type).find((id) => id.includes(part));
  if (physicalId === undefined) throw new CannotTellError(`The stack has no ${type}.`);
  return physicalId;
}

async function describeStack(cloudFormation: CloudFormation, StackName: string, region: string): Promise<Stack> {
  const stacks = await readAll(cloudFormation.paginateDescribeStacks({ StackName }), 'Stacks');
  const details = stacks[0];
  if (!details) throw noStackError(StackName, region);
  return details;
}

/** Physical ids of a stack's resources by their type. */
async function readPhysicalIds(cloudFormation: CloudFormation, StackName: string): Promise<Map<string, string[]>> {
  const pages = cloudFormation.paginateListStackResources({ StackName });
  const physicalIds = new Map<string, string[]>();
  for (const resource of await readAll(pages, 'StackResourceSummaries')) {
    const { ResourceType = '', ResourceStatus, PhysicalResourceId } = resource;
    if (ResourceStatus === 'DELETE_COMPLETE' || PhysicalResourceId === undefined) continue;
    const idsOfType = physicalIds.get(ResourceType) ?? [];
    physicalIds.set(ResourceType, [...idsOfType, PhysicalResourceId]);
  }
  return physicalIds;
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
  const place = 'in the account of your credentials (aws sts get-caller-identity)';
  return new NoStackError(`There is no stack ${stackName} in ${region}, ${place}.`);
}

/** The reason for which a stack could not be read, in words for a person. */
function explainFailure(error: unknown, stackName: string, region: string): CannotTellError {
  if (error instanceof CannotTellError) return error;
  if (isMissingStack(error, stackName)) return noStackError(stackName, region);
  const signIn = '\nSign in as for the AWS CLI ("aws configure", "aws sso login", AWS_PROFILE).';
  const advice = needsSignIn(error) ? signIn : '';
  return new CannotTellError(`${stackName} in ${region} could not be asked: ${errorText(error)}${advice}`);
}

/** CloudFormation has no error of its own for a missing stack: its ValidationErrors differ by their messages only. */
function isMissingStack(error: unknown, stackName: string): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'ValidationError' && error.message === `Stack with id ${stackName} does not exist`;
}
