import { objects, within } from '@infra/common/values';
import { references } from '@infra/common/template';
import type { Rate } from './bill';
import { each, type Pricer, show } from './pricer';
import { firings } from './running-hours';

/** Log groups keep a month's logs for a part of it, or for several. */
const MONTH_DAYS = 30;
/** Metrics of the cluster, the web service and its task definition, as AWS's user guide lists them; Batch has its own cluster. */
export const INSIGHTS_METRICS = { from: 30, to: 40 };
const INSIGHTS_METRIC: Rate = ['AmazonCloudWatch', '<region>-CW:MetricMonitorUsage'];
/** Application Auto Scaling makes an alarm for more load and one for less. */
const ALARMS_OF_TARGET_TRACKING = 2;

/** What costs by what is kept in it, by the request, or by the piece. */
export const KEPT: Readonly<Record<string, Pricer>> = {
  'AWS::S3::Bucket': (buckets, bill) => {
    bill.assume(
      'S3',
      ({ files }) => `${files.toGibibytes()} GB`,
      ['AmazonS3', '<region>-TimedStorage-ByteHrs'],
      ({ files }) => files.toGibibytes(),
    );
    bill.assume(
      'S3',
      ({ fileWrites }) => `${show(fileWrites)} writes`,
      ['AmazonS3', '<region>-Requests-Tier1'],
      ({ fileWrites }) => fileWrites,
    );
    bill.assume(
      'S3',
      ({ fileReads }) => `${show(fileReads)} reads`,
      ['AmazonS3', '<region>-Requests-Tier2'],
      ({ fileReads }) => fileReads,
    );
    for (const { properties } of buckets) {
      if (within(properties, 'VersioningConfiguration', 'Status') !== 'Enabled') continue;
      const days = objects(within(properties, 'LifecycleConfiguration', 'Rules'))
        .map(({ NoncurrentVersionExpiration: rule }) => Number(within(rule, 'NoncurrentDays')))
        .find((each) => each > 0);
      const kept = days === undefined ? 'for ever' : `for ${days} days`;
      bill.leaveOpen(`S3: old versions of files, kept ${kept}`, ['AmazonS3', '<region>-TimedStorage-ByteHrs']);
    }
  },

  'AWS::ECR::Repository': (_, bill) => {
    bill.assume(
      'ECR',
      ({ images }) => `${images.toGibibytes()} GB`,
      ['AmazonECR', '<region>-TimedStorage-ByteHrs'],
      ({ images }) => images.toGibibytes(),
    );
  },

  'AWS::Logs::LogGroup': (groups, bill) => {
    const days = Math.max(...groups.map(({ properties }) => Number(properties.RetentionInDays ?? Infinity)));
    bill.assume(
      'Logs',
      ({ logs }) => `${logs.toGibibytes()} GB in`,
      ['AmazonCloudWatch', '<region>-DataProcessing-Bytes'],
      ({ logs }) => logs.toGibibytes(),
    );
    if (days === Infinity) {
      bill.leaveOut(
        'Logs: kept',
        'A log group keeps its logs for ever, so that no month costs what the next one does.',
      );
      return;
    }
    bill.assume(
      'Logs',
      () => `kept for ${days} days`,
      ['AmazonCloudWatch', '<region>-TimedStorage-ByteHrs'],
      ({ logs }) => (logs.toGibibytes() * days) / MONTH_DAYS,
    );
  },

  'AWS::SecretsManager::Secret': (secrets, bill) => {
    bill.charge(
      'Secrets',
      `${secrets.length}`,
      ['AWSSecretsManager', '<region>-AWSSecretsManager-Secrets'],
      secrets.length,
    );
    bill.assume(
      'Secrets',
      ({ secretReads }) => `${show(secretReads)} reads`,
      ['AWSSecretsManager', '<region>-AWSSecretsManagerAPIRequest'],
      ({ secretReads }) => secretReads,
    );
  },

  'AWS::KMS::Key': (keys, bill) => {
    bill.charge('KMS', `${keys.length} keys`, ['awskms', '<region name>-KMS-Keys'], keys.length);
    bill.leaveOpen('KMS: requests', ['awskms', '<region name>-KMS-Requests']);
  },

  'AWS::CloudWatch::Alarm': (alarms, bill) => {
    const fast = alarms.filter(({ properties }) => Number(properties.Period) < 60);
    if (fast.length > 0)
      bill.leaveOut(`Alarms: ${fast.length} of high resolution`, 'They have no price in tools/cost/prices.json.');
    const metrics = alarms
      .filter((alarm) => !fast.includes(alarm))
      .map(
        ({ properties }) =>
          objects(properties.Metrics).filter(({ MetricStat }) => MetricStat !== undefined).length || 1,
      );
    const count = metrics.reduce((one, other) => one + other, 0);
    bill.charge('Alarms, dashboard', `metrics of ${alarms.length - fast.length} alarms: ${count}`, ALARM, count);
  },

  'AWS::ApplicationAutoScaling::ScalingPolicy': (policies, bill) => {
    const tracking = policies.filter(({ properties }) => properties.PolicyType === 'TargetTrackingScaling').length;
    const count = tracking * ALARMS_OF_TARGET_TRACKING;
    if (count > 0) bill.charge('Alarms, dashboard', `alarms that scaling makes: ${count}`, ALARM, count);
  },

  'AWS::CloudWatch::Dashboard': (dashboards, bill) => {
    bill.charge(
      'Alarms, dashboard',
      `dashboards: ${dashboards.length}`,
      ['AmazonCloudWatch', 'DashboardsUsageHour-Basic'],
      dashboards.length,
    );
  },

  'AWS::SNS::Subscription': (subscriptions, bill) => {
    const mails = subscriptions.filter(({ properties }) => /^email/.test(String(properties.Protocol)));
    if (mails.length < subscriptions.length)
      bill.leaveOut('SNS: other messages than mail', 'They have no price in tools/cost/prices.json.');
    if (mails.length > 0) {
      bill.assume(
        'Alarms, dashboard',
        (usage) => `${show(usage.mails * mails.length)} mails`,
        ['AmazonSNS', '<region>-DeliveryAttempts-SMTP'],
        (usage) => usage.mails * mails.length,
      );
    }
  },

  'AWS::ECS::Cluster': each(({ properties }, bill) => {
    const { Value } = objects(properties.ClusterSettings).find(({ Name }) => Name === 'containerInsights') ?? {};
    if (Value === 'enhanced')
      bill.leaveOut('Container Insights', 'Paid per metric, of which AWS makes more with each task and container.');
    else if (Value === 'enabled') bill.leaveOpen('Container Insights', INSIGHTS_METRIC, INSIGHTS_METRICS);
  }),

  'AWS::Scheduler::Schedule': (schedules, bill) => {
    bill.leaveOut(
      `Schedules: ${schedules.length}`,
      "Tokyo's price was not found; in us-east-1, 14 million calls per month are free.",
    );
    const automations = schedules.filter(({ properties }) =>
      references(within(properties, 'Target', 'Arn'))
        .join('')
        .includes(':ssm:startAutomationExecution'),
    );
    if (automations.length > 0)
      bill.leaveOut(
        `Systems Manager: ${show(automations.reduce((runs, each) => runs + firings(each), 0))} automations`,
        'Paid by the step; neither the price nor the number of steps in AWS’s documents was found.',
      );
  },

  'AWS::Route53::RecordSet': (records, bill) => {
    const zones = new Set(
      records.map(({ properties }) => JSON.stringify(properties.HostedZoneId ?? properties.HostedZoneName)),
    );
    bill.charge(
      'Route 53',
      `the domain's hosted zone, made before: ${zones.size}`,
      ['AmazonRoute53', 'HostedZone'],
      zones.size,
    );
    const paid = records.filter(({ properties }) => properties.AliasTarget === undefined);
    if (paid.length > 0)
      bill.leaveOut('Route 53: queries', 'Those of aliases to AWS are free, others are paid by the million.');
  },

  'AWS::Route53::HostedZone': (zones, bill) => {
    bill.charge('Route 53', `hosted zones: ${zones.length}`, ['AmazonRoute53', 'HostedZone'], zones.length);
  },
};

const ALARM = ['AmazonCloudWatch', '<region>-CW:AlarmMonitorUsage'] as const;
