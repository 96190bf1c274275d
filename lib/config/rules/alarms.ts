import { type Size, SizeRoundingBehavior } from 'aws-cdk-lib/core';
import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import type { AlarmsConfig, SlackConfig } from '../sections/alarms';
import type { DatabaseConfig } from '../sections/database';
import { checkCpuPercent, checkDuration, checkEmail, checkInteger, type Report, show } from './check';
import { MOST_CONNECTIONS, mostConnections } from './database-classes';

/** A new target is unhealthy after three failed checks, 90 seconds; three minutes later its alarm fires. */
const UNHEALTHY_FIRES_AFTER = 240;

/** Seconds after which the load balancer itself ends a request. */
const LONGEST_REQUEST = 60;

export function alarmsRules({ alarms, database, webService }: EnvironmentConfig, report: Report): void {
  if (!alarms) return;
  const grace = webService.healthCheckGracePeriod.toSeconds({ integral: false });
  if (grace > UNHEALTHY_FIRES_AFTER) {
    report(
      'webService.healthCheckGracePeriod',
      words.alarms.graceTooLong({ seconds: grace, longest: UNHEALTHY_FIRES_AFTER }),
    );
  }
  checkEmail(report, 'alarms.email', alarms.email);
  if (alarms.slack) slackRules(alarms.slack, report);
  checkCpuPercent(report, 'alarms.webCpuPercent', alarms.webCpuPercent, 80);
  checkCpuPercent(report, 'alarms.webMemoryPercent', alarms.webMemoryPercent, 85);
  checkDuration(report, 'alarms.responseTime', alarms.responseTime, 'seconds', 1, LONGEST_REQUEST);
  aboveTargetRules(alarms, webService.tasks, report);
  checkInteger(report, 'alarms.http5xxCount', alarms.http5xxCount, 1, 1_000_000);
  checkCpuPercent(report, 'alarms.databaseCpuPercent', alarms.databaseCpuPercent, 80);
  const bytes = alarms.databaseFreeStorage.toBytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    report('alarms.databaseFreeStorage', words.alarms.notBytes({ bytes }));
  } else if (bytes >= database.allocatedStorage.toBytes({ rounding: SizeRoundingBehavior.NONE })) {
    const gibibytes = (size: Size) => size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
    report(
      'alarms.databaseFreeStorage',
      words.alarms.wholeDisk({
        free: gibibytes(alarms.databaseFreeStorage),
        allocated: gibibytes(database.allocatedStorage),
      }),
    );
  }
  connectionsRules(alarms, database, report);
}

/** Slack's ids, by which AWS knows workspaces and channels. */
function slackRules({ workspaceId, channelId }: SlackConfig, report: Report): void {
  if (!/^T[0-9A-Z]{1,254}$/.test(workspaceId)) {
    report('alarms.slack.workspaceId', words.alarms.notSlackId({ id: show(workspaceId), example: 'T0123ABCD' }));
  }
  if (!/^[CG][0-9A-Z]{1,254}$/.test(channelId)) {
    report('alarms.slack.channelId', words.alarms.notSlackId({ id: show(channelId), example: 'C0123ABCD' }));
  }
}

/**
 * Scaling keeps the CPU at its target, so that an alarm at or below it fires while all is as it should be
 * (docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html).
 */
function aboveTargetRules(
  { webCpuPercent }: AlarmsConfig,
  tasks: EnvironmentConfig['webService']['tasks'],
  report: Report,
): void {
  if (tasks.mode !== 'scaled') return;
  const target = tasks.targetCpuPercent;
  if (target < 100 && webCpuPercent >= 1 && webCpuPercent <= target) {
    report('alarms.webCpuPercent', words.alarms.alarmNotAboveTarget({ percent: webCpuPercent, target }));
  }
}

function connectionsRules(
  { databaseConnections }: AlarmsConfig,
  { instanceType }: DatabaseConfig,
  report: Report,
): void {
  const field = 'alarms.databaseConnections';
  const instanceClass = instanceType.toString();
  const most = mostConnections(instanceClass);
  checkInteger(report, field, databaseConnections, 1, MOST_CONNECTIONS);
  if (most !== undefined && databaseConnections >= most) {
    report(
      field,
      words.alarms.tooManyConnections({
        value: show(databaseConnections),
        instanceClass,
        most,
        example: Math.floor(most * 0.8),
      }),
    );
  }
}
