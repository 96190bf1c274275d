import type { Environment } from '../environment';
import type { DeployedResource } from './deployed-resources';

export type Properties = Readonly<Record<string, unknown>>;

/** Properties of the template that are names of other resources. */
interface NamingProperties {
  readonly Bucket: string;
  readonly DestinationCidrBlock: string;
  readonly GroupId: string;
  readonly PolicyName: string;
  readonly Roles: string[];
  readonly RouteTableId: string;
  readonly RouteTableIds: string[];
  readonly ServiceName: string;
  readonly SubnetId: string;
  readonly TopicArn: string;
  readonly Topics: string[];
  readonly VpcId: string;
}

/** A resource that is compared, with what is around it. */
export interface ComparedResource {
  readonly environment: Environment;
  readonly resource: DeployedResource;
  /** All resources of the stack. */
  readonly stackResources: readonly DeployedResource[];
  /** The template's properties. */
  readonly properties: Properties & NamingProperties;
  readonly physicalId: string;
}

/** Operation of the AWS CLI with its parameters. */
export type Operation = readonly [name: string, parameters: object];

/** Comparison of a type that CloudFormation does not compare, or not as a whole. */
export interface Comparison {
  /** Names of the template's properties that are compared, or their equivalent; none: only whether the resource exists. */
  readonly expects: readonly string[] | ((compared: ComparedResource) => Properties);
  /** Reads the same from the service, in any case of letters. Returns undefined, or throws NotFound, if it is gone. */
  readonly read: (compared: ComparedResource) => Promise<object | undefined>;
  /** The operation that sets what the template says. */
  readonly fix: (compared: ComparedResource, actual: Properties | undefined) => Operation;
  /** Advice for a deleted resource that no operation restores. */
  readonly adviceIfLost?: string;
}

/** The template's properties that are compared. */
export function expectedProperties({ expects }: Comparison, compared: ComparedResource): Properties {
  if (typeof expects === 'function') return expects(compared);
  const { properties } = compared;
  return Object.fromEntries(expects.filter((name) => name in properties).map((name) => [name, properties[name]]));
}
