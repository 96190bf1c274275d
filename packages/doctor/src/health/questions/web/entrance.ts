import {
  type EnvironmentConfig,
  HEALTH_CHECK_PATH,
  ORIGIN_FACING_PREFIX_LISTS,
  Output,
  Part,
} from '@infra/commands/app';
import { errorText } from '@infra/operate/deployed/aws-errors';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import type { Environment } from '@infra/operate/deployed/environment';
import { revertDriftCommand } from '../../../revert-drift-command';
import { readSecurityGroups, readSubnetRanges } from '@infra/operate/deployed/network';
import { describeLoadBalancer, describeTargetGroup } from '@infra/operate/deployed/load-balancer';
import { readWebContainer } from '@infra/operate/deployed/containers';
import { awsCommand } from '@infra/operate/deployed/printed-commands';
import {
  type Answer,
  NOTHING_WRONG,
  personMustLook,
  underwayAnswer,
  wellAnswer,
  wrongAnswer,
  wrongIfAny,
} from '../../answer';
import { describeBlockage, endpointName, EVERYWHERE, isBlocked } from '../../security-group-path';
import type { Question } from '../../question';
import { isRealAws } from '@infra/operate/deployed/real-aws';
import { words } from './words';
import { answerWithoutWebTasks } from '../only-with-web-tasks';
import { areWebTasksUnderway } from './web-health';

/** Questions on the way of users to the load balancer, and from there to the web tasks (guide 6.2). */
export const ENTRANCE_QUESTIONS: readonly Question[] = [
  {
    id: 'entrance',
    statement: words.entrance.statement,
    firstAskedBy: 'doctor',
    ask: checkEntrance,
  },
  {
    id: 'way-to-tasks',
    statement: words.wayToTasks.statement,
    firstAskedBy: 'doctor',
    ask: checkWayToTasks,
  },
];

/** Question on a request for the health check by the way of the users. */
export const ARRIVAL: Question = {
  id: 'arrive',
  statement: words.arrival.statement,
  confirms: ['users-arrive'],
  firstAskedBy: 'status',
  // The name of a domain leads to no local AWS.
  applies: ({ config, outputs }) =>
    outputs[Output.applicationUrl] !== undefined && (config.loadBalancer.domain === undefined || isRealAws()),
  ask: checkArrival,
};

/** The load balancer as an end of a network path. */
async function readLoadBalancerEndpoint(environment: Environment) {
  const { SecurityGroups: groupIds, AvailabilityZones = [] } = await describeLoadBalancer(environment);
  const groups = await readSecurityGroups(environment, groupIds);
  const ranges = await readSubnetRanges(
    environment,
    AvailabilityZones.map(({ SubnetId = '' }) => SubnetId),
  );
  return { groups, ranges };
}

/** Ports, and ranges or CloudFront's prefix list, that the config admits to the load balancer. */
function admittedByConfig({ loadBalancer, region }: EnvironmentConfig) {
  const { openPorts, allowedRanges, edge } = loadBalancer;
  if (edge === undefined) return { ports: openPorts, ranges: allowedRanges };
  return { ports: [80], ranges: [ORIGIN_FACING_PREFIX_LISTS[region] ?? ''] };
}

/** Checks that the load balancer's security groups admit what the config says. */
async function checkEntrance(environment: Environment): Promise<Answer> {
  const { ports, ranges } = admittedByConfig(environment.config);
  const loadBalancer = await readLoadBalancerEndpoint(environment);
  const faults: string[] = [];
  for (const port of ports) {
    for (const range of ranges) {
      if (!isBlocked({ source: range, destination: loadBalancer, port })) continue;
      faults.push(words.entrance.traffic({ port, range }));
    }
  }
  return wrongIfAny({
    faults,
    describe: (traffic) => words.entrance.closed({ securityGroups: endpointName(loadBalancer), traffic }),
    fix: revertDriftCommand(environment),
  });
}

