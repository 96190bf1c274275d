import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { HEALTH_CHECK_PATH, Output } from '../../../../lib/contract';
import { errorText } from '../../../deployed/aws-errors';
import type { Environment } from '../../../deployed/environment';
import { type Answer, lookAnswer, wellAnswer, wrongAnswer, wrongIfAny } from '../answer';
import type { Question } from '../question';
import { blockedBy, EVERYWHERE, groupNames } from '../security-groups';
import { answerWithoutWebTasks } from './only-with-web-tasks';

/** Timeout of the application's answer, in milliseconds. */
const PATIENCE = 10_000;

/** From the load balancer to the web tasks' port. */
export const ENTRANCE_QUESTIONS: readonly Question[] = [
  {
    id: 'entrance',
    statement: 'The load balancer lets people in',
    depth: 'cause',
    ask: checkEntrance,
  },
  {
    id: 'way-to-tasks',
    statement: 'The load balancer reaches the web tasks',
    depth: 'cause',
    ask: checkWayToTasks,
  },
  {
    id: 'arrive',
    statement: 'Users arrive, over HTTPS where there is a domain',
    depth: 'contact',
    ask: checkArrival,
  },
];

async function readLoadBalancerGroups(environment: Environment): Promise<SecurityGroup[]> {
  const { SecurityGroups } = await environment.describeLoadBalancer();
  return await environment.readSecurityGroups(SecurityGroups);
}

async function checkEntrance(environment: Environment): Promise<Answer | undefined> {
  const { openPorts, allowedRanges } = environment.config.loadBalancer;
  const groups = await readLoadBalancerGroups(environment);
  const faults: string[] = [];
  for (const port of openPorts) {
    for (const range of allowedRanges) {
      const isBlocked = blockedBy(range, groups, port) !== undefined;
      if (isBlocked) faults.push(`port ${port} from ${range}`);
    }
  }
  return wrongIfAny(
    faults,
    (faultList) => `${groupNames(groups)} does not admit ${faultList}.`,
    environment.redeployCommand,
  );
}

async function checkWayToTasks(environment: Environment): Promise<Answer | undefined> {
  const { Port = 0 } = await environment.describeTargetGroup();
  const loadBalancerGroups = await readLoadBalancerGroups(environment);
  const container = await environment.webContainer();
  const taskGroups = await environment.readSecurityGroups(container.securityGroups);
  const fault = blockedBy(loadBalancerGroups, taskGroups, Port);
  return fault === undefined ? undefined : wrongAnswer(`${fault}.`, environment.redeployCommand);
}

/** Asks the application from this machine. */
async function checkArrival(environment: Environment): Promise<Answer> {
  const url = `${environment.outputs[Output.applicationUrl] ?? ''}${HEALTH_CHECK_PATH}`;
  try {
    const { status } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
    if (status === 200) return wellAnswer(`${url} answers 200. A browser shows the rest.`);
    return (await answerWithoutWebTasks(environment)) ?? wrongAnswer(`${url} answers ${status}.`);
  } catch (error) {
    return unreachableAnswer(environment, url, error as Error);
  }
}

function unreachableAnswer(environment: Environment, url: string, error: Error): Answer {
  const { allowedRanges } = environment.config.loadBalancer;
  const says = `${url} cannot be reached from here: ${errorText(error.cause ?? error)}`;
  if (allowedRanges.includes(EVERYWHERE)) return wrongAnswer(says);
  return lookAnswer(`${says}. It admits ${allowedRanges.join(', ')}: try it from there.`);
}
