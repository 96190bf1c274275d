import type { Duration, Size } from 'aws-cdk-lib/core';
import type { SettingsConfig } from './settings';

/** ECS cluster, task definition and service (guide 7-1 to 7-3). */
export interface WebServiceConfig<Tasks = FixedTasksConfig | ScaledTasksConfig> {
  readonly size: FargateSizeConfig;
  readonly tasks: Tasks;
  /** Do tasks run in the first zone only (cheap, beside a database in one zone) or in all of them? */
  readonly zones: 'first' | 'all';
  /** Does the cluster report Container Insights? */
  readonly containerInsights: boolean;
  /** May a person open a shell in a running task (ECS Exec), and through it reach the database? */
  readonly executeCommand: boolean;
  /** How long may a new task take to start before its health checks count? */
  readonly healthCheckGracePeriod: Duration;
  /**
   * After how many failed tasks is a release rolled back, workers included? 2 or more, since one failed pull of an image is no
   * fault of the release. `undefined`: ECS's default, half of the tasks, and 3 at least.
   */
  readonly failedTasks: number | undefined;
  /** What runs once before a release serves, such as the database's migrations? `undefined`: nothing. */
  readonly migration: MigrationConfig | undefined;
  /** Under which name does it read the database's URL, too, such as POSTGRES_URL? `undefined`: DATABASE_URL alone. */
  readonly databaseVariable: string | undefined;
  /**
   * Which variables and secrets does it get beyond those the stack sets? `undefined`: none; secrets that were set are
   * deleted, unless data is kept.
   */
  readonly settings: SettingsConfig | undefined;
}

/** A command that `npm run prooflink -- release` runs once before it deploys; if it fails, the old version stays. */
export interface MigrationConfig {
  /** Which command, a word each, of the web image? It has the web task's role, network, variables and secrets. */
  readonly command: readonly string[];
  /** After how long is it stopped, and the release ended? Whole minutes, two hours at most. The image needs `sleep`. */
  readonly timeout: Duration;
}

/** A constant number of web tasks. */
export interface FixedTasksConfig {
  readonly mode: 'fixed';
  /** How many web tasks run? */
  readonly desiredCount: number;
}

/** A number of web tasks that follows the load. */
export interface ScaledTasksConfig {
  readonly mode: 'scaled';
  /** How many web tasks run at least? */
  readonly minCapacity: number;
  /** How many web tasks run at most? */
  readonly maxCapacity: number;
  /** Which average CPU utilization, in percent, does scaling aim at? Less than 100, which tasks never exceed. */
  readonly targetCpuPercent: number;
  /**
   * How many requests a minute does scaling allow each task on average? `undefined`: scaling follows the CPU alone. For an
   * application that waits rather than computes. Measure first: `RequestCountPerTarget` of the target group, in the minute in
   * which answers get slow.
   */
  readonly targetRequestsPerMinute: number | undefined;
}

/** A Fargate size; AWS allows each CPU its own range of memory. */
export interface FargateSizeConfig {
  /** How many CPU units? 1024 are one vCPU. */
  readonly cpu: 256 | 512 | 1024 | 2048 | 4096 | 8192 | 16384;
  /** How much memory? */
  readonly memory: Size;
}
