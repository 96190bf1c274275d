import type { Usage } from '../../lib/config/usage';
import { objects, within } from '@infra/common/values';
import { references } from '@infra/common/template';
import { each, type Pricer } from './bill';
import { show } from './money';
import { firings } from './running-hours';

/** Log groups keep a month's logs for a part of it, or for several. */
const MONTH_DAYS = 30;
/** Metrics of the cluster, the web service and its task definition, as AWS's user guide lists them; Batch has its own cluster. */
export const INSIGHTS_METRICS = { from: 30, to: 40 };
/** Application Auto Scaling makes an alarm for more load and one for less. */
const ALARMS_OF_TARGET_TRACKING = 2;
const ALARM = 'AmazonCloudWatch *-CW:AlarmMonitorUsage';
const NO_PRICE = 'in tools/cost/prices.json.';

/** Costs by stored amount, by request, or by piece. */
export const KEPT: Readonly<Record<string, Pricer>> = {
  'AWS::S3::Bucket': (buckets, bill) => {
    const kept = 'AmazonS3 *-TimedStorage-ByteHrs';
    bill.assume('S3', '# GB', kept, ({ files }) => files.toGibibytes());
    bill.assume('S3', '# writes', 'AmazonS3 *-Requests-Tier1', ({ fileWrites }) => fileWrites);
    bill.assume('S3', '# reads', 'AmazonS3 *-Requests-Tier2', ({ fileReads }) => fileReads);
    for (const { properties } of buckets) {
      if (within(properties, 'VersioningConfiguration', 'Status') !== 'Enabled') continue;
      const days = objects(within(properties, 'LifecycleConfiguration', 'Rules'))
        .map(({ NoncurrentVersionExpiration: rule }) => Number(within(rule, 'NoncurrentDays')))
        .find((each) => each > 0);
      bill.leaveOpen(`S3: old versions of files, kept ${days === undefined ? 'for ever' : `for ${days} days`}`, kept);
    }
  },

  'AWS::ECR::Repository': (_, bill) => {
    bill.assume('ECR', '# GB', 'AmazonECR *-TimedStorage-ByteHrs', ({ images }) => images.toGibibytes());
  },

  'AWS::Logs::LogGroup': (groups, bill) => {
    const days = Math.max(...groups.map(({ properties }) => Number(properties.RetentionInDays ?? Infinity)));
    const size = ({ logs }: Usage) => logs.toGibibytes();
    bill.assume('Logs', '# GB in', 'AmazonCloudWatch *-DataProcessing-Bytes', size);
    const [kept, endless] = ['AmazonCloudWatch *-TimedStorage-ByteHrs', 'A log group keeps its logs for ever'] as const;
    if (days < Infinity) bill.assume('Logs', `kept for ${days} days`, kept, size, days / MONTH_DAYS);
    else bill.leaveOut('Logs: kept', `${endless}, so that no month costs what the next one does.`);
  },

  'AWS::SecretsManager::Secret': ({ length }, bill) => {
    bill.charge('Secrets', `${length}`, 'AWSSecretsManager *-AWSSecretsManager-Secrets', length);
    const reads = 'AWSSecretsManager *-AWSSecretsManagerAPIRequest';
    bill.assume('Secrets', '# reads', reads, ({ secretReads }) => secretReads);
  },

  'AWS::KMS::Key': ({ length }, bill) => {
    bill.charge('KMS', `${length} keys`, 'awskms <region>-KMS-Keys', length);
    bill.leaveOpen('KMS: requests', 'awskms <region>-KMS-Requests');
  },

  'AWS::CloudWatch::Alarm': (alarms, bill) => {
    const usual = alarms.filter(({ properties }) => !(Number(properties.Period) < 60));
    const fast = alarms.length - usual.length;
    if (fast > 0) bill.leaveOut(`Alarms: ${fast} of high resolution`, `They have no price ${NO_PRICE}`);
    const metrics = usual.flatMap(({ properties }) => {
      const all = objects(properties.Metrics).filter(({ MetricStat }) => MetricStat !== undefined);
      return all.length > 0 ? all : [properties];
    });
    bill.charge('Alarms, dashboard', `metrics of ${usual.length} alarms: ${metrics.length}`, ALARM, metrics.length);
  },

  'AWS::ApplicationAutoScaling::ScalingPolicy': (policies, bill) => {
    const tracking = policies.filter(({ properties }) => properties.PolicyType === 'TargetTrackingScaling').length;
    const count = tracking * ALARMS_OF_TARGET_TRACKING;
    if (count > 0) bill.charge('Alarms, dashboard', `alarms that scaling makes: ${count}`, ALARM, count);
  },

  'AWS::CloudWatch::Dashboard': ({ length }, bill) => {
    bill.charge('Alarms, dashboard', `dashboards: ${length}`, 'AmazonCloudWatch DashboardsUsageHour-Basic', length);
  },

  'AWS::SNS::Subscription': (subscriptions, bill) => {
    const { length } = subscriptions.filter(({ properties }) => /^email/.test(String(properties.Protocol)));
    if (length < subscriptions.length) bill.leaveOut('SNS: other messages than mail', `They have no price ${NO_PRICE}`);
    const mail = 'AmazonSNS *-DeliveryAttempts-SMTP';
    if (length > 0) bill.assume('Alarms, dashboard', '# mails', mail, ({ mails }) => mails * length);
  },

  'AWS::ECS::Cluster': each(({ properties }, bill) => {
    const { Value } = objects(properties.ClusterSettings).find(({ Name }) => Name === 'containerInsights') ?? {};
    if (Value === 'enhanced')
      bill.leaveOut('Container Insights', 'Paid per metric, of which AWS makes more with each task and container.');
    else if (Value === 'enabled')
      bill.leaveOpen('Container Insights', 'AmazonCloudWatch *-CW:MetricMonitorUsage', INSIGHTS_METRICS);
  }),

  'AWS::Scheduler::Schedule': (schedules, bill) => {
    const unknown = "Tokyo's price was not found; in us-east-1, 14 million calls per month are free.";
    bill.leaveOut(`Schedules: ${schedules.length}`, unknown);
    const automations = schedules.filter(({ properties }) =>
      String(references(within(properties, 'Target', 'Arn'))).includes(':ssm:startAutomationExecution'),
    );
    const number = automations.reduce((sum, each) => sum + firings(each), 0);
    const runs = Number.isNaN(number) ? 'an unknown number of' : show(number);
    const steps = 'Paid by the step; neither the price nor the number of steps in AWS’s documents was found.';
    if (automations.length > 0) bill.leaveOut(`Systems Manager: ${runs} automations`, steps);
  },

  'AWS::Route53::RecordSet': (records, bill) => {
    const zoneOf = ({ HostedZoneId, HostedZoneName }: Record<string, unknown>) =>
      JSON.stringify(HostedZoneId ?? HostedZoneName);
    const { size } = new Set(records.map(({ properties }) => zoneOf(properties)));
    bill.charge('Route 53', `the domain's hosted zone, made before: ${size}`, 'AmazonRoute53 HostedZone', size);
    if (records.some(({ properties }) => properties.AliasTarget === undefined))
      bill.leaveOut('Route 53: queries', 'Those of aliases to AWS are free, others are paid by the million.');
  },

  'AWS::Route53::HostedZone': ({ length }, bill) => {
    bill.charge('Route 53', `hosted zones: ${length}`, 'AmazonRoute53 HostedZone', length);
  },
};
