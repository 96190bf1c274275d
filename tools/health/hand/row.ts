import { NOT_KNOWN } from './compare';
import type { Environment } from '../../environment/environment';
import type { StandingResource } from './template';

export type Properties = Readonly<Record<string, unknown>>;

/** A resource that is compared. */
export interface Asked {
  readonly environment: Environment;
  readonly resource: StandingResource;
  /** All resources of the stack. */
  readonly all: readonly StandingResource[];
  /** The template's properties. */
  readonly properties: Properties;
  /** Value of `Ref`. */
  readonly id: string;
}

/** Comparison of a type that CloudFormation does not compare. */
export interface Row {
  /** The template's properties that are compared, or their equivalent; none where only the resource's presence is. */
  readonly expects: (asked: Asked) => Properties;
  /** The same as the service has it, in any case of letters; `undefined`, or an error of that name, where it is gone. */
  readonly read: (asked: Asked) => Promise<object | undefined>;
  /** The AWS CLI's service, operation and options that set what the template says, without the region. */
  readonly fix: (asked: Asked, actual: Properties | undefined) => string;
  /** Fix for a deleted resource that no command restores. */
  readonly lost?: string;
}

/** These properties, as the template has them. */
export const properties =
  (...names: readonly string[]) =>
  ({ properties: all }: Asked): Properties =>
    Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));

/** A value in the single quotes of a shell. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Placeholder in a command for a value that only AWS has. */
export const HOLE = JSON.stringify(NOT_KNOWN);

/** A template's value that must be a text. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : value === NOT_KNOWN ? HOLE : '');
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);
