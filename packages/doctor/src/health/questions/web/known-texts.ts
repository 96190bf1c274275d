import { Part, resourceNames } from '@infra/commands/app';
import { physicalIdOf } from '@infra/operate/deployed/deployed-stack';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand, prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { increaseCommandForAll } from '../vcpu-quota';
import { OUT_OF_MEMORY, raiseMemory } from './out-of-memory';
import { words } from './words';

const ECS_GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';
const ECS_EVENTS = `${ECS_GUIDE}/service-event-messages-list.html`;
const TARGET_HEALTH = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html';

/** Web tasks that fail. */
export interface FailingTasks {
  readonly environment: Environment;
  /** Port and path of the load balancer's health check. */
  readonly port: number;
  readonly path: string;
  /** True if tasks of this version were healthy before. */
  readonly wereHealthy: boolean;
}

/** Text by which AWS, or a line of the application's log, gives a reason. */
interface KnownText {
  readonly pattern: RegExp;
  /** Page with the text. */
  readonly source: string;
  /** The likeliest cause, and the command that decides. */
  readonly adviseOn: (tasks: FailingTasks) => string;
}

/** Texts and advice on them. Of several texts, the first one here counts: those of the load balancer only follow from another one. */
export const KNOWN_TEXTS: readonly KnownText[] = [
  {
    // "Capacity is unavailable at this time. Please try again later …", "service s operations are being throttled …"
    pattern: /capacity is unavailable|operations are being throttled/i,
    source: ECS_EVENTS,
    adviseOn: () => words.advice.wait,
  },
  {
    // "You've reached the limit on the number of vCPUs you can run concurrently", and the same of tasks.
    pattern: /reached the limit on the number of/i,
    source: ECS_EVENTS,
    adviseOn: ({ environment }) => increaseCommandForAll(environment),
  },
  {
    // "OutOfMemoryError: Container killed due to memory usage"
    pattern: OUT_OF_MEMORY,
    source: `${ECS_GUIDE}/stopped-task-error-codes.html`,
    adviseOn: ({ environment }) => raiseMemory(environment, 'webService.size.memory'),
  },
  {
    // "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-1':
    // InsufficientFreeAddressesInSubnet"
    pattern: /InsufficientFreeAddresses|Create Network Interface with public IP assignment enabled in subnet/i,
    source: `${ECS_GUIDE}/failed-to-start-error.html`,
    adviseOn: ({ environment }) => words.advice.freeAddresses({ subnetsCommand: subnetsCommand(environment) }),
  },
  {
    // "Unable to assume the service linked role. Please verify that the ECS service linked role exists."
    pattern: /service.linked role/i,
    source: `${ECS_GUIDE}/using-service-linked-roles.html`,
    adviseOn: ({ environment }) =>
      words.advice.linkedRole({
        roleCommand: 'aws iam get-role --role-name AWSServiceRoleForECS',
        restartCommand: prooflinkCommand(environment.environmentName, 'restart'),
      }),
  },
  {
    // "CannotPullContainerError: … no space left on device", and ENOSPC of Node.
    pattern: /no space left on device/i,
    source: 'https://repost.aws/knowledge-center/fargate-increase-disk-space',
    adviseOn: ({ environment: { environmentName, region } }) => {
      const repository = `--repository-name ${resourceNames(environmentName).repositories.app}`;
      const query = "--query 'imageDetails[].[imageTags[0],imageSizeInBytes]' --output text";
      return words.advice.diskSpace({
        sizeCommand: awsCommand(region, 'ecr describe-images', `${repository} ${query}`),
      });
    },
  },
  {
    // PostgreSQL's 53300, and P2024 and P2037 of Prisma.
    pattern: /too many clients|remaining connection slots|too many (database )?connections|from the connection pool/i,
    source: 'https://www.postgresql.org/docs/15/runtime-config-connection.html',
    adviseOn: ({ environment }) =>
      words.advice.connections({ metricCommand: databaseMetric(environment, 'DatabaseConnections') }),
  },
  {
    // The questions on what a task needs have found nothing that is missing now.
    pattern: /CannotPullContainer|ResourceInitialization|unable to assume the role/i,
    source: `${ECS_GUIDE}/stopped-task-error-codes.html`,
    adviseOn: ({ environment }) =>
      words.advice.restart({ restartCommand: prooflinkCommand(environment.environmentName, 'restart') }),
  },
  {
    // "Health checks failed with these codes: [503]"
    pattern: /with these codes/,
    source: TARGET_HEALTH,
    adviseOn: ({ environment, path }) => words.advice.mustAnswer({ path, logCommand: webLogCommand(environment) }),
  },
  {
    // "Request timed out", and "Task failed ELB health checks in (target-group …)"
    pattern: /health checks|Request timed out/i,
    source: TARGET_HEALTH,
    adviseOn: ({ environment, port, wereHealthy }) => {
      const logCommand = webLogCommand(environment);
      if (!wereHealthy) return words.advice.mustListen({ port, logCommand });
      return words.advice.answersLate({ metricCommand: databaseMetric(environment, 'CPUUtilization'), logCommand });
    },
  },
];

/** Parts of events of a service that are no reason for a fault: tasks start and end as they should, or a deployment has failed. */
const EVENTS_WITHOUT_REASON = [
  'steady state',
  'deployment completed',
  'has started',
  'has stopped',
  'has begun',
  'registered',
  'deployment failed',
  'rolling back to',
  // Both "is AZ balanced with" and "is not AZ balanced with" (service-rebalancing-event-messages-list.html).
  'AZ balanced with',
  // Progress of a target in the local AWS.
  'healthy answers, and',
];

export function hasReason(event: string): boolean {
  return !EVENTS_WITHOUT_REASON.some((part) => event.includes(part));
}

export function isKnown(text: string): boolean {
  return KNOWN_TEXTS.some(({ pattern }) => pattern.test(text));
}

/** Command that shows the last hour of the web tasks' log. */
export function webLogCommand({ environmentName, region }: Environment): string {
  return awsCommand(region, 'logs tail', `${resourceNames(environmentName).logGroups.app} --since 1h`);
}

/** Command that shows the free addresses of each subnet. */
function subnetsCommand(environment: Environment): string {
  const filter = `--filters Name=vpc-id,Values=${physicalIdOf(environment, Part.vpc)}`;
  const query = "--query 'Subnets[].[SubnetId,CidrBlock,AvailableIpAddressCount]' --output text";
  return awsCommand(environment.region, 'ec2 describe-subnets', `${filter} ${query}`);
}

const METRIC_HOURS = 3;

/** Command that shows the highest values of a metric of the database, one each five minutes. */
function databaseMetric(environment: Environment, metricName: string): string {
  const { now, region } = environment;
  const start = new Date(now.getTime() - METRIC_HOURS * 3_600_000);
  const metric = `--namespace AWS/RDS --metric-name ${metricName} --statistics Maximum --period 300`;
  const database = `--dimensions Name=DBInstanceIdentifier,Value=${physicalIdOf(environment, Part.database)}`;
  const time = `--start-time ${start.toISOString()} --end-time ${now.toISOString()}`;
  const query = "--query 'sort_by(Datapoints,&Timestamp)[].[Timestamp,Maximum]' --output text";
  return awsCommand(region, 'cloudwatch get-metric-statistics', `${metric} ${database} ${time} ${query}`);
}
