import type { Words } from '../messages/words';
import type { Finding } from './finding';

/** Result of `cdk diff` for two templates. */
export interface CdkDiff {
  /** Output of the command. */
  readonly text: string;
  /** Its own judgement; undefined if the comparison was left out or failed. */
  readonly verdict?: CdkVerdict;
}

export interface CdkVerdict {
  /** Number of changes that `--fail-on destructive` fails on. */
  readonly destructive: number;
  /** Number of those that are new revisions of a definition, which are by design. */
  readonly byDesign: number;
  /** True if `--fail-on broadening` fails. */
  readonly broadening: boolean;
}

/** Differences between two versions of one environment. */
export interface EnvironmentReview {
  readonly name: string;
  /** Change of the environment as a whole, e.g. none. */
  readonly summary: Words;
  readonly findings: readonly Finding[];
  /** Findings that another stack lists. */
  readonly repeated?: readonly Finding[];
  /** Undefined if the templates are equal. */
  readonly cdkDiff?: CdkDiff;
}

/** Change of an environment's cost. */
export interface CostChange {
  /** `56.06 → 104.97 USD per month: NAT gateway +45.26, Public IPv4 +3.65`. */
  readonly line: Words;
  /** A line for each usage whose cost changes. */
  readonly details: readonly string[];
}

/** Change of the cost of a stack. */
export type StackCost = CostChange & { readonly stack: string };

/** Consequences of a change for all environments. */
export interface Review {
  /** Remarks on the comparison itself, e.g. that the CDK's version differs. */
  readonly notes: readonly Words[];
  /** True if entries of the list of accepted findings have to go, which the notes name: the review does not pass. */
  readonly hasStaleEntries?: boolean;
  readonly environments: readonly EnvironmentReview[];
  /** Changes of the environments' costs, if prices are known. */
  readonly costs?: readonly StackCost[];
  /** The lines of the app's configuration that changed, as a unified diff. */
  readonly configDiff: string;
}
