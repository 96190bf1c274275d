import { words } from '../words';
import type { DeployedResource } from './deployed-resources';

/** A property that was changed by hand, or a whole resource that was deleted by hand: not by a deployment of the stack. */
export interface Change extends DeployedResource {
  /** Name of the property, `health check path`; empty if the resource itself was deleted. */
  readonly property: string;
  /** The template's value, for a reader. */
  readonly expected: string;
  /** The service's value, for a reader. */
  readonly actual: string;
  /** Commands that undo the change, one a line, or advice if no command does. */
  readonly fix: string;
  /** Size in GiB to which the storage of a database has grown. */
  readonly grownStorage?: string;
}

/**
 * A property that the app itself, or AWS on its request, changes after the deployment; or of which CloudFormation is known to
 * answer falsely.
 */
export interface ChangeByDesign extends DeployedResource {
  readonly property: string;
  readonly expected: string;
  readonly actual: string;
  /** The reason for which the change is no fault, as the end of a sentence after "as". */
  readonly why: string;
  /** Size in GiB to which the storage of a database has grown. */
  readonly grownStorage?: string;
}

/** A resource, or a property of it, that could not be compared. */
export interface NotCompared extends DeployedResource {
  /** Name of the property; empty for the resource itself. */
  readonly property: string;
  readonly reason: string;
  /**
   * - `failed`: AWS did not answer, or refused to compare.
   * - `unresolved`: only AWS knows the value that the template's functions give.
   * - `unsupported`: neither CloudFormation nor a comparison of this repository compares the type.
   */
  readonly cause: 'failed' | 'unresolved' | 'unsupported';
}

/** Result of comparing resources with their template. */
export interface Findings {
  readonly changes: readonly Change[];
  readonly byDesign: readonly ChangeByDesign[];
  readonly notCompared: readonly NotCompared[];
}

/** Findings of a comparison that found no difference. */
export const NO_FINDINGS: Findings = { changes: [], byDesign: [], notCompared: [] };

/** Change for a resource that was deleted by hand. */
export function deletion(resource: DeployedResource, fix: string): Change {
  return { ...resource, property: '', expected: words.changedByHand.there(), actual: words.changedByHand.gone(), fix };
}

/** True if the resource itself was deleted. */
export function isDeletion({ property }: Change): boolean {
  return property === '';
}

/** Finding for a resource that AWS did not let compare. */
export function failedComparison(resource: DeployedResource, reason: string): NotCompared {
  return { ...resource, property: '', reason, cause: 'failed' };
}

/** All findings of several comparisons, in their order. */
export function joinFindings(parts: readonly Findings[]): Findings {
  return {
    changes: parts.flatMap(({ changes }) => changes),
    byDesign: parts.flatMap(({ byDesign }) => byDesign),
    notCompared: parts.flatMap(({ notCompared }) => notCompared),
  };
}
