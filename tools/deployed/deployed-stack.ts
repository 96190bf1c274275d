import { CloudFormation, type Output, type Parameter, type Stack } from '@aws-sdk/client-cloudformation';
import { CannotTellError } from '@infra/common/outcome';
import * as environments from '../../lib/config';
import { stackId } from '../../lib/config/names';
import type { OutputName, ParameterName } from '../../lib/contract';
import type { EnvironmentName } from '../program/environment-argument';
import { awsClient, readAll } from './aws';
import { errorText, undefinedIf } from './aws-errors';
import { needsSignIn } from './sign-in';

/** A client of the SDK. */
export type ClientClass<Client> = new (config: object) => Client;

/** An environment's stack as it is in the account of the credentials. */
export interface DeployedStack {
  readonly environmentName: EnvironmentName;
  readonly region: string;
  readonly description: Stack;
  readonly parameters: Readonly<Partial<Record<ParameterName, string>>>;
  readonly outputs: Readonly<Partial<Record<OutputName, string>>>;
  /** The physical ids of its resources of a type, e.g. `AWS::ECS::Service`. */
  readonly ids: (type: string) => readonly string[];
  readonly client: <Client>(Class: ClientClass<Client>) => Client;
}

/** The environment was never deployed. */
class NoStackError extends CannotTellError {}

/** Reads the stack of an environment: its resources are found through it, and not by names. */
export async function readStack(environmentName: EnvironmentName, patience?: number): Promise<DeployedStack> {
  const { region } = environments[environmentName];
  const stackName = stackId(environmentName);
  const client = <Client>(Class: ClientClass<Client>) => awsClient(Class, { region, patience });
  const cloudFormation = client(CloudFormation);
  try {
    const description = await describeStack(cloudFormation, stackName);
    const physicalIds = await readPhysicalIds(cloudFormation, stackName);
    return {
      environmentName,
      region,
      description,
      parameters: parameterValues(description.Parameters),
      outputs: outputValues(description.Outputs),
      ids: (type) => physicalIds.get(type) ?? [],
      client,
    };
  } catch (error) {
    throw explain(error, `${stackName} in ${region}`);
  }
}

/** The same, or `undefined` before the first deployment. */
export async function readStackIfDeployed(environmentName: EnvironmentName): Promise<DeployedStack | undefined> {
  return await readStack(environmentName).catch(undefinedIf(NoStackError));
}

/** The physical id of the stack's first resource of a type; `part` is contained in it where there are several. */
export function physicalIdOf(stack: DeployedStack, type: string, part = ''): string {
  const physicalId = stack.ids(type).find((id) => id.includes(part));
  if (physicalId === undefined) throw new CannotTellError(`The stack has no ${type}.`);
  return physicalId;
}

async function describeStack(cloudFormation: CloudFormation, StackName: string): Promise<Stack> {
  const stacks = await readAll(cloudFormation.paginateDescribeStacks({ StackName }), 'Stacks');
  const description = stacks[0];
  if (!description) throw new Error(`Stack ${StackName} does not exist`);
  return description;
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

/** The reason for which a stack could not be read, in words for a person. */
function explain(error: unknown, stackInRegion: string): CannotTellError {
  if (error instanceof CannotTellError) return error;
  const reason = errorText(error);
  if (reason.includes('does not exist')) {
    const account = 'in the account of your credentials (aws sts get-caller-identity)';
    return new NoStackError(`There is no stack ${stackInRegion}, ${account}.`);
  }
  const signIn = '\nSign in as for the AWS CLI ("aws configure", "aws sso login", AWS_PROFILE).';
  const advice = needsSignIn(error) ? signIn : '';
  return new CannotTellError(`${stackInRegion} could not be asked: ${reason}${advice}`);
}
