import type { Usage } from './usage';
import type { NamedResource } from '@infra/common/template';
import { objectsOf } from '@infra/common/values';
import type { Bill } from './bill';
import { formatQuantity } from './format-amounts';
import { DAYS_PER_MONTH } from './month';
import { forEachResource, type Pricers } from './pricer';
import type { Range } from './range';
import type { Rate } from './rate';

/** Costs of CloudWatch (logs, alarms, dashboards, Container Insights) and of the mails that SNS sends for alarms. */
export const MONITORING_PRICERS: Pricers = {
  'AWS::Logs::LogGroup': priceLogGroups,
  'AWS::CloudWatch::Alarm': priceAlarms,
  'AWS::ApplicationAutoScaling::ScalingPolicy': priceScalingAlarms,
  'AWS::CloudWatch::Dashboard': priceDashboards,
  'AWS::SNS::Subscription': priceSubscriptions,
  'AWS::ECS::Cluster': forEachResource(listContainerInsights),
};

/**
 * Number of metrics that Container Insights records for the cluster, the web service and its task definition, by the list
 * in AWS's user guide. Batch's jobs do not count: they run in a cluster of their own.
 */
const CONTAINER_INSIGHTS_METRICS: Range = { from: 30, to: 40 };

/** Alarms that Application Auto Scaling creates for each policy: one for more load, one for less. */
const ALARMS_PER_TARGET_TRACKING_POLICY = 2;

const LOGS_INGESTED_RATE: Rate = { service: 'AmazonCloudWatch', usageType: 'DataProcessing-Bytes' };
const LOGS_STORED_RATE: Rate = { service: 'AmazonCloudWatch', usageType: 'TimedStorage-ByteHrs' };
const ALARM_METRIC_RATE: Rate = { service: 'AmazonCloudWatch', usageType: 'CW:AlarmMonitorUsage' };
const CUSTOM_METRIC_RATE: Rate = { service: 'AmazonCloudWatch', usageType: 'CW:MetricMonitorUsage' };
const DASHBOARD_RATE: Rate = { service: 'AmazonCloudWatch', usageType: 'DashboardsUsageHour-Basic', prefix: 'none' };
const MAIL_RATE: Rate = { service: 'AmazonSNS', usageType: 'DeliveryAttempts-SMTP' };

/** Alarms with a shorter period are of high resolution, and cost more. */
const STANDARD_PERIOD_SECONDS = 60;

function priceLogGroups(logGroups: readonly NamedResource[], bill: Bill): void {
  const { logsIn, logsKept, logsKeptForEver } = bill.words.monitoring;
  bill.chargeAssumed('Logs', {
    assumedAmount: logGigabytes,
    describe: (gigabytes) => logsIn({ gigabytes: formatQuantity(gigabytes) }),
    rate: LOGS_INGESTED_RATE,
  });
  // The assumed size is that of all log groups together: charge it for the longest retention.
  const days = Math.max(...logGroups.map(retentionDays));
  if (!Number.isFinite(days)) {
    bill.listUnpriced(logsKeptForEver.usage, logsKeptForEver.reason);
    return;
  }
  bill.chargeAssumed('Logs', {
    assumedAmount: logGigabytes,
    describe: () => logsKept({ days }),
    rate: LOGS_STORED_RATE,
    // Months for which a gigabyte is stored.
    unitsPerAmount: days / DAYS_PER_MONTH,
  });
}

function logGigabytes({ logs }: Usage): number {
  return logs.toGibibytes();
}

/** Days for which a log group keeps its logs; Infinity if it has no retention, and keeps them for ever. */
function retentionDays({ properties }: NamedResource): number {
  return Number(properties.RetentionInDays ?? Infinity);
}

function priceAlarms(alarms: readonly NamedResource[], bill: Bill): void {
  const { monitoring: words, missing } = bill.words;
  const standardAlarms = alarms.filter((alarm) => !isHighResolution(alarm));
  const highResolutionCount = alarms.length - standardAlarms.length;
  if (highResolutionCount > 0) {
    const description = words.highResolution({ count: highResolutionCount });
    bill.listMissing('Alarms, dashboard', description, missing.theyHaveNoPrice);
  }
  const metricCount = standardAlarms.reduce((sum, alarm) => sum + numberOfMetrics(alarm), 0);
  bill.charge('Alarms, dashboard', {
    description: words.metrics({ alarmCount: standardAlarms.length, metricCount }),
    rate: ALARM_METRIC_RATE,
    quantity: metricCount,
  });
}

function isHighResolution({ properties }: NamedResource): boolean {
  return Number(properties.Period) < STANDARD_PERIOD_SECONDS;
}

/** Number of metrics that an alarm watches: those of its expression, or the one that it names directly. */
function numberOfMetrics({ properties }: NamedResource): number {
  const metrics = objectsOf(properties.Metrics).filter(({ MetricStat }) => MetricStat !== undefined);
  return Math.max(metrics.length, 1);
}

function priceScalingAlarms(policies: readonly NamedResource[], bill: Bill): void {
  const targetTracking = policies.filter(({ properties }) => properties.PolicyType === 'TargetTrackingScaling');
  if (targetTracking.length === 0) return;
  const alarmCount = targetTracking.length * ALARMS_PER_TARGET_TRACKING_POLICY;
  bill.charge('Alarms, dashboard', {
    description: bill.words.monitoring.scalingAlarms({ count: alarmCount }),
    rate: ALARM_METRIC_RATE,
    quantity: alarmCount,
  });
}

function priceDashboards(dashboards: readonly NamedResource[], bill: Bill): void {
  bill.charge('Alarms, dashboard', {
    description: bill.words.monitoring.dashboards({ count: dashboards.length }),
    rate: DASHBOARD_RATE,
    quantity: dashboards.length,
  });
}

function priceSubscriptions(subscriptions: readonly NamedResource[], bill: Bill): void {
  const { monitoring: words, missing } = bill.words;
  const byMail = subscriptions.filter(({ properties }) => String(properties.Protocol).startsWith('email'));
  if (byMail.length < subscriptions.length) {
    bill.listUnpriced(words.otherMessages, missing.theyHaveNoPrice);
  }
  if (byMail.length > 0) {
    bill.chargeAssumed('Alarms, dashboard', {
      assumedAmount: ({ mails }) => mails * byMail.length,
      describe: (mails) => words.mails({ mails: formatQuantity(mails) }),
      rate: MAIL_RATE,
    });
  }
}

function listContainerInsights({ properties }: NamedResource, bill: Bill): void {
  const { containerInsights, enhancedInsights } = bill.words.monitoring;
  const settings = objectsOf(properties.ClusterSettings);
  const insights = settings.find(({ Name }) => Name === 'containerInsights')?.Value;
  if (insights === 'enhanced') {
    bill.listUnpriced(containerInsights(), enhancedInsights());
  }
  if (insights === 'enabled') {
    bill.listUnmeasured({
      description: containerInsights(),
      rate: CUSTOM_METRIC_RATE,
      usualQuantity: CONTAINER_INSIGHTS_METRICS,
    });
  }
}
