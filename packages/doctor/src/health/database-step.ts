import { availabilityOf, describeDatabase } from '@infra/operate/deployed/database';
import type { Environment } from '@infra/operate/deployed/environment';
import { awsCommand, prooflinkCommand } from '@infra/operate/deployed/printed-commands';
import { describeService } from '@infra/operate/deployed/web-service';
import { revertDriftCommand } from '../revert-drift-command';

/**
 * A fix by `revert-drift`, which needs the database: CloudFormation starts web tasks. A sleeping environment sleeps again
 * after it. `start` would wait for web tasks that this fix is to make healthy.
 */
export async function withDatabase(environment: Environment, fix: string): Promise<string> {
  const { environmentName, region } = environment;
  const revertCommand = revertDriftCommand(environment);
  if (!fix.split('\n').includes(revertCommand)) return fix;
  // Other questions report a database or a service that is gone, or that AWS refuses to describe.
  const database = await describeDatabase(environment).catch(() => undefined);
  if (!database || availabilityOf(database) !== 'stopped') return fix;
  const options = `--db-instance-identifier ${database.DBInstanceIdentifier}`;
  const commands = [
    awsCommand(region, 'rds start-db-instance', options),
    awsCommand(region, 'rds wait db-instance-available', options),
    revertCommand,
  ];
  const service = await describeService(environment).catch(() => undefined);
  if (service?.desiredCount === 0) commands.push(prooflinkCommand(environmentName, 'stop'));
  return fix.replace(revertCommand, commands.join('\n'));
}
