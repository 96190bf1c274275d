import type { Duration } from 'aws-cdk-lib/core';
import type { RunningDays, TimeOfDay } from './office-hours';
import type { SettingsConfig } from './settings';
import type { FargateSizeConfig } from './web-service';

/** The import of users through AWS Batch (guide 12). */
export interface UserImportConfig {
  /** How many vCPU may all running jobs use together? */
  readonly maxvCpus: number;
  readonly size: FargateSizeConfig;
  /** After how long is a running job stopped? */
  readonly timeout: Duration;
  /** When does an import start by itself? `undefined`: only by hand. */
  readonly schedule: ImportScheduleConfig | undefined;
  /** Under which name does it read the database's URL, too, such as POSTGRES_URL? `undefined`: DATABASE_URL alone. */
  readonly databaseVariable: string | undefined;
  /**
   * Which variables and secrets does the job get beyond those the stack sets? `undefined`: none; secrets that were set
   * are deleted, unless data is kept.
   */
  readonly settings: SettingsConfig | undefined;
}

/** An import that starts by itself (guide 12-1). */
interface ImportScheduleConfig {
  /** At what time, in Japan's time? From then until the timeout, the database runs, and is in no maintenance window. */
  readonly time: TimeOfDay;
  /** On which days? */
  readonly days: RunningDays;
  /** Which file of the bucket is read? Its key, below `imports/`; the same one each time. */
  readonly fileKey: string;
}
