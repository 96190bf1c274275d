import { RDS } from '@aws-sdk/client-rds';
import { Account, type Resources } from './support/account';
import { describeDatabase, runSql } from './support/databases';
import { databaseIn } from './support/resources';

const account = Account.shared({ run: true, usedBefore: true });
const rds = new RDS(account.client);

const OLD_PASSWORD = 'first-password';
const NEW_PASSWORD = 'another-one';

function runSqlAs(password: string, database: string, sql: string): Promise<unknown> {
  return runSql(account, database, sql, { user: 'postgres', password });
}

/** Number of rows in a restored database. */
function countRows(database: string): Promise<unknown> {
  return runSqlAs(NEW_PASSWORD, database, 'SELECT count(*)::int FROM kept');
}

/** Takes the snapshot `moment` of the database `first` with a thousand rows, and deletes them. */
beforeAll(async () => {
  const properties = {
    DBName: 'shop',
    EngineVersion: '15',
    MasterUserPassword: OLD_PASSWORD,
    MultiAZ: true,
    DeletionProtection: true,
    EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
  };
  await account.deploy('first', databaseIn('first', properties));
  await runSqlAs(OLD_PASSWORD, 'first', 'CREATE TABLE kept AS SELECT generate_series(1, 1000)');
  await rds.createDBSnapshot({ DBInstanceIdentifier: 'first', DBSnapshotIdentifier: 'moment' });
  await runSqlAs(OLD_PASSWORD, 'first', 'DELETE FROM kept');
}, 60_000);

/** Database from the snapshot `moment`, without properties that a restore refuses. */
function restoredAs(name: string, properties: Resources = {}): Resources {
  return databaseIn(name, {
    DBSnapshotIdentifier: 'moment',
    MasterUserPassword: NEW_PASSWORD,
    MasterUsername: undefined,
    ...properties,
  });
}

describe('a database from a snapshot', () => {
  beforeAll(() => account.deploy('second', restoredAs('second', { EngineVersion: '15' })));

  it('has the snapshot’s user and database, one zone, no protection, and Extended Support', async () => {
    expect(await describeDatabase(account, 'second')).toMatchObject({
      MasterUsername: 'postgres',
      DBName: 'shop',
      DBSubnetGroup: { DBSubnetGroupName: 'second' },
      MultiAZ: false,
      DeletionProtection: false,
      EngineLifecycleSupport: 'open-source-rds-extended-support',
    });
  });

  it.each([
    {
      title: 'that omits the snapshot',
      properties: { DBSnapshotIdentifier: undefined, MasterUsername: 'postgres' },
    },
    {
      title: 'that names another snapshot',
      properties: { DBSnapshotIdentifier: 'other' },
    },
  ])('refuses an update $title, and keeps its rows: its name forbids the replacement', async ({ properties }) => {
    const rows = await countRows('second');
    await account.refusesUpdate('second', restoredAs('second', properties), {
      Database: 'custom-named resource requires replacing',
    });
    expect(await countRows('second')).toBe(rows);
  });

  it.each([
    {
      title: 'with a database name',
      name: 'database-name',
      properties: { DBName: 'shop' },
      reason: 'DBName must be null when Restoring for this Engine',
    },
    {
      title: 'with less storage',
      name: 'storage',
      properties: { AllocatedStorage: '10' },
      reason: "can't be less than the source snapshot",
    },
    {
      title: 'with a newer engine',
      name: 'newer-engine',
      properties: { EngineVersion: '16' },
      reason: 'The AllowMajorVersionUpgrade flag must be present',
    },
  ])('is not created $title', async ({ name, properties, reason }) => {
    await account.refusesCreation(name, restoredAs(name, properties), { Database: reason });
  });
});
