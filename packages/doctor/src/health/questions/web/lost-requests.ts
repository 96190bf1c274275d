import type { Environment } from '@infra/operate/deployed/environment';
import { loadBalancerSum } from '@infra/operate/deployed/metrics';
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

async function checkLostRequests(environment: Environment): Promise<Answer> {
  const lostCount = await loadBalancerSum(environment, METRIC_HOURS, 'HTTPCode_ELB_502_Count');
  if (lostCount === 0) return NOTHING_WRONG;
  return personMustLook({ says: words.lostRequests.lost({ lostCount }), fix: words.lostRequests.keepConnections });
}
