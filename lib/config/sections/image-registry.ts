import type { Duration } from 'aws-cdk-lib/core';
import type { Safeguard } from '../safeguard';

/** Both ECR repositories (guide 6-1, 12-5). */
export interface ImageRegistryConfig {
  /** Is a tag fixed once it is pushed? */
  readonly immutableTags: Safeguard;
  /** Are images scanned for known vulnerabilities when pushed? */
  readonly scanOnPush: Safeguard;
  /** Which images does `release` refuse for the findings of their scan? `undefined`: none. */
  readonly refuse: RefusedImagesConfig | undefined;
  /** How many of the newest tagged images are kept, 2 or more? The running one is kept as well. */
  readonly keptImages: number;
  /** After how many days are images without a tag deleted? */
  readonly untaggedExpiration: Duration;
}

/** Images that `release` refuses. Nothing of it is in a template: `release` reads it from the config. */
export interface RefusedImagesConfig {
  /** From which severity of a finding on is an image refused? */
  readonly severity: RefusedSeverity;
  /** Which findings are accepted nevertheless, until when and why? */
  readonly accepted: readonly AcceptedFindingConfig[];
}

export type RefusedSeverity = 'CRITICAL' | 'HIGH';

export interface AcceptedFindingConfig {
  /** Which vulnerability, such as `CVE-2026-12345`, as `release` shows it? */
  readonly id: string;
  /** Which is the last day in Japan on which it is accepted, such as `2026-12-31`? */
  readonly until: string;
  /** Why can this environment live with it? */
  readonly why: string;
}
