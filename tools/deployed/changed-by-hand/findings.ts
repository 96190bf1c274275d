import type { DeployedResource } from './deployed-resources';

/** A property that was changed by hand, or a whole resource. */
export interface Change extends DeployedResource {
  /** Name of the property, `health check path`; empty if the resource itself was deleted. */
  readonly property: string;
  readonly expected: string;
  readonly actual: string;
  /** Command that undoes it, or advice where there is none. */
  readonly fix: string;
  /** Size in GiB to which the storage of a database has grown. */
  readonly grownStorage?: string;
}

/** A property that the app itself, or AWS on its request, changes after the deployment. */
export interface ChangeByDesign extends DeployedResource {
  readonly property: string;
  readonly expected: string;
  readonly actual: string;
  readonly why: string;
  /** Size in GiB to which the storage of a database has grown. */
  readonly grownStorage?: string;
}

/** A resource, or a property of it, that could not be compared. */
export interface NotCompared extends DeployedResource {
  /** Name of the property; empty for the resource itself. */
  readonly property: string;
  readonly reason: string;
  /** `failed`: AWS did not answer. `unresolved`: only AWS knows what the template says. `unsupported`: nothing compares the type. */
  readonly cause: 'failed' | 'unresolved' | 'unsupported';
}

export interface Findings {
  readonly changes: readonly Change[];
  readonly byDesign: readonly ChangeByDesign[];
  readonly notCompared: readonly NotCompared[];
}

export const NOTHING: Findings = { changes: [], byDesign: [], notCompared: [] };

export function deletion(resource: DeployedResource, fix: string): Change {
  return { ...resource, property: '', expected: 'there', actual: 'gone', fix };
}

export function failure(resource: DeployedResource, reason: string): NotCompared {
  return { ...resource, property: '', reason, cause: 'failed' };
}

export function joinFindings(parts: readonly Findings[]): Findings {
  return {
    changes: parts.flatMap(({ changes }) => changes),
    byDesign: parts.flatMap(({ byDesign }) => byDesign),
    notCompared: parts.flatMap(({ notCompared }) => notCompared),
  };
}
