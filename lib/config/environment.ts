import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Safeguard, SwitchedOff } from './safeguard';
import type { AlarmsConfig } from './sections/alarms';
import type { BudgetConfig } from './sections/budget';
import type { DatabaseConfig } from './sections/database';
import type { FileStorageConfig } from './sections/file-storage';
import type { ImageRegistryConfig } from './sections/image-registry';
import type { LoadBalancerConfig } from './sections/load-balancer';
import type { NetworkConfig } from './sections/network';
import type { JobConfig, WorkerConfig } from './sections/other-tasks';
import type { OfficeHoursConfig } from './sections/office-hours';
import type { UserImportConfig } from './sections/user-import';
import type { FixedTasksConfig, ScaledTasksConfig, WebServiceConfig } from './sections/web-service';

/**
 * Everything in which environments may differ. Every field is written in every environment, `undefined` included,
 * so that two environments can be read side by side.
 *
 * A section such as `database` has its fields in `sections/database.ts`, the limits of their values in
 * `rules/database.ts`, and what is made from them in `lib/constructs/database.ts`.
 */
export type EnvironmentConfig = FixedConfig | ScaledConfig;

/** The fields that do not depend on whether the number of web tasks is fixed. */
interface CommonConfig {
  /** Which AWS account (12 digits)? Where set, other credentials cannot deploy; `undefined`: the credentials' own. */
  readonly account: string | undefined;
  /** Which region? */
  readonly region: string;
  /** Does AWS refuse to delete the stack, and its load balancer once a web image was released? */
  readonly terminationProtection: Safeguard;
  /** What becomes of database, files, images, secrets and logs when the stack is deleted? Off: they go with it. */
  readonly keepData: RemovalPolicy.RETAIN | RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE | SwitchedOff;
  /** How long are logs kept? */
  readonly logRetention: RetentionDays;
  /**
   * For which processor are the images built? ARM64 costs a fifth less. Another one takes effect with images that were
   * built for it: push them first, and deploy their tags together with the change.
   */
  readonly cpuArchitecture: 'X86_64' | 'ARM64';
  readonly network: NetworkConfig;
  readonly database: DatabaseConfig;
  readonly fileStorage: FileStorageConfig;
  readonly imageRegistry: ImageRegistryConfig;
  readonly loadBalancer: LoadBalancerConfig;
  /** Who gets mail about trouble, and when? `undefined`: no alarms and no dashboard. */
  readonly alarms: AlarmsConfig | undefined;
  /** Who gets mail when the account becomes expensive? `undefined`: no budget. One environment of an account has it. */
  readonly budget: BudgetConfig | undefined;
  /** Can users be imported from CSV files? `undefined`: nothing of AWS Batch is made. */
  readonly userImport: UserImportConfig | undefined;
  /** Which commands of the web image run by the clock? `undefined`: none; the guide has none. */
  readonly jobs: readonly JobConfig[] | undefined;
  /** Which commands of the web image run all the time beside the web tasks? `undefined`: none; the guide has none. */
  readonly workers: readonly WorkerConfig[] | undefined;
}

/** An environment that may stop at night. */
export interface FixedConfig extends CommonConfig {
  readonly webService: WebServiceConfig<FixedTasksConfig>;
  /** Is the environment stopped outside office hours? `undefined`: it always runs. */
  readonly officeHours: OfficeHoursConfig | undefined;
}

/** An environment that follows the load: scaling would start at once what office hours stop. */
export interface ScaledConfig extends CommonConfig {
  readonly webService: WebServiceConfig<ScaledTasksConfig>;
  readonly officeHours: undefined;
}
