import { constructPath } from '@infra/common/template';
import { type EnvironmentConfig, Part, stackId } from '@infra/commands/app';
import { availabilityOf, databaseRemedy, describeDatabase } from './database';
import { type DeployedStack, isPartCreated } from './deployed-stack';
import { words } from './words';

/** Statuses of a stack that takes no deployment until `cdk rollback` has rolled back the one that failed. */
const ROLLED_BACK_BY_CDK: ReadonlySet<string> = new Set(['CREATE_FAILED', 'UPDATE_FAILED', 'UPDATE_ROLLBACK_FAILED']);

/**
 * Advice on a stack whose last deployment or deletion failed, one command or sentence a line.
 *
 * @param otherAdvice - Advice where CloudFormation takes a deployment as it is; its own events unless given.
 */
export async function stackRemedy(
  stack: DeployedStack,
  config: EnvironmentConfig,
  otherAdvice?: string,
): Promise<string> {
  const stackName = stackId(stack.environmentName);
  const commands = await commandsBeforeDeploy(stack, config);
  if (commands.length === 0) return otherAdvice ?? words.stackRemedy.diagnosis({ stackName });
  const chapter =
    stack.details.StackStatus === 'DELETE_FAILED'
      ? words.stackRemedy.deletionChapter
      : words.stackRemedy.rollbackChapter;
  return [...commands, chapter].join('\n');
}

/** Commands after which CloudFormation takes a deployment again; none if the status asks for none. */
export async function commandsBeforeDeploy(stack: DeployedStack, config: EnvironmentConfig): Promise<string[]> {
  const { StackStatus = '' } = stack.details;
  const stackName = stackId(stack.environmentName);
  if (StackStatus === 'DELETE_FAILED') return [deletionNote(stack), `npx cdk destroy ${stackName}`];
  if (!ROLLED_BACK_BY_CDK.has(StackStatus)) return [];
  // Another check reports a database that is gone, or that AWS refuses to describe.
  const databaseCommands = await databaseStart(stack, config).catch(() => []);
  return [...databaseCommands, `npx cdk rollback ${stackName}`];
}

/** Types of resources that have data: files, rows, images, settings. */
const TYPES_WITH_DATA: ReadonlySet<string> = new Set([
  'AWS::ECR::Repository',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
]);

/** Line on the data that a further deletion of the stack deletes. */
function deletionNote({ template, physicalIds }: DeployedStack): string {
  const left = Object.entries(template.Resources).filter(([logicalId]) => physicalIds.has(logicalId));
  const deleted = left.filter(
    ([, { Type, DeletionPolicy }]) => TYPES_WITH_DATA.has(Type) && DeletionPolicy === 'Delete',
  );
  const paths = deleted.map(([logicalId, resource]) => constructPath(logicalId, resource));
  return paths.length > 0 ? words.stackRemedy.deletesData({ paths }) : words.stackRemedy.deletesNoData;
}

/** The command that starts a stopped database, without which no web task of a rollback is healthy; none otherwise. */
async function databaseStart(stack: DeployedStack, config: EnvironmentConfig): Promise<string[]> {
  if (!isPartCreated(stack, Part.database)) return [];
  const database = await describeDatabase(stack);
  return availabilityOf(database) === 'stopped' ? [databaseRemedy(stack, config, database)] : [];
}
