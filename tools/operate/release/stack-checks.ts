import type { DeployedStack } from '../../deployed/deployed-stack';
import { availabilityOf, databaseRemedy, describeDatabase } from '../../deployed/database';
import { describeMigration, readMigrationTasks } from './migration-tasks';
import type { Problem } from './problem';
import type { StackUpdate } from './stack-update';

/** Part of a stack that the check of its status reads. */
type StackStatus = { readonly stack: Pick<DeployedStack, 'description'> };

/** Checks that CloudFormation accepts a deployment. A stack whose creation was rolled back is deleted by the CDK CLI. */
export function checkStackStatus({ stack }: StackStatus): Problem {
  const { StackName = '', StackStatus: status = '' } = stack.description;
  const isUnderway = status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
  if (isUnderway) {
    return `${StackName} is ${status}: wait until that deployment has ended.`;
  }
  if (!status.endsWith('_FAILED')) return undefined;
  return `${StackName} is ${status}, and takes no deployment: npx cdk --unstable=diagnose diagnose ${StackName}`;
}

/** Checks that the database takes connections if the release starts web tasks. */
export async function checkDatabase({ stack, config, options, restartsWebTasks }: StackUpdate): Promise<Problem> {
  const startsWebTasks = Boolean(options.app) || restartsWebTasks;
  const hasDatabase = stack.ids('AWS::RDS::DBInstance').length > 0;
  if (!startsWebTasks || !hasDatabase) return undefined;
  const database = await describeDatabase(stack);
  if (availabilityOf(database) === 'available') return undefined;
  const { DBInstanceIdentifier: name = '', DBInstanceStatus: status = '' } = database;
  const remedy = databaseRemedy(stack, config, database);
  return `The database ${name} is ${status}, and a web task would not be healthy. First: ${remedy}`;
}

/** Checks that no other migration runs, or is about to. */
export async function checkRunningMigrations({ stack, migrates }: StackUpdate): Promise<Problem> {
  if (!migrates) return undefined;
  const [firstTask] = await readMigrationTasks(stack);
  return firstTask && `${describeMigration(firstTask)}: wait for its end.`;
}
