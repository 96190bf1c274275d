import { RDS, waitUntilDBSnapshotAvailable } from '@aws-sdk/client-rds';
import { Account, type Resources } from './support/account';
import { ask as askAs, database } from './support/databases';
import { databaseIn } from './support/resources';

const account = Account.shared({ run: true, usedBefore: true });
const rds = new RDS(account.client);
const ask = (name: string, password: string, sql: string) => askAs(account, name, sql, { user: 'postgres', password });
const rowsOf = (name: string) => ask(name, 'another-one', 'SELECT count(*)::int FROM kept');

beforeAll(async () => {
  const first = {
    DBName: 'shop',
    EngineVersion: '15',
    MasterUserPassword: 'first-password',
    MultiAZ: true,
    DeletionProtection: true,
    EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
  };
  await account.deploy('first', databaseIn('first', first));
  await ask('first', 'first-password', 'CREATE TABLE kept AS SELECT generate_series(1, 1000)');
  await rds.createDBSnapshot({ DBInstanceIdentifier: 'first', DBSnapshotIdentifier: 'moment' });
  await ask('first', 'first-password', 'DELETE FROM kept');
}, 60_000);

/** Database from the snapshot, without properties that a restore refuses. */
function restoredAs(name: string, more: Resources = {}): Resources {
  const snapshot = { DBSnapshotIdentifier: 'moment', MasterUserPassword: 'another-one', MasterUsername: undefined };
  return databaseIn(name, { ...snapshot, ...more });
}

describe('a database from a snapshot', () => {
  it('has the snapshot’s rows and its own password, one zone, no protection, and Extended Support', async () => {
    await account.deploy('second', restoredAs('second', { EngineVersion: '15' }));
    expect(await rowsOf('second')).toBe(1000);
    await expect(ask('second', 'first-password', 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await database(account, 'second')).toMatchObject({
      MasterUsername: 'postgres',
      DBName: 'shop',
      DBSubnetGroup: { DBSubnetGroupName: 'second' },
      EngineLifecycleSupport: 'open-source-rds-extended-support',
      MultiAZ: false,
      DeletionProtection: false,
    });
  });

  it('is not restored again by another change', async () => {
    await ask('second', 'another-one', 'INSERT INTO kept VALUES (0)');
    const larger = restoredAs('second', { EngineVersion: '15', AllocatedStorage: '40' });
    expect(await account.update('second', larger)).toBe('UPDATE_COMPLETE');
    expect(await rowsOf('second')).toBe(1001);
  });

  it.each([
    ['without the snapshot', { DBSnapshotIdentifier: undefined, MasterUsername: 'postgres' }],
    ['with another snapshot', { DBSnapshotIdentifier: 'other' }],
  ])('cannot be updated %s: its name forbids the replacement', async (_, more) => {
    const Database = 'custom-named resource requires replacing';
    await account.refuses('update', 'second', restoredAs('second', more), { Database });
    expect(await rowsOf('second')).toBe(1001);
  });

  it.each([
    ['a database name', { DBName: 'shop' }, 'DBName must be null when Restoring for this Engine'],
    ['another user', { MasterUsername: 'root' }, 'MasterUsername is root, and postgres in the snapshot'],
    ['encryption, which the snapshot lacks', { StorageEncrypted: true }, 'StorageEncrypted is true, and false in the'],
    ['less storage', { AllocatedStorage: '10' }, "can't be less than the source snapshot"],
    ['an older engine', { EngineVersion: '14' }, 'Cannot upgrade postgres from 15.14 to 14.19'],
    ['a newer engine', { EngineVersion: '16' }, 'The AllowMajorVersionUpgrade flag must be present'],
    ['a missing snapshot', { DBSnapshotIdentifier: 'gone' }, 'DBSnapshot gone not found'],
  ])('refuses %s', async (what, more, Database) => {
    const name = what.replace(/\W+/g, '-');
    await account.refuses('create', name, restoredAs(name, more), { Database });
  });
});

it('a snapshot is encrypted by a copy with a key, as are restores from it', async () => {
  const copy = { SourceDBSnapshotIdentifier: 'moment', TargetDBSnapshotIdentifier: 'encrypted' };
  await rds.copyDBSnapshot({ ...copy, KmsKeyId: 'alias/aws/rds' });
  const encrypted = restoredAs('third', { DBSnapshotIdentifier: 'encrypted', StorageEncrypted: true });
  await account.refuses('create', 'too-early', encrypted, { Database: 'must be in the available state' });
  await waitUntilDBSnapshotAvailable({ client: rds, maxWaitTime: 60 }, { DBSnapshotIdentifier: 'encrypted' });
  await account.deploy('third', encrypted);
  expect(await database(account, 'third')).toMatchObject({ StorageEncrypted: true });
  expect(await rowsOf('third')).toBe(1000);
});
