import {
  DeleteDBInstanceCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { Account } from './support/account';
import { databaseIn } from './support/resources';

let account: Account;
let rds: RDSClient;

beforeAll(async () => {
  account = await Account.open({ usedBefore: true });
  rds = new RDSClient(account.client);
});

afterAll(() => account.aws.stop());

async function backups(): Promise<Record<string, string>> {
  const { DBInstanceAutomatedBackups = [] } = await rds.send(new DescribeDBInstanceAutomatedBackupsCommand({}));
  return Object.fromEntries(
    DBInstanceAutomatedBackups.map(({ DBInstanceIdentifier, Status }) => [DBInstanceIdentifier, Status]),
  ) as Record<string, string>;
}

async function resourceOf(DBInstanceIdentifier: string): Promise<string | undefined> {
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
  return DBInstances[0]?.DbiResourceId;
}

const restore = (TargetDBInstanceIdentifier: string, source: object) =>
  rds.send(
    new RestoreDBInstanceToPointInTimeCommand({ TargetDBInstanceIdentifier, ...source, UseLatestRestorableTime: true }),
  );

it.each([
  ['gone with its stack by default', 'by-default', {}, undefined],
  ['retained where the template says so', 'retained', { DeleteAutomatedBackups: false }, 'retained'],
  ['none without a retention', 'without', { DeleteAutomatedBackups: false, BackupRetentionPeriod: 0 }, undefined],
])('the automated backups of an instance are %s', async (_, name, more, status) => {
  const resources = databaseIn(name, { BackupRetentionPeriod: 7, ...more });
  expect(await account.create(name, resources)).toBe('CREATE_COMPLETE');
  expect(await account.remove(name)).toBeUndefined();
  expect((await backups())[name]).toBe(status);
});

it('so it is by hand, and the instance is restored under its name from what was retained only', async () => {
  const names = ['lost', 'thrown-away'] as const;
  for (const name of names) await account.create(name, databaseIn(name, { BackupRetentionPeriod: 7, MultiAZ: true }));
  expect(await backups()).toMatchObject({ lost: 'active', 'thrown-away': 'active' });
  const [lost, thrownAway] = await Promise.all(names.map(resourceOf));
  const gone = { SkipFinalSnapshot: true };
  await rds.send(new DeleteDBInstanceCommand({ ...gone, DBInstanceIdentifier: 'thrown-away' }));
  await rds.send(new DeleteDBInstanceCommand({ ...gone, DBInstanceIdentifier: 'lost', DeleteAutomatedBackups: false }));
  expect(await backups()).toMatchObject({ lost: 'retained' });
  await expect(restore('thrown-away', { SourceDbiResourceId: thrownAway })).rejects.toMatchObject({
    name: 'DBInstanceAutomatedBackupNotFoundFault',
  });
  await expect(restore('lost', { SourceDBInstanceIdentifier: 'lost' })).rejects.toThrow('not found');
  const { DBInstance } = await restore('lost', { SourceDbiResourceId: lost });
  expect(DBInstance).toMatchObject({ DBInstanceIdentifier: 'lost', MultiAZ: false });
});

it('an instance without a retention cannot be restored to a point in time', async () => {
  await account.create('plain', databaseIn('plain', { BackupRetentionPeriod: 0 }));
  await expect(restore('other', { SourceDBInstanceIdentifier: 'plain' })).rejects.toMatchObject({
    name: 'PointInTimeRestoreNotEnabledFault',
  });
});
