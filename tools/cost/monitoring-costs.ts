import type { Usage } from '../../lib/config/usage';
import type { Named } from '@infra/common/template';
import { objects } from '@infra/common/values';
import type { Bill } from './bill';
import { formatQuantity } from './money';
import { MONTH_DAYS } from './month';
import { forEachResource, type Pricers } from './pricer';
import type { Rate } from './rate';

/** Costs of logs, metrics, alarms and their mails. */
export const MONITORING_PRICERS: Pricers = {
  'AWS::Logs::LogGroup': priceLogGroups,
  'AWS::CloudWatch::Alarm': priceAlarms,
  'AWS::ApplicationAutoScaling::ScalingPolicy': priceAlarmsOfScaling,
  'AWS::CloudWatch::Dashboard': priceDashboards,
  'AWS::SNS::Subscription': priceSubscriptions,
  'AWS::ECS::Cluster': forEachResource(listContainerInsights),
};

/** Metrics of the cluster, the web service and its task definition, as AWS's user guide lists them; Batch has its own cluster. */
export const INSIGHTS_METRICS = { from: 30, to: 40 };

/** Application Auto Scaling creates an alarm for more load and one for less. */
const ALARMS_OF_TARGET_TRACKING = 2;

const LOGS_INGESTED: Rate = { service: 'AmazonCloudWatch', usageType: 'DataProcessing-Bytes' };
const LOGS_STORED: Rate = { service: 'AmazonCloudWatch', usageType: 'TimedStorage-ByteHrs' };
const ALARM_METRICS: Rate = { service: 'AmazonCloudWatch', usageType: 'CW:AlarmMonitorUsage' };
const CUSTOM_METRICS: Rate = { service: 'AmazonCloudWatch', usageType: 'CW:MetricMonitorUsage' };
const DASHBOARDS: Rate = { service: 'AmazonCloudWatch', usageType: 'DashboardsUsageHour-Basic', prefix: 'none' };
const MAILS: Rate = { service: 'AmazonSNS', usageType: 'DeliveryAttempts-SMTP' };

const THEY_HAVE_NO_PRICE = 'They have no price in tools/cost/prices.json.';

function priceLogGroups(logGroups: readonly Named[], bill: Bill): void {
  const gigabytesOf = ({ logs }: Usage) => logs.toGibibytes();
  bill.chargeAssumed('Logs', {
    amount: gigabytesOf,
    describe: (gigabytes) => `${formatQuantity(gigabytes)} GB in`,
    rate: LOGS_INGESTED,
  });
  const days = Math.max(...logGroups.map(retentionDays));
  if (!(days < Infinity)) {
    bill.listAsNotPriced(
      'Logs: kept',
      'A log group keeps its logs for ever, so that no month costs what the next one does.',
    );
    return;
  }
  bill.chargeAssumed('Logs', {
    amount: gigabytesOf,
    describe: () => `kept for ${days} days`,
    rate: LOGS_STORED,
    // A month's logs are kept for a part of a month, or for several.
    unitsPerAmount: days / MONTH_DAYS,
  });
}

function retentionDays({ properties }: Named): number {
  return Number(properties.RetentionInDays ?? Infinity);
}

function priceAlarms(alarms: readonly Named[], bill: Bill): void {
  const standardAlarms = alarms.filter((alarm) => !isHighResolution(alarm));
  const highResolutionCount = alarms.length - standardAlarms.length;
  if (highResolutionCount > 0) {
    bill.listAsNotPriced(`Alarms: ${highResolutionCount} of high resolution`, THEY_HAVE_NO_PRICE);
  }
  const metricCount = standardAlarms.reduce((sum, alarm) => sum + numberOfMetrics(alarm), 0);
  bill.charge('Alarms, dashboard', {
    description: `metrics of ${standardAlarms.length} alarms: ${metricCount}`,
    rate: ALARM_METRICS,
    quantity: metricCount,
  });
}

function isHighResolution({ properties }: Named): boolean {
  return Number(properties.Period) < 60;
}

/** Metrics of an alarm: those of its expression, or its single one. */
function numberOfMetrics({ properties }: Named): number {
  const metrics = objects(properties.Metrics).filter(({ MetricStat }) => MetricStat !== undefined);
  return Math.max(metrics.length, 1);
}

function priceAlarmsOfScaling(policies: readonly Named[], bill: Bill): void {
  const targetTracking = policies.filter(({ properties }) => properties.PolicyType === 'TargetTrackingScaling');
  if (targetTracking.length === 0) return;
  const alarmCount = targetTracking.length * ALARMS_OF_TARGET_TRACKING;
  bill.charge('Alarms, dashboard', {
    description: `alarms that scaling makes: ${alarmCount}`,
    rate: ALARM_METRICS,
    quantity: alarmCount,
  });
}

function priceDashboards(dashboards: readonly Named[], bill: Bill): void {
  bill.charge('Alarms, dashboard', {
    description: `dashboards: ${dashboards.length}`,
    rate: DASHBOARDS,
    quantity: dashboards.length,
  });
}

function priceSubscriptions(subscriptions: readonly Named[], bill: Bill): void {
  const byMail = subscriptions.filter(({ properties }) => String(properties.Protocol).startsWith('email'));
  if (byMail.length < subscriptions.length) {
    bill.listAsNotPriced('SNS: other messages than mail', THEY_HAVE_NO_PRICE);
  }
  if (byMail.length > 0) {
    bill.chargeAssumed('Alarms, dashboard', {
      amount: ({ mails }) => mails * byMail.length,
      describe: (mails) => `${formatQuantity(mails)} mails`,
      rate: MAILS,
    });
  }
}

function listContainerInsights({ properties }: Named, bill: Bill): void {
  const settings = objects(properties.ClusterSettings);
  const insights = settings.find(({ Name }) => Name === 'containerInsights')?.Value;
  if (insights === 'enhanced') {
    bill.listAsNotPriced(
      'Container Insights',
      'Paid per metric, of which AWS makes more with each task and container.',
    );
  }
  if (insights === 'enabled') {
    bill.listAsUnmeasured({
      description: 'Container Insights',
      rate: CUSTOM_METRICS,
      estimate: INSIGHTS_METRICS,
    });
  }
}
