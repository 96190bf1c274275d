import type { Duration } from 'aws-cdk-lib/core';
import type { FargateSizeConfig } from './web-service';

/** The import of users through AWS Batch (guide 12). */
export interface UserImportConfig {
  /** How many vCPU may all running jobs use together? */
  readonly maxvCpus: number;
  readonly size: FargateSizeConfig;
  /** After how long is a running job stopped? */
  readonly timeout: Duration;
}
