import { RDS } from '@aws-sdk/client-rds';
import { Account } from './support/account';
import { database } from './support/databases';
import { databaseIn } from './support/resources';

const account = Account.shared({ usedBefore: true });
const rds = new RDS(account.client);

async function backups(): Promise<Record<string, unknown>> {
  const { DBInstanceAutomatedBackups: found = [] } = await rds.describeDBInstanceAutomatedBackups({});
  return Object.fromEntries(found.map(({ DBInstanceIdentifier: id, Status }) => [id, Status] as [string, string]));
}

const restore = (TargetDBInstanceIdentifier: string, source: object) =>
  rds.restoreDBInstanceToPointInTime({ TargetDBInstanceIdentifier, ...source, UseLatestRestorableTime: true });

it.each([
  ['deleted with their stack by default', 'by-default', {}, undefined],
  ['retained if DeleteAutomatedBackups is false', 'retained', { DeleteAutomatedBackups: false }, 'retained'],
  ['absent without a retention period', 'none', { DeleteAutomatedBackups: false, BackupRetentionPeriod: 0 }, undefined],
])('the automated backups of an instance are %s', async (_, name, more, status) => {
  await account.deploy(name, databaseIn(name, { BackupRetentionPeriod: 7, ...more }));
  expect(await account.remove(name)).toBeUndefined();
  expect((await backups())[name]).toBe(status);
});

it('DeleteDBInstance retains automated backups on request only, and a restore finds no others', async () => {
  const names = ['lost', 'discarded'] as const;
  for (const name of names) await account.create(name, databaseIn(name, { BackupRetentionPeriod: 7, MultiAZ: true }));
  expect(await backups()).toMatchObject({ lost: 'active', discarded: 'active' });
  const [lost, discarded] = await Promise.all(
    names.map(async (name) => (await database(account, name))?.DbiResourceId),
  );
  const skip = { SkipFinalSnapshot: true };
  await rds.deleteDBInstance({ ...skip, DBInstanceIdentifier: 'discarded' });
  await rds.deleteDBInstance({ ...skip, DBInstanceIdentifier: 'lost', DeleteAutomatedBackups: false });
  expect(await backups()).toMatchObject({ lost: 'retained' });
  await expect(restore('discarded', { SourceDbiResourceId: discarded })).rejects.toMatchObject({
    name: 'DBInstanceAutomatedBackupNotFoundFault',
  });
  await expect(restore('lost', { SourceDBInstanceIdentifier: 'lost' })).rejects.toThrow('not found');
  const { DBInstance } = await restore('lost', { SourceDbiResourceId: lost });
  expect(DBInstance).toMatchObject({ DBInstanceIdentifier: 'lost', MultiAZ: false });
});

it('a point-in-time restore fails without a retention period', async () => {
  await account.create('plain', databaseIn('plain', { BackupRetentionPeriod: 0 }));
  await expect(restore('other', { SourceDBInstanceIdentifier: 'plain' })).rejects.toMatchObject({
    name: 'PointInTimeRestoreNotEnabledFault',
  });
});
