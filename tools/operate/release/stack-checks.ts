import type { Stack } from '@aws-sdk/client-cloudformation';
import { Part } from '../../../lib/contract';
import { availabilityOf, databaseRemedy, describeDatabase } from '../../deployed/database';
import { isPartCreated } from '../../deployed/deployed-stack';
import { describeMigration, readMigrationTasks } from './migration-tasks';
import type { Problem } from './problem';
import type { StackUpdate } from './stack-update';

/**
 * Checks that CloudFormation accepts a deployment. Two statuses need no advice: ROLLBACK_COMPLETE, after a creation that
 * failed, since the CDK CLI deletes such a stack first, and REVIEW_IN_PROGRESS, since no change set was ever executed.
 */
export function checkStackStatus({ StackName = '', StackStatus }: Partial<Stack>): Problem | undefined {
  const status: string = StackStatus ?? '';
  const isUnderway = status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
  if (isUnderway) {
    return `${StackName} is ${status}: wait until that deployment has ended.`;
  }
  if (!status.endsWith('_FAILED')) return undefined;
  return `${StackName} is ${status}, and takes no deployment: npx cdk --unstable=diagnose diagnose ${StackName}`;
}

/** Checks that the database takes connections if the release starts web tasks, which are not healthy without one. */
export async function checkDatabase({
  stack,
  config,
  options,
  mayRestartWebTasks,
}: StackUpdate): Promise<Problem | undefined> {
  const startsWebTasks = Boolean(options.appTag) || mayRestartWebTasks;
  if (!startsWebTasks || !isPartCreated(stack, Part.database)) return undefined;
  const database = await describeDatabase(stack);
  if (availabilityOf(database) === 'available') return undefined;
  const { DBInstanceIdentifier: name = '', DBInstanceStatus: status = '' } = database;
  const remedy = databaseRemedy(stack, config, database);
  return `The database ${name} is ${status}, and a web task would not be healthy. First: ${remedy}`;
}

/** Checks that no task of an earlier migration runs, or is about to start, if the release migrates. */
export async function checkRunningMigrations({ stack, migrates }: StackUpdate): Promise<Problem | undefined> {
  if (!migrates) return undefined;
  const [earliestTask] = await readMigrationTasks(stack);
  return earliestTask && `${describeMigration(earliestTask)}: wait for its end.`;
}
