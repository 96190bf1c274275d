import type { Duration } from 'aws-cdk-lib/core';
import type { Safeguard } from '../safeguard';

/** Both ECR repositories (guide 6-1, 12-5). */
export interface ImageRegistryConfig {
  /** Is a tag fixed once it is pushed? */
  readonly immutableTags: Safeguard;
  /** Are images scanned for known vulnerabilities when pushed? */
  readonly scanOnPush: Safeguard;
  /** How many of the newest tagged images are kept, 2 or more? The running one is kept as well. */
  readonly keptImages: number;
  /** After how many days are images without a tag deleted? */
  readonly untaggedExpiration: Duration;
}
