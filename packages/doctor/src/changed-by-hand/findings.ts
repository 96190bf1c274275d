import type { DeployedResource } from '@infra/operate/deployed/deployed-resources';
import { errorTextWithoutRequest, missingRightIn } from '@infra/operate/deployed/remembered-answers';

/** A property that was changed by hand, or a whole resource that was deleted by hand: not by a deployment of the stack. */
export interface Change extends DeployedResource {
  /** Name of the property, `HealthCheck.Path`; empty if the resource itself was deleted. */
  readonly property: string;
  /** The template's value, for a reader. */
  readonly expected: string;
  /** The service's value, for a reader. */
  readonly actual: string;
  /** Command that undoes the change, or advice if no command does. */
  readonly fix: string;
}

/** A resource that AWS did not let compare. */
export interface FailedComparison extends DeployedResource {
  readonly reason: string;
  /** Action of IAM that the caller may not take. */
  readonly missingRight?: string;
}

/** Result of comparing resources with their template. */
export interface Findings {
  readonly changes: readonly Change[];
  readonly failures: readonly FailedComparison[];
  /** Resources of types that nothing compares, and those whose properties only AWS knows. */
  readonly neverCompared: readonly DeployedResource[];
  /** Size in GiB to which the storage of the database has grown. */
  readonly grownStorage?: string;
}

/** Findings of a comparison that found no difference. */
export const NO_FINDINGS: Findings = { changes: [], failures: [], neverCompared: [] };

/** Findings for a resource that was deleted by hand. */
export function deletion(resource: DeployedResource, fix: string): Findings {
  return { ...NO_FINDINGS, changes: [{ ...resource, property: '', expected: '', actual: '', fix }] };
}

/** True if the resource itself was deleted. */
export function isDeletion({ property }: Change): boolean {
  return property === '';
}

/** Findings for a resource that AWS did not let compare. */
export function failedComparison(resource: DeployedResource, reason: string, missingRight?: string): Findings {
  return { ...NO_FINDINGS, failures: [{ ...resource, reason, missingRight }] };
}

/** Findings for a resource whose comparison ended with an error of AWS. */
export function refusedComparison(resource: DeployedResource, error: unknown): Findings {
  return failedComparison(resource, errorTextWithoutRequest(error), missingRightIn(error));
}