async function checkWayToTasks(environment: Environment): Promise<Answer> {
  const { Port = 0 } = await describeTargetGroup(environment);
  const container = await readWebContainer(environment);
  const loadBalancer = await readLoadBalancerEndpoint(environment);
  const blockage = describeBlockage({
    source: loadBalancer,
    destination: {
      groups: await readSecurityGroups(environment, container.securityGroups),
      ranges: await readSubnetRanges(environment, container.subnets),
    },
    port: Port,
  });
  if (blockage === undefined) return NOTHING_WRONG;
  return wrongAnswer({
    says: words.wayToTasks.blocked({ blockage }),
    fix: revertDriftCommand(environment),
  });
}

const ANSWER_TIMEOUT_MS = 10_000;

/** Requests the application from this machine. */
async function checkArrival(environment: Environment): Promise<Answer> {
  const url = `${environment.outputs[Output.applicationUrl] ?? ''}${HEALTH_CHECK_PATH}`;
  const response = await request(url);
  if (response instanceof Error) return unreachableAnswer(environment, url, response);
  const { status } = response;
  if (status === 200) return { ...wellAnswer(words.arrival.answers({ url })), usersAreServed: true };
  if (isBlockedByFirewall(environment, response)) return blockedAnswer(environment, url);
  // A program that closes idle connections before the load balancer does loses the first request on each.
  const second = status === 502 ? await request(url) : undefined;
  if (second instanceof Response && second.status === 200) {
    return {
      ...wrongAnswer({ says: words.arrival.lostRequest({ url }), fix: words.lostRequests.keepConnections }),
      usersAreServed: true,
    };
  }
  if (response.headers.get('server') === CLOUDFRONT) {
    return { ...wrongAnswer({ says: words.arrival.originUnreachable({ url, status }) }), usersAreServed: false };
  }
  // Without web tasks, the load balancer itself answers with an error.
  const answer = await answerWithoutWebTasks(environment);
  return answer ?? (await answerOnStatus(environment, url, status));
}

/** Response to a request; an error if none came. */
export async function request(url: string): Promise<Response | Error> {
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  } catch (error) {
    return error as Error;
  }
}

async function answerOnStatus(environment: Environment, url: string, status: number): Promise<Answer> {
  const says = words.arrival.otherStatus({ url, status });
  // Another question reports a refusal of AWS.
  const isUnderway = await areWebTasksUnderway(environment).catch(() => false);
  return { ...(isUnderway ? underwayAnswer(says) : wrongAnswer({ says })), usersAreServed: false };
}

/** Value of the header `Server` in answers of CloudFront itself: to 502 and 504 of the load balancer it adds none. */
const CLOUDFRONT = 'CloudFront';

/** Value of the header `Server` in answers of the load balancer itself. */
const SERVER_OF_LOAD_BALANCER = /^awselb\//;

/** True if the load balancer answered in the place of the application, as it does to what its firewall blocks. */
function isBlockedByFirewall({ config }: Environment, { status, headers }: Response): boolean {
  const isOfLoadBalancer = SERVER_OF_LOAD_BALANCER.test(headers.get('server') ?? '');
  return config.loadBalancer.firewall !== undefined && status === 403 && isOfLoadBalancer;
}

/** Answer for a request that the firewall blocked: it may block this machine alone. */
function blockedAnswer(environment: Environment, url: string): Answer {
  const logGroup = physicalIdOf(environment, Part.firewallLogGroup);
  const tailCommand = awsCommand(environment.region, 'logs tail', `${logGroup} --since 10m`);
  return personMustLook({
    says: words.arrival.blockedByFirewall({ url }),
    fix: words.arrival.readFirewallLog({ tailCommand }),
  });
}

/** Answer for a request that failed: no fault where the config admits only some addresses, perhaps not this machine's. */
function unreachableAnswer(environment: Environment, url: string, error: Error): Answer {
  const { allowedRanges: ranges } = environment.config.loadBalancer;
  // The error of `fetch` says only that it failed; its cause says why.
  const reason = errorText(error.cause ?? error);
  if (ranges.includes(EVERYWHERE)) {
    return { ...wrongAnswer({ says: words.arrival.unreachable({ url, reason }) }), usersAreServed: false };
  }
  return personMustLook({ says: words.arrival.admitsOthers({ url, reason, ranges }) });
}
