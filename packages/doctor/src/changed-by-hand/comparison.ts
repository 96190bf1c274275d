import type { Environment } from '@infra/operate/deployed/environment';
import type { DeployedResource } from '@infra/operate/deployed/deployed-resources';

export type Properties = Readonly<Record<string, unknown>>;

/** Properties of the template that are names of other resources; each is set for the types whose comparison uses it. */
interface NamingProperties {
  readonly Bucket: string;
  readonly DestinationCidrBlock: string;
  readonly Endpoint: string;
  readonly GroupId: string;
  readonly InternetGatewayId: string;
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

/** Comparison of a type that CloudFormation does not compare. */
export interface Comparison {
  /** The template's properties, with which those that `read` returns are compared. */
  readonly expects: (compared: ComparedResource) => Properties;
  /** Reads the properties from the service. If the resource was deleted, returns `undefined`, or throws a NotFound error. */
  readonly read: (compared: ComparedResource) => Promise<object | undefined>;
  /** The operation that restores the template's properties; without actual properties the resource was deleted. */
  readonly fix: (compared: ComparedResource, actual: Properties | undefined) => Operation;
}

/** Something that was added by hand to a resource. */
export interface Addition {
  /** Name of the property that has it, `InlinePolicies`. */
  readonly property: string;
  /** The addition, for a reader. */
  readonly text: string;
  /** The operation that removes it. */
  readonly fix: Operation;
}

/**
 * Reads what was added by hand to a resource of a type that CloudFormation compares: CloudFormation only compares what the
 * template sets.
 */
export type AdditionReader = (compared: ComparedResource) => Promise<readonly Addition[]>;
