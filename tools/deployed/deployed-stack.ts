import { CloudFormation, type Stack } from '@aws-sdk/client-cloudformation';
import * as environments from '../../lib/config';
import { stackId } from '../../lib/config/names';
import type { OutputName, ParameterName } from '../../lib/contract';
import { needsSignIn } from './sign-in';
import { awsClient, readAll } from './aws';
import type { EnvironmentName } from '../program/environment-argument';
import { CannotTellError } from '@infra/common/outcome';

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

/** Reads the stack of an environment: what it made is found through it, and not by names. */
export async function readStack(environmentName: EnvironmentName, patience?: number): Promise<DeployedStack> {
  const { region } = environments[environmentName];
  const StackName = stackId(environmentName);
  const client = <Client>(Class: ClientClass<Client>) => awsClient(Class, { region, patience });
  const cloudFormation = client(CloudFormation);
  try {
    const [description] = await readAll(cloudFormation.paginateDescribeStacks({ StackName }), 'Stacks');
    if (!description) throw new Error(`Stack ${StackName} does not exist`);
    const resources = await readAll(cloudFormation.paginateListStackResources({ StackName }), 'StackResourceSummaries');
    const { Parameters = [], Outputs = [] } = description;
    return {
      environmentName: environmentName,
      region,
      description,
      parameters: Object.fromEntries(Parameters.map((it) => [it.ParameterKey ?? '', it.ParameterValue ?? ''])),
      outputs: Object.fromEntries(Outputs.map((it) => [it.OutputKey ?? '', it.OutputValue ?? ''])),
      ids: (type) =>
        resources
          .filter(({ ResourceType, ResourceStatus }) => ResourceType === type && ResourceStatus !== 'DELETE_COMPLETE')
          .flatMap(({ PhysicalResourceId }) => PhysicalResourceId ?? []),
      client,
    };
  } catch (error) {
    throw reasonOf(error, `${StackName} in ${region}`);
  }
}

/** The same, or `undefined` before the first deployment. */
export async function readStackIfDeployed(environmentName: EnvironmentName): Promise<DeployedStack | undefined> {
  return await readStack(environmentName).catch(undefinedIf(NoStackError));
}

function reasonOf(error: unknown, what: string): CannotTellError {
  if (error instanceof CannotTellError) return error;
  const said = errorText(error);
  const where = 'in the account of your credentials (aws sts get-caller-identity)';
  if (said.includes('does not exist')) return new NoStackError(`There is no stack ${what}, ${where}.`);
  const signIn = '\nSign in as for the AWS CLI ("aws configure", "aws sso login", AWS_PROFILE).';
  return new CannotTellError(`${what} could not be asked: ${said}${needsSignIn(error) ? signIn : ''}`);
}

/** Text of an error of the SDK. If every address refused the connection, it has no message of its own. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.name}: ${error.message || String((error as { code?: unknown }).code)}`;
}

/** The first of a list, which AWS must know. */
export async function readFirst<Page, Key extends keyof Page>(what: string, pages: AsyncIterable<Page>, key: Key) {
  return mustExist(what, (await readAll(pages, key))[0]);
}

/** For `catch`: nothing where AWS says by this error that there is none. */
export const undefinedIf = (None: new (...args: never[]) => Error) => (error: unknown) => {
  if (error instanceof None) return undefined;
  throw error;
};

/** The one item that the stack made; the error has the SDK's name for a missing one. */
export function mustExist<T>(what: string, found: T | undefined): T {
  if (found !== undefined) return found;
  throw Object.assign(new Error(`there is no ${what}`), { name: 'NotFound' });
}

/** The physical id of the stack's first resource of a type; `part` is contained in it where there are several. */
export function physicalIdOf(stack: DeployedStack, type: string, part = ''): string {
  const found = stack.ids(type).find((id) => id.includes(part));
  if (found === undefined) throw new CannotTellError(`The stack has no ${type}.`);
  return found;
}

/** Part of an ARN after its last slash or colon. */
export function lastPart(arn = ''): string {
  return arn.split(/[/:]/).at(-1) ?? '';
}
