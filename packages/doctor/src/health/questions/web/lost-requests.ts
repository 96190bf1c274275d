import { Part } from '@infra/commands/app';
import type { Environment } from '@infra/operate/deployed/environment';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import { metricValues } from '@infra/operate/deployed/metrics';
import { type Answer, NOTHING_WRONG, personMustLook } from '../../answer';
import type { Question } from '../../question';
import { words } from './words';

/**
 * Question on requests that the load balancer answered with 502 itself: the connection to a task ended before an answer.
 * It comes after the question on the tasks, whose faults lose requests, too. Node's server closes idle connections after
 * five seconds, and the load balancer after a minute (nodejs/node, issue 20256; seek-oss/skuba, pull request 1111).
 */
export const LOST_REQUESTS: Question = {
  id: 'lost-requests',
  statement: words.lostRequests.statement,
  firstAskedBy: 'doctor',
  ask: checkLostRequests,
};

const METRIC_HOURS = 24;
const SECONDS_PER_HOUR = 3600;

async function checkLostRequests(environment: Environment): Promise<Answer> {
  // arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/app/<name>/<id>
  const loadBalancerArn = physicalIdOf(environment, Part.loadBalancer);
  const hourlyCounts = await metricValues(environment, METRIC_HOURS, {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HTTPCode_ELB_502_Count',
    Dimensions: [{ Name: 'LoadBalancer', Value: loadBalancerArn.split('loadbalancer/')[1] }],
    Stat: 'Sum',
    Period: SECONDS_PER_HOUR,
  });
  const lostCount = hourlyCounts.reduce((sum, count) => sum + count, 0);
  if (lostCount === 0) return NOTHING_WRONG;
  return personMustLook({ says: words.lostRequests.lost({ lostCount }), fix: words.lostRequests.keepConnections });
}
