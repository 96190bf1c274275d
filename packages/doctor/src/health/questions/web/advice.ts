import { availabilityOf, databaseRemedy, describeDatabase } from '@infra/operate/deployed/database';
import type { Environment } from '@infra/operate/deployed/environment';
import { describeTargetGroup } from '@infra/operate/deployed/load-balancer';
import { awsCommand, prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { resourceNames } from '@infra/commands/app';
import { increaseCommandForAll } from '../vcpu-quota';
import { OUT_OF_MEMORY, raiseMemory } from './out-of-memory';
import { words } from './words';

/** Part of the load balancer's reason for a target that does not answer 200: `Health checks failed with these codes: [503]`. */
const WRONG_CODE = /with these codes/;
/** Parts of the reasons of a target that takes no connection: `Task failed ELB health checks in (target-group …)`. */
const UNREACHABLE = /health checks|Request timed out/i;

/** Advice on a cause that is not the application. */
interface AdviceOnReason {
  /** Part of the reason that AWS gives. */
  readonly pattern: RegExp;
  readonly adviceFor: (environment: Environment) => string;
}

const ADVICE_ON_REASONS: readonly AdviceOnReason[] = [
  {
    // ECS: "Capacity is unavailable at this time. Please try again later or in a different availability zone."
    pattern: /capacity is unavailable/i,
    adviceFor: () => words.health.waitForCapacity,
  },
  {
    // ECS: "You've reached the limit on the number of vCPUs you can run concurrently", and the same of tasks.
    pattern: /reached the limit on the number of/i,
    adviceFor: increaseCommandForAll,
  },
  {
    // Reason of a container: "OutOfMemoryError: Container killed due to memory usage".
    pattern: OUT_OF_MEMORY,
    adviceFor: (environment) => raiseMemory(environment, 'webService.size.memory'),
  },
  {
    // ECS could not start a task. The questions on what a task needs have found nothing that is missing now.
    pattern: /CannotPullContainer|ResourceInitialization|unable to assume the role/i,
    adviceFor: ({ environmentName }) =>
      words.health.restart({ restartCommand: prooflinkCommand(environmentName, 'restart') }),
  },
];

/**
 * Advice by the reasons that AWS gives for tasks that fail; most is for those who make the application.
 *
 * @param isUnreachable - True if the load balancer found targets unhealthy.
 */
export async function adviceOnReasons(
  environment: Environment,
  reasons: readonly string[],
  isUnreachable = false,
): Promise<string> {
  const known = ADVICE_ON_REASONS.find(({ pattern }) => reasons.some((reason) => pattern.test(reason)));
  if (known) return known.adviceFor(environment);
  const { HealthCheckPath: path = '', Port: port = 0 } = await describeTargetGroup(environment);
  const logCommand = webLogCommand(environment);
  if (reasons.some((reason) => WRONG_CODE.test(reason))) return words.health.mustAnswer({ path, logCommand });
  if (isUnreachable || reasons.some((reason) => UNREACHABLE.test(reason))) {
    return words.health.mustListen({ port, logCommand });
  }
  return words.health.readLog({ logCommand });
}

/** Advice on a database that takes no connections, without which no application is healthy; `undefined` if it does. */
export async function adviceOnDatabase(environment: Environment): Promise<string | undefined> {
  // Another question reports a database that is gone, or that AWS refuses to describe.
  const database = await describeDatabase(environment).catch(() => undefined);
  if (!database || availabilityOf(database) === 'available') return undefined;
  return words.health.databaseFirst({ remedy: databaseRemedy(environment, environment.config, database) });
}

/** Command that shows the last hour of the web tasks' log. */
export function webLogCommand({ environmentName, region }: Environment): string {
  return awsCommand(region, 'logs tail', `${resourceNames(environmentName).logGroups.app} --since 1h`);
}
