import { availabilityOf, databaseRemedy, describeDatabase } from '@infra/operate/deployed/database';
import type { Environment } from '@infra/operate/deployed/environment';
import { describeTargetGroup } from '@infra/operate/deployed/load-balancer';
import { KNOWN_TEXTS, webLogCommand } from './known-texts';
import { words } from './words';

/**
 * Advice by the reasons that AWS gives for tasks that fail, and by the lines of their log.
 *
 * @param wereHealthy - True if tasks of this version were healthy before.
 */
export async function adviceOnReasons(
  environment: Environment,
  reasons: readonly string[],
  wereHealthy = false,
): Promise<string> {
  const known = KNOWN_TEXTS.find(({ pattern }) => reasons.some((reason) => pattern.test(reason)));
  if (!known) return words.advice.readLog({ logCommand: webLogCommand(environment) });
  const { HealthCheckPath: path = '', Port: port = 0 } = await describeTargetGroup(environment);
  return known.adviseOn({ environment, path, port, wereHealthy });
}

/** Advice on a database that takes no connections, without which no application is healthy; `undefined` if it does. */
export async function adviceOnDatabase(environment: Environment): Promise<string | undefined> {
  // Another question reports a database that is gone, or that AWS refuses to describe.
  const database = await describeDatabase(environment).catch(() => undefined);
  if (!database || availabilityOf(database) === 'available') return undefined;
  return words.advice.databaseFirst({ remedy: databaseRemedy(environment, environment.config, database) });
}
