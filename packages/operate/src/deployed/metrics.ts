import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { Part } from '@infra/commands/app';
import { physicalIdOf } from './deployed-stack';
import type { Environment } from './environment';
import { readAll } from './pages';

const SECONDS_PER_HOUR = 3600;

/** Sum of a metric of the load balancer in the last hours. */
export async function loadBalancerSum(environment: Environment, hours: number, MetricName: string): Promise<number> {
  const { client, now } = environment;
  // arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/app/<name>/<id>
  const [, Value] = physicalIdOf(environment, Part.loadBalancer).split('loadbalancer/');
  const Dimensions = [{ Name: 'LoadBalancer', Value }];
  const Metric = { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions };
  const MetricStat = { Metric, Stat: 'Sum', Period: SECONDS_PER_HOUR };
  const pages = client(CloudWatch).paginateGetMetricData({
    MetricDataQueries: [{ Id: 'm0', MetricStat }],
    StartTime: new Date(now.getTime() - hours * SECONDS_PER_HOUR * 1000),
    EndTime: now,
  });
  const results = await readAll(pages, 'MetricDataResults');
  const values = results.flatMap(({ Values = [] }) => Values);
  return values.reduce((sum, value) => sum + value, 0);
}
