import { Part, stackId } from '@infra/commands/app';
import { availabilityOf, databaseRemedy, describeDatabase } from '../deployed/database';
import { type DeployedStack, isPartCreated, isStackInProgress } from '../deployed/deployed-stack';
import { describeMigration, readMigrationTasks, stopCommand } from '../deployed/migration-tasks';
import { stackRemedy } from '../deployed/stack-remedy';
import { readWebState } from '../deployed/web-state';
import { words } from './words';
import type { Problem } from './problem';
import type { StackUpdate } from './stack-update';

/** Name and status of a stack, as sentences have them. */
export function nameAndStatus({ environmentName, details }: DeployedStack) {
  return { stackName: stackId(environmentName), status: String(details.StackStatus) };
}

/** Checks that no operation on the stack is underway. */
export function checkStackIsIdle(stack: DeployedStack): Problem | undefined {
  return isStackInProgress(stack) ? words.deploymentUnderway(nameAndStatus(stack)) : undefined;
}

/** Statuses of a stack of which nothing was ever deployed: CloudFormation refuses to update it. */
const NEVER_DEPLOYED: ReadonlySet<string> = new Set(['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE']);

/** Checks that the stack was deployed: a release changes nothing but its image tags. */
export function checkIsDeployed({ stack }: Pick<StackUpdate, 'stack'>): Problem | undefined {
  const facts = nameAndStatus(stack);
  return NEVER_DEPLOYED.has(facts.status) ? words.neverDeployed(facts) : undefined;
}

/** Checks that CloudFormation accepts an update of the stack. */
export async function checkStackStatus({
  stack,
  config,
}: Pick<StackUpdate, 'stack' | 'config'>): Promise<Problem | undefined> {
  const facts = nameAndStatus(stack);
  if (!facts.status.endsWith('_FAILED')) return undefined;
  const remedy = await stackRemedy(stack, config);
  return words.noDeploymentTaken({ ...facts, remedy });
}

/** Checks that the database takes connections if the release starts web tasks, which are not healthy without one. */
export async function checkDatabase({
  stack,
  config,
  options,
}: Pick<StackUpdate, 'stack' | 'config' | 'options'>): Promise<Problem | undefined> {
  return options.appTag ? await checkDatabaseIsAvailable({ stack, config }) : undefined;
}

/** Checks that the database takes connections. */
export async function checkDatabaseIsAvailable({
  stack,
  config,
}: Pick<StackUpdate, 'stack' | 'config'>): Promise<Problem | undefined> {
  if (!isPartCreated(stack, Part.database)) return undefined;
  const database = await describeDatabase(stack);
  if (availabilityOf(database) === 'available') return undefined;
  const { DBInstanceIdentifier: name = '', DBInstanceStatus: status = '' } = database;
  const remedy = databaseRemedy(stack, config, database);
  return words.databaseNotAvailable({ name, status, remedy });
}

/**
 * Checks that no task of an earlier migration runs, or is about to start. Its release deploys its own image afterwards, and
 * would undo this release, even one without a migration.
 */
export async function checkRunningMigrations({ stack }: Pick<StackUpdate, 'stack'>): Promise<Problem | undefined> {
  if (!isPartCreated(stack, Part.webService)) return undefined;
  const [task] = await readMigrationTasks(stack);
  if (!task) return undefined;
  return words.migrationRuns({ migration: describeMigration(task), stopCommand: stopCommand(stack, task) });
}

/** Reads what the end of a release reads: by a right that is missing only then, its outcome would not be known. */
export async function checkReadableTasks({ stack }: Pick<StackUpdate, 'stack'>): Promise<undefined> {
  if (isPartCreated(stack, Part.webService)) await readWebState(stack);
}
