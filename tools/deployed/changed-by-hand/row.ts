import type { Environment } from '../environment';
import { NOT_KNOWN } from './compare';
import type { StandingResource } from './template';
import { plain } from './words';

export type Properties = Readonly<Record<string, unknown>>;

/** Difference between a template and what is there. */
export interface Finding {
  /** Changed property, as in `health check path`; empty for the resource as a whole. */
  readonly what: string;
  readonly expected?: string;
  readonly actual?: string;
  /** The command that takes it back. */
  readonly fix?: string;
  /** Why it could not be compared. */
  readonly reason?: string;
  /** Size to which a database's storage has grown; a deploy that reverts drift would shrink it, which RDS refuses. */
  readonly storage?: string;
}

export const deleted = (fix: string) => ({ what: '', expected: 'there', actual: 'gone', fix });

/** Properties of the template that are names. */
type Names = Record<'Bucket' | 'DestinationCidrBlock' | 'GroupId' | 'PolicyName' | 'ServiceName' | 'SubnetId', string> &
  Record<'RouteTableId' | 'TopicArn' | 'VpcId', string> &
  Record<'Roles' | 'RouteTableIds' | 'Topics', string[]>;

/** A resource that is compared. */
export interface Asked {
  readonly environment: Environment;
  readonly resource: StandingResource;
  /** All resources of the stack. */
  readonly all: readonly StandingResource[];
  /** The template's properties. */
  readonly properties: Properties & Names;
  /** Value of `Ref`. */
  readonly id: string;
}

/** Comparison of a type that CloudFormation does not compare. */
export interface Row {
  /** Names of the template's properties that are compared, or their equivalent; none where only the resource's presence is. */
  readonly expects: readonly string[] | ((asked: Asked) => Properties);
  /** The same as the service has it, in any case of letters; `undefined`, or an error of that name, where it is gone. */
  readonly read: (asked: Asked) => Promise<object | undefined>;
  /** Operation of the AWS CLI that sets what the template says, with its parameters. */
  readonly fix: (asked: Asked, actual: Properties | undefined) => readonly [operation: string, parameters: object];
  /** Fix for a deleted resource that no command restores. */
  readonly lost?: string;
}

/** The template's properties that a row compares. */
export function expectedBy({ expects }: Row, asked: Asked): Properties {
  if (typeof expects === 'function') return expects(asked);
  return Object.fromEntries(
    expects.flatMap((name) => (name in asked.properties ? [[name, asked.properties[name]]] : [])),
  );
}

/** The parameters of an operation as options of the AWS CLI, `--vpc-id vpc-1`; lists without items are left out. */
export const optionsOf = (parameters: object): string =>
  Object.entries(parameters)
    .map(([name, value]) => [`--${plain(name).toLowerCase().replaceAll(' ', '-')}`, argument(value)] as const)
    .flatMap(([option, text]) => (text === '' ? [] : `${option} ${text}`))
    .join(' ');

/** Plain texts as they are, anything else in the single quotes of a shell. */
function argument(value: unknown): string {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.map(argument).join(' ');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Placeholder in a command for a value that only AWS has. */
export const HOLE = JSON.stringify(NOT_KNOWN);
