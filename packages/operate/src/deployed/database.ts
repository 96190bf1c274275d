import { type DBInstance, RDS } from '@aws-sdk/client-rds';
import { type EnvironmentConfig, Part, stackId } from '@infra/commands/app';
import { type DeployedStack, physicalIdOf } from './deployed-stack';
import { words } from './words';
import { readFirst } from './pages';
import { awsCommand, prooflinkCommand } from './printed-commands';

/** Reads the state of a stack's database. */
export async function describeDatabase(stack: DeployedStack): Promise<DBInstance> {
  const DBInstanceIdentifier = physicalIdOf(stack, Part.database);
  const pages = stack.client(RDS).paginateDescribeDBInstances({ DBInstanceIdentifier });
  return await readFirst(`${Part.database.type} ${DBInstanceIdentifier}`, pages, 'DBInstances');
}

/**
 * Ability of a database to take connections.
 * - `available`: it takes connections, even while RDS backs it up or modifies it.
 * - `coming`: it will take connections without a person's help.
 * - `stopped`: it takes no connections until it is started.
 * - `broken`: it takes no connections until a person repairs it.
 */
export type Availability = 'available' | 'coming' | 'stopped' | 'broken';

const COMING: ReadonlySet<string> = new Set(['creating', 'rebooting', 'starting', 'upgrading']);
const STOPPED: ReadonlySet<string> = new Set(['stopping', 'stopped']);

/** Parts of RDS's names for states that a database does not leave by itself, such as `restore-error`. */
const BROKEN = ['delet', 'error', 'fail', 'full', 'inaccessible', 'incompatible', 'insufficient'];

/** Availability that follows from RDS's status ("Viewing Amazon RDS DB instance status" in the RDS user guide). */
export function availabilityOf({ DBInstanceStatus: status = '' }: DBInstance): Availability {
  if (COMING.has(status)) return 'coming';
  if (STOPPED.has(status)) return 'stopped';
  if (BROKEN.some((part) => status.includes(part))) return 'broken';
  return 'available';
}

/** Advice for a person on making a database available that is not. */
export function databaseRemedy(
  { environmentName, region }: Pick<DeployedStack, 'environmentName' | 'region'>,
  config: EnvironmentConfig,
  database: DBInstance,
): string {
  const { DBInstanceIdentifier: name = '', DBInstanceStatus: status = '' } = database;
  const availability = availabilityOf(database);
  if (availability === 'coming') return words.databaseRemedy.wait;
  if (availability === 'stopped') {
    if (config.officeHours) return prooflinkCommand(environmentName, 'start');
    return awsCommand(region, 'rds start-db-instance', `--db-instance-identifier ${name}`);
  }
  if (status === 'storage-full') {
    return words.databaseRemedy.moreStorage({ environmentName, stackName: stackId(environmentName) });
  }
  const options = `--source-type db-instance --source-identifier ${name} --duration 1440`;
  return words.databaseRemedy.events({ command: awsCommand(region, 'rds describe-events', options) });
}
