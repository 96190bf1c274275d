import type { Duration, Size } from 'aws-cdk-lib/core';

/**
 * CloudWatch alarms and the dashboard (guide 11-1). Those on unhealthy targets, the application's 5xx, and the load
 * balancer's while a task is healthy, roll a release back.
 */
export interface AlarmsConfig {
  /** Who gets the mails? The address has to confirm a first message. */
  readonly email: string;
  /** Are alarms, the dashboard and the mails about events in Japanese, `'ja'`? `undefined`: in English. */
  readonly language: 'ja' | undefined;
  /**
   * Which Slack channel gets them, too? `undefined`: none. Once for each account, an administrator authorizes the workspace in
   * AWS's console, by Amazon Q Developer in chat applications, "Configure new client"; a private channel invites Amazon Q.
   */
  readonly slack: SlackConfig | undefined;
  /**
   * Above which average CPU utilization of the web service, in percent? Less than 100, and more than the target of its
   * scaling.
   */
  readonly webCpuPercent: number;
  /**
   * Above which memory utilization of the web task that uses most, in percent? Less than 100, at which a task is stopped
   * (exit code 137); three periods of five minutes leave time before that.
   */
  readonly webMemoryPercent: number;
  /** Above which time, in which 95 % of the requests are answered? A slow database shows here first. */
  readonly responseTime: Duration;
  /**
   * From how many 5xx responses in five minutes, of the load balancer or of the application? The application's roll a
   * release back, and so do as many failed connections to its tasks in each of three minutes in a row.
   */
  readonly http5xxCount: number;
  /** Above which average CPU utilization of the database, in percent? Less than 100, which it never exceeds. */
  readonly databaseCpuPercent: number;
  /** Below how much free storage of the database? Less than it is allocated. */
  readonly databaseFreeStorage: Size;
  /** Above how many connections to the database? Fewer than PostgreSQL takes, which follows the instance class. */
  readonly databaseConnections: number;
}

/** A channel of Slack. */
export interface SlackConfig {
  /** Which workspace, by the id that AWS's console shows, as in T0123ABCD? */
  readonly workspaceId: string;
  /** Which channel, by the last part of its link, as in C0123ABCD? */
  readonly channelId: string;
}
