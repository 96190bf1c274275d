import type { Duration } from 'aws-cdk-lib/core';
import type { Safeguard } from '../safeguard';

/** The bucket for uploaded files (guide 4-1 to 4-3, 5.4). */
export interface FileStorageConfig {
  /** Do overwritten and deleted files stay as old versions? */
  readonly versioning: Safeguard;
  /** After how many days are old versions deleted? Also those that stay when versioning is switched off. */
  readonly noncurrentVersionExpiration: Duration;
  /** After how many days are files below `imports/` deleted? `undefined`: never. */
  readonly importExpiration: Duration | undefined;
  /** Which browser origins may use the bucket besides the application's own URL? */
  readonly extraCorsOrigins: readonly string[];
}
