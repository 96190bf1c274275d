import { type DBInstance, RDS } from '@aws-sdk/client-rds';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { readFirst } from './aws';
import { awsCommand, prooflinkCommand } from './commands';
import { type DeployedStack, physicalIdOf } from './deployed-stack';

/** The database of a stack. */
export async function describeDatabase(stack: DeployedStack): Promise<DBInstance> {
  const DBInstanceIdentifier = physicalIdOf(stack, 'AWS::RDS::DBInstance');
  const pages = stack.client(RDS).paginateDescribeDBInstances({ DBInstanceIdentifier });
  return await readFirst(`database ${DBInstanceIdentifier}`, pages, 'DBInstances');
}

/**
 * Ability of a database to take connections.
 * - `available`: it does, whatever RDS does beside.
 * - `coming`: it will without anybody's help.
 * - `stopped`: it does not until somebody starts it.
 * - `broken`: it does not until somebody repairs it.
 */
export type Availability = 'available' | 'coming' | 'stopped' | 'broken';

const COMING: ReadonlySet<string> = new Set(['creating', 'rebooting', 'starting', 'upgrading']);
const STOPPED: ReadonlySet<string> = new Set(['stopping', 'stopped']);

/** Parts of the names that RDS gives to states of a database that does not come back by itself. */
const BROKEN = ['delet', 'error', 'fail', 'full', 'inaccessible', 'incompatible', 'insufficient'];

/** Ability of a database to take connections, from RDS's status ("Viewing Amazon RDS DB instance status"). */
export function availabilityOf({ DBInstanceStatus: status = '' }: DBInstance): Availability {
  if (COMING.has(status)) return 'coming';
  if (STOPPED.has(status)) return 'stopped';
  if (BROKEN.some((part) => status.includes(part))) return 'broken';
  return 'available';
}

/** Advice for a person: what makes a database take connections that does not. */
export function databaseRemedy(stack: DeployedStack, config: EnvironmentConfig, database: DBInstance): string {
  const { environmentName, region, description } = stack;
  const { DBInstanceIdentifier: name = '', DBInstanceStatus: status = '' } = database;
  const availability = availabilityOf(database);
  if (availability === 'coming') return 'wait until it is available';
  if (availability === 'stopped') {
    if (config.officeHours) return prooflinkCommand(environmentName, 'start');
    return awsCommand(region, 'rds start-db-instance', `--db-instance-identifier ${name}`);
  }
  if (status === 'storage-full') {
    return (
      `raise database.allocatedStorage or maxAllocatedStorage in lib/config/${environmentName}.ts, ` +
      `then npx cdk deploy ${description.StackName ?? ''}`
    );
  }
  const options = `--source-type db-instance --source-identifier ${name} --duration 1440`;
  return `see what RDS says of it: ${awsCommand(region, 'rds describe-events', options)}`;
}
