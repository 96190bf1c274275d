import type { Environment } from '../environment';
import type { DeployedResource } from './deployed-resources';
import type { Difference } from './differences';

export type Properties = Readonly<Record<string, unknown>>;

/** Properties of the template that are names of other resources; each is set for the types whose comparison uses it. */
interface NamingProperties {
  readonly Bucket: string;
  readonly DestinationCidrBlock: string;
  readonly GroupId: string;
  readonly PolicyName: string;
  readonly ResourceArn: string;
  readonly Roles: string[];
  readonly RouteTableId: string;
  readonly RouteTableIds: string[];
  readonly ServiceName: string;
  readonly SubnetId: string;
  readonly TopicArn: string;
  readonly Topics: string[];
  readonly VpcId: string;
  readonly WebACLArn: string;
}

/** A resource that is compared, with its environment and the other resources of its stack. */
export interface ComparedResource {
  readonly environment: Environment;
  readonly resource: DeployedResource;
  /** All resources of the stack. */
  readonly stackResources: readonly DeployedResource[];
  /** The template's properties. */
  readonly properties: Properties & NamingProperties;
  readonly physicalId: string;
}

/** Operation of the AWS CLI, such as `ec2 create-route`, with its parameters. */
export type Operation = readonly [name: string, parameters: object];

/** A change that a fix is to undo. */
export interface ChangeToUndo {
  /** Properties as the service has them; `undefined` if the resource was deleted. */
  readonly actual: Properties | undefined;
  /** The changed property; `undefined` if the resource was deleted. */
  readonly difference: Difference | undefined;
}

/** Names of properties of a comparison that only checks that the resource exists. */
export const EXISTENCE_ONLY: readonly string[] = [];

/** Comparison of a type that CloudFormation does not compare, or not as a whole. */
export interface Comparison {
  /**
   * The expected properties, with which those that `read` returns are compared: names of properties of the template, or a
   * function if the template does not have them. `EXISTENCE_ONLY`: none.
   */
  readonly expects: readonly string[] | ((compared: ComparedResource) => Properties);
  /**
   * Reads the expected properties from the service; upper and lower case do not matter in their names. If the resource
   * was deleted, returns `undefined`, or throws the service's NotFound error.
   */
  readonly read: (compared: ComparedResource) => Promise<object | undefined>;
  /** The operation that restores the template's properties; `undefined` if only a deployment does. */
  readonly fix: (compared: ComparedResource, change: ChangeToUndo) => Operation | undefined;
  /** The operation that must run before that of `fix`; by default there is none. */
  readonly prepareFix?: (compared: ComparedResource, change: ChangeToUndo) => Operation | undefined;
  /** A changed value for a reader; by default a text, or JSON. */
  readonly describeValue?: (value: unknown) => string;
  /** Advice for a resource that was deleted for good, which no operation restores. */
  readonly adviceIfLost?: string;
}

/** The template's properties that are compared. */
export function expectedProperties({ expects }: Comparison, compared: ComparedResource): Properties {
  if (typeof expects === 'function') return expects(compared);
  const { properties } = compared;
  const namesInTemplate = expects.filter((name) => name in properties);
  return Object.fromEntries(namesInTemplate.map((name) => [name, properties[name]]));
}
