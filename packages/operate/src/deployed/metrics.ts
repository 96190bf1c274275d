import { CloudWatch, type Metric, type MetricStat } from '@aws-sdk/client-cloudwatch';
import type { Environment } from './environment';
import { readAll } from './pages';

const HOUR_MS = 3_600_000;

type WantedMetric = Metric & Pick<MetricStat, 'Stat' | 'Period'>;

/** Values of a metric in the last hours. */
export async function metricValues(
  { client, now }: Environment,
  hours: number,
  { Stat, Period, ...metric }: WantedMetric,
): Promise<number[]> {
  const pages = client(CloudWatch).paginateGetMetricData({
    MetricDataQueries: [{ Id: 'm0', MetricStat: { Metric: metric, Stat, Period } }],
    StartTime: new Date(now.getTime() - hours * HOUR_MS),
    EndTime: now,
  });
  const results = await readAll(pages, 'MetricDataResults');
  return results.flatMap(({ Values = [] }) => Values);
}
