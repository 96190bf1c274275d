import { CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import { type Environment, list } from '../environment/environment';

/** The values of metrics of the last hours, by the ids of the queries; a page may end within those of one. */
export async function metricValues(
  it: Environment,
  MetricDataQueries: MetricDataQuery[],
  hours: number,
): Promise<(id: string) => number[]> {
  const asked = { MetricDataQueries, StartTime: new Date(it.now.getTime() - hours * 3_600_000), EndTime: it.now };
  const results = await list(it, CloudWatchClient, paginateGetMetricData, asked, (page) => page.MetricDataResults);
  return (id) => results.flatMap(({ Id, Values = [] }) => (Id === id ? Values : []));
}
