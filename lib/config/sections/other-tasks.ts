import type { Duration } from 'aws-cdk-lib/core';
import type { RunningDays, TimeOfDay } from './office-hours';
import type { SettingsConfig } from './settings';
import type { FargateSizeConfig } from './web-service';

/** A task besides the web tasks that runs the web image, with their variables, secrets and network. */
interface OtherTaskConfig {
  /** What is it called, such as `reminders`? Another name is another task. */
  readonly name: string;
  /** Which command, a word each, of the web image? */
  readonly command: readonly string[];
  readonly size: FargateSizeConfig;
  /** Which further variables and secrets, besides those of the web tasks? `undefined`: none. */
  readonly settings: SettingsConfig | undefined;
}

/** A job of AWS Batch that starts by the clock. */
export interface JobConfig extends OtherTaskConfig {
  /** At what time, in Japan's time? From then until the timeout, the database runs, and is in no maintenance window. */
  readonly time: TimeOfDay;
  /** On which days? */
  readonly days: RunningDays;
  /** After how long is a running job stopped? */
  readonly timeout: Duration;
}

/** A service of ECS without a load balancer, such as the worker of a queue. */
export interface WorkerConfig extends OtherTaskConfig {
  /** How many tasks run? */
  readonly desiredCount: number;
  /** How long may it finish its work after SIGTERM? 2 minutes at most. */
  readonly stopTimeout: Duration;
  /** How does ECS find out that it works? Without a check, a crash would not fail a release. */
  readonly healthCheck: HealthCheckConfig;
}

/** A health check within the container. */
interface HealthCheckConfig {
  /** Which command, a word each, of the web image? It exits with 0 while the worker works. */
  readonly command: readonly string[];
  /** How often does it run? 5 seconds to 5 minutes; three failures in a row replace the task. */
  readonly interval: Duration;
  /** How long may the worker start before failures count? 5 minutes at most. */
  readonly startPeriod: Duration;
}
