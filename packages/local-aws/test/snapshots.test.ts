import { RDS, waitUntilDBSnapshotAvailable } from '@aws-sdk/client-rds';
import { Account, type Resources } from './support/account';
import * as postgres from './support/postgres';
import { databaseIn } from './support/resources';

const account = Account.shared({ run: true, usedBefore: true });
let rds: RDS;

beforeAll(async () => {
  rds = new RDS(account.client);
  expect(await account.create('first', databaseIn('first', FIRST))).toBe('CREATE_COMPLETE');
  await ask('first', 'first-password', 'CREATE TABLE kept AS SELECT generate_series(1, 1000)');
  await rds.createDBSnapshot({ DBInstanceIdentifier: 'first', DBSnapshotIdentifier: 'moment' });
  await ask('first', 'first-password', 'DELETE FROM kept');
}, 60_000);

const FIRST = {
  DBName: 'shop',
  EngineVersion: '15',
  MasterUserPassword: 'first-password',
  MultiAZ: true,
  DeletionProtection: true,
  EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
};

const database = async (DBInstanceIdentifier: string) =>
  (await rds.describeDBInstances({ DBInstanceIdentifier })).DBInstances?.[0];

const ask = (name: string, password: string, sql: string) =>
  postgres.ask(account, name, sql, { user: 'postgres', password });

/** Database from the snapshot, without properties that a restore refuses. */
function restoredAs(name: string, more: Resources = {}): Resources {
  const resources = databaseIn(name, { DBSnapshotIdentifier: 'moment', MasterUserPassword: 'another-one', ...more });
  const { Properties } = resources['Database'] as { Properties: Resources };
  if (!('MasterUsername' in more)) delete Properties['MasterUsername'];
  return resources;
}

/** Reason for the failed creation of a stack. */
async function failureOf(name: string, resources: Resources): Promise<string | undefined> {
  expect(await account.create(name, resources)).toBe('ROLLBACK_COMPLETE');
  return (await account.failures(name))['Database'];
}

describe('a database from a snapshot', () => {
  it('has the rows of the snapshot, and its own password', async () => {
    expect(await account.create('second', restoredAs('second', { EngineVersion: '15' }))).toBe('CREATE_COMPLETE');
    expect(await ask('second', 'another-one', 'SELECT count(*)::int FROM kept')).toBe(1000);
    await expect(ask('second', 'first-password', 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await database('second')).toMatchObject({ MasterUsername: 'postgres', DBName: 'shop' });
    expect((await database('second'))?.DBSubnetGroup?.DBSubnetGroupName).toBe('second');
  });

  it('does not inherit Multi-AZ and deletion protection', async () => {
    expect(await database('second')).toMatchObject({ MultiAZ: false, DeletionProtection: false });
  });

  it('is not restored again by another change', async () => {
    await ask('second', 'another-one', 'INSERT INTO kept VALUES (0)');
    const larger = restoredAs('second', { EngineVersion: '15', AllocatedStorage: '40' });
    expect(await account.update('second', larger)).toBe('UPDATE_COMPLETE');
    expect(await ask('second', 'another-one', 'SELECT count(*)::int FROM kept')).toBe(1001);
  });

  it.each([
    ['without the snapshot', { DBSnapshotIdentifier: undefined, MasterUsername: 'postgres' }],
    ['with another snapshot', { DBSnapshotIdentifier: 'other' }],
  ])('cannot be updated %s: its name forbids the replacement', async (_, more) => {
    expect(await account.update('second', restoredAs('second', more))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await account.failures('second'))['Database']).toContain('custom-named resource requires replacing');
    expect(await ask('second', 'another-one', 'SELECT count(*)::int FROM kept')).toBe(1001);
  });

  it.each([
    ['a database name', { DBName: 'shop' }, 'DBName must be null when Restoring for this Engine'],
    ['another user', { MasterUsername: 'root' }, 'MasterUsername is root, and postgres in the snapshot'],
    ['encryption, which the snapshot lacks', { StorageEncrypted: true }, 'StorageEncrypted is true, and false in the'],
    ['less storage', { AllocatedStorage: '10' }, "can't be less than the source snapshot"],
    ['an older engine', { EngineVersion: '14' }, 'Cannot upgrade postgres from 15.14 to 14.19'],
    ['a newer engine', { EngineVersion: '16' }, 'The AllowMajorVersionUpgrade flag must be present'],
    ['a missing snapshot', { DBSnapshotIdentifier: 'gone' }, 'DBSnapshot gone not found'],
  ])('refuses %s', async (what, more, reason) => {
    const name = what.replace(/\W+/g, '-');
    expect(await failureOf(name, restoredAs(name, more))).toContain(reason);
  });
});

describe('a snapshot', () => {
  it('is encrypted by a copy with a key, as are restores from it', async () => {
    const copy = { SourceDBSnapshotIdentifier: 'moment', TargetDBSnapshotIdentifier: 'encrypted' };
    await rds.copyDBSnapshot({ ...copy, KmsKeyId: 'alias/aws/rds' });
    const encrypted = restoredAs('third', { DBSnapshotIdentifier: 'encrypted', StorageEncrypted: true });
    expect(await account.create('too-early', encrypted)).toBe('ROLLBACK_COMPLETE');
    expect((await account.failures('too-early'))['Database']).toContain('must be in the available state');
    await waitUntilDBSnapshotAvailable({ client: rds, maxWaitTime: 60 }, { DBSnapshotIdentifier: 'encrypted' });
    expect(await account.create('third', encrypted)).toBe('CREATE_COMPLETE');
    expect((await database('third'))?.StorageEncrypted).toBe(true);
    expect(await ask('third', 'another-one', 'SELECT count(*)::int FROM kept')).toBe(1000);
  });

  it('taken by RDS does not collide with one of another instance in the same minute and name', async () => {
    const name = { DBInstanceIdentifier: 'twin' };
    for (const NewDBInstanceIdentifier of ['twin-1', 'twin-2', 'twin-3']) {
      await rds.restoreDBInstanceFromDBSnapshot({ ...name, DBSnapshotIdentifier: 'moment' });
      await rds.modifyDBInstance({ ...name, NewDBInstanceIdentifier, ApplyImmediately: true });
    }
  });

  it('of a stopped database fails', async () => {
    const name = { DBInstanceIdentifier: 'second' };
    await rds.stopDBInstance(name);
    await expect(rds.createDBSnapshot({ ...name, DBSnapshotIdentifier: 'at-night' })).rejects.toThrow(
      'not currently in the available state',
    );
    await rds.startDBInstance(name);
    await rds.createDBSnapshot({ ...name, DBSnapshotIdentifier: 'at-night' });
  });

  it('restores to Extended Support, one zone and no protection by default', async () => {
    const restore = { DBSnapshotIdentifier: 'moment', DBInstanceIdentifier: 'by-hand' };
    const { DBInstance } = await rds.restoreDBInstanceFromDBSnapshot(restore);
    expect(DBInstance).toMatchObject({
      EngineLifecycleSupport: 'open-source-rds-extended-support',
      MultiAZ: false,
      DeletionProtection: false,
    });
  });
});
